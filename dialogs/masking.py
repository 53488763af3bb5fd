"""Takes out of a text what nobody should keep: secrets before anything is stored, and whatever names a person from the question log.

Not here: finding it (see domain/secrets/), telling the person about it (see privacy.py). SMS codes, card numbers and
passwords are never asked for (DESIGN, line 8).
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.secrets.finder import find_secrets
from domain.secrets.persons import find_persons
from domain.secrets.signs import MASK as MASK
from domain.secrets.signs import Stretch

_ENDING = 5
"""Letters of a file's ending at most; what is longer is a part of its name."""


def mask_secrets(text: str) -> str:
    """The text without card numbers, codes and passwords."""
    return _hidden(text, find_secrets(text))


def _hidden(text: str, spans: Sequence[Stretch]) -> str:
    kept, at = [], 0
    for span in spans:
        kept += [text[at : span.start], MASK]
        at = span.end
    return "".join((*kept, text[at:])) if spans else text


def mask_name(name: str) -> str:
    """The name of a file likewise. Its ending stays: it says what the file is."""
    stem, dot, ending = name.rpartition(".")
    return (
        f"{mask_secrets(stem)}.{ending}" if dot and ending.isalnum() and len(ending) <= _ENDING else mask_secrets(name)
    )


def mask_person(text: str) -> str:
    """The text without what could name somebody: for the question log, which needs the question only."""
    return _hidden(text, find_persons(text))
