"""What a whole message is before it is read: its bare words, whether it holds any or is only a number, and what must not be reached by it.

Not here: the words that lead somewhere from every step (each scene declares its own; see scenes.py).
"""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"\s*(?:№\s*)?\d{1,2}\s*[.)]?\s*")


def bare(text: str) -> str:
    """A text without case, punctuation and doubled spaces. Telegram's `/menu@name` is `/menu`."""
    text = text.split("@", 1)[0] if text.startswith("/") else text
    kept = "".join(c if c.isalnum() or c in "/-" else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return " ".join(kept.split())


_FINAL = ("forget.yes", "won.refuseyes", "chances.keep", "chances.clear", "chances.drop")


def needs_own_words(option: str) -> bool:
    """Whether an option destroys or confirms something: a text that is only like its label must not reach it."""
    return option.startswith(_FINAL)


def has_words(text: str) -> bool:
    """Whether there is anything to read: not so for emoji, punctuation, and a number as short as that of a button."""
    return any(map(str.isalnum, text)) and not is_number(text)


def is_number(text: str) -> bool:
    """Whether this can only be meant as the number of something that was offered."""
    return _NUMBER.fullmatch(text) is not None
