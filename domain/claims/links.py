"""The one-time link that moves a claim to another channel: how its token is written and found in a message.

Not here: keeping and taking it (see storage/claims/links.py). A token has 128 bits and no digit, so that nothing takes it for a code
that must be hidden.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

LIVES: Final = timedelta(hours=24)
_LINK: Final = re.compile(r"(?<![a-z])claim-([a-p]{32,64})(?![a-z])")


def link_token(fresh: str) -> str:
    """The token of a turn (22 signs of base64 or more) in the letters a to p: `claim-` and this begin the other talk."""
    if len(fresh) < 22:
        raise ValueError("a link needs 128 bits")
    return "".join(chr(97 + (byte >> 4)) + chr(97 + (byte & 15)) for byte in fresh.encode("ascii"))


def link_in(text: str) -> str | None:
    """The token of a link that a message brings, None where there is none."""
    found = _LINK.search(text[:500])
    return found[1] if found else None
