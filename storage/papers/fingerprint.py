"""A difference hash of a photo: 256 bits that survive recoding and resizing, to know a picture that was seen before.

Not here: whom the earlier picture belongs to, and where hashes are kept.
"""

from __future__ import annotations

import numpy as np
from PIL import Image


def fingerprint(picture: Image.Image) -> int:
    """Whether each of 16 x 16 places is lighter than its left neighbour."""
    grey = np.asarray(picture.convert("L").resize((17, 16), Image.Resampling.LANCZOS), np.int16)
    bits = np.packbits((grey[:, 1:] > grey[:, :-1]).ravel())
    return int.from_bytes(bits.tobytes())


def distance(one: int, two: int) -> int:
    """In how many of 256 bits two differ."""
    return (one ^ two).bit_count()
