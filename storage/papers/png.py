"""The chunks of a PNG file: its size, whether it is whole, and a copy without anything but the picture.

Source: PNG specification, third edition, section 5. Not here: decoding (see pictures.py).
"""

from __future__ import annotations

import zlib
from typing import Final

from domain.papers.findings import Finding
from storage.papers.refusal import Refused

_HEAD: Final = 8
_KEPT: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
"""Texts, colour profiles and further frames of an animation are dropped unread: some unpack to hundreds of megabytes."""


def picture_only(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """A PNG of the picture alone, and its width and height. Raises Refused (truncated, broken)."""
    kept, at, size = [data[:_HEAD]], _HEAD, (0, 0)
    while True:
        if at + 12 > len(data):
            raise Refused(Finding.TRUNCATED)
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise Refused(Finding.TRUNCATED if name.isalpha() else Finding.BROKEN)
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
            raise Refused(Finding.BROKEN)
        if name in _KEPT:
            kept.append(data[at:end])
        if name == b"IHDR":
            size = int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16])
            if not size[0] or not size[1]:
                raise Refused(Finding.BROKEN)
        if name == b"IEND":
            return b"".join(kept), size
        at = end
