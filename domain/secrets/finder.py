"""The one finder of secrets: the places of card numbers, codes and passwords in a text, in their order.

Not here: what stands there instead (see dialogs/masking.py), what names a person (see persons.py).
"""

from __future__ import annotations

import re

from domain.secrets.cards import find_cards
from domain.secrets.codes import find_codes
from domain.secrets.cues import may_hold_cues
from domain.secrets.honest import find_honest
from domain.secrets.passwords import find_passwords, may_hold_passwords
from domain.secrets.signs import Stretch, Taken, blocks, plain_of

_DIGIT = re.compile(r"\d")


def find_secrets(text: str) -> list[Stretch]:
    """Where secrets stand. What is known to be something else is found first: nothing brings back what was hidden."""
    plain = plain_of(text)
    cued = may_hold_cues(plain) or may_hold_passwords(plain)
    if not cued and not _DIGIT.search(plain):
        return []
    found = blocks(plain)
    honest = Taken(len(plain))
    for span in find_honest(plain, found):
        honest.take(span)
    secrets = Taken(len(plain))
    spans = list(find_cards(plain, found, honest))
    if cued:
        for span in spans:
            honest.take(span)
        # a password takes the whole of its word, also where digits in it could be a code
        passwords = list(find_passwords(text, plain, honest))
        for span in passwords:
            honest.take(span)
        spans += [*passwords, *find_codes(plain, honest)]
    for span in spans:
        secrets.take(span)
    return secrets.spans()
