"""How large a paper may be. Sizes are judged from a file's head, before anything is decoded."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 20 * 1000 * 1000
"""Telegram's limit for what a bot may download; WhatsApp's is lower."""
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 20_000
"""Pixels. A picture of 1 x 4 000 000 has few pixels and still costs much."""
MAX_PAGES: Final = 30
KEPT_SIDE: Final = 2400
"""Longest side, in pixels, of the picture that is kept and shown."""
SEEN_BEFORE: Final = 35
"""Bits of 256 in which two difference hashes of one photo may differ."""
