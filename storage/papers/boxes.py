"""The containers of WEBP and HEIC: the size of the picture, and whether the file is whole.

Sources: RFC 9649 (WEBP), ISO/IEC 14496-12 and 23008-12 (HEIC). Not here: decoding (see pictures.py).
"""

from __future__ import annotations

from typing import Final

from domain.papers.findings import Finding
from storage.papers.refusal import Refused

_ISPE: Final = b"ispe"
MAX_TILES: Final = 4000
"""Of a grid: 50 megapixels in tiles of 128 pixels."""


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises Refused (truncated, broken)."""
    if int.from_bytes(data[4:8], "little") + 8 > len(data) + 1:
        size = _webp_size(data)
        raise Refused(Finding.TOO_MANY_PIXELS if size and size[0] * size[1] > 50_000_000 else Finding.TRUNCATED)
    size = _webp_size(data)
    if size is None:
        raise Refused(Finding.BROKEN)
    return size


def _webp_size(data: bytes) -> tuple[int, int] | None:
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L" and data[20:21] == b"\x2f":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return None


def heic_size(data: bytes) -> tuple[int, int]:
    """The largest size that any item says (the picture; its tiles and thumbnail are smaller). Raises Refused (truncated, broken)."""
    meta = b""
    at = 0
    while at < len(data):
        head, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if at + 8 > len(data):
            raise Refused(Finding.BROKEN)
        if head == 1:
            head = int.from_bytes(data[at + 8 : at + 16])
        length = head or len(data) - at
        if length < 8:
            raise Refused(Finding.BROKEN)
        if at + length > len(data):
            raise Refused(Finding.TRUNCATED if meta else Finding.BROKEN)
        if name == b"meta":
            meta = data[at : at + length]
        at += length
    sizes: list[tuple[int, int]] = []
    found = meta.find(_ISPE)
    while found >= 0 and len(sizes) < MAX_TILES:
        if int.from_bytes(meta[found - 4 : found]) == 20:
            sizes.append((int.from_bytes(meta[found + 8 : found + 12]), int.from_bytes(meta[found + 12 : found + 16])))
        found = meta.find(_ISPE, found + 4)
    if not sizes:
        raise Refused(Finding.BROKEN)
    return max(sizes, key=lambda size: size[0] * size[1])
