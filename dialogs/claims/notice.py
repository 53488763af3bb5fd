"""The code that every notice of ours about a claim carries, so that a forwarded message can be told from a forged one.

Not here: saying it (see telling.py, reminding.py) and judging a forwarded one (see genuine.py).
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from domain.claims.claim import Claim

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are misread."""
_CODE: Final = re.compile(r"\b([2-9A-HJ-NP-Z]{4})-([2-9A-HJ-NP-Z]{4})\b")


def notice_code(claim: Claim) -> str:
    """Of a claim, `7KQM-2RTD`: 40 bits of its secret id, so that nobody guesses it and nothing follows from it."""
    number = int.from_bytes(sha256(f"notice {claim.id}".encode()).digest()[:5], "big")
    letters = "".join(_LETTERS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def find_codes(text: str) -> tuple[str, ...]:
    """What looks like such a code in a text, without what is no number and letter mix of that form."""
    found = (f"{match[1]}-{match[2]}" for match in _CODE.finditer(text[:4000].upper()))
    return tuple(
        dict.fromkeys(code for code in found if any(map(str.isdecimal, code)) and any(map(str.isalpha, code)))
    )[:5]
