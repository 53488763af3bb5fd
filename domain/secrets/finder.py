"""The one finder of secrets: the places of card numbers, codes and passwords in a text, in their order.

Not here: what stands there instead (see dialogs/masking.py), what names a person (see persons.py).
"""

from __future__ import annotations

from domain.secrets.cards import find_cards, may_hold_cards
from domain.secrets.codes import find_codes
from domain.secrets.cues import cues_of
from domain.secrets.honest import find_honest
from domain.secrets.passwords import find_passwords, may_hold_passwords
from domain.secrets.signs import Stretch, Taken, plain_of


def find_secrets(text: str) -> list[Stretch]:
    """Where secrets stand. What is known to be something else is found first: nothing brings back what was hidden."""
    plain = plain_of(text)
    cues = cues_of(plain)
    numbered = may_hold_cards(plain)
    worded = bool(cues) or may_hold_passwords(plain)
    if not worded and not numbered:
        return []
    known = Taken(len(plain))
    for span in find_honest(plain):
        known.take(span)
    spans = list(find_cards(plain, known)) if numbered else []
    for span in spans:
        known.take(span)
    # a password takes the whole of its word, also where digits in it could be a code
    passwords = list(find_passwords(text, plain, known)) if worded else []
    for span in passwords:
        known.take(span)
    found = Taken(len(plain))
    for span in (*spans, *passwords, *find_codes(plain, cues, known)):
        found.take(span)
    return found.stretches()
