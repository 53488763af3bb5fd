"""The markers of a JPEG file: its size, whether it is whole, and the bytes of the first picture alone.

Source: ITU-T T.81, annex B. Not here: decoding (see pictures.py).
"""

from __future__ import annotations

import re
from typing import Final

from domain.papers.findings import Finding
from storage.papers.refusal import Refused

MAX_SCANS: Final = 64
"""Progressive files of cameras and messengers have some ten; each one costs a pass over the picture."""
_ENTROPY_END = re.compile(rb"\xff(?![\x00\xff]|[\xd0-\xd7])", re.DOTALL)
_LONG_ZEROS = b"\0" * 600
"""No picture is coded as so many zero bytes: a hole in the file."""
_MAY_FOLLOW: Final = frozenset((0xC4, 0xDA, 0xDB, 0xDC, 0xDD, 0xD9, 0xFE, *range(0xE0, 0xF0)))


def first_picture(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """The file up to its first end of image, and its width and height. Raises Refused (truncated, broken, too_many_pages)."""
    at, size, scans = 2, (0, 0), 0
    while True:
        if at + 4 > len(data):
            raise Refused(Finding.TRUNCATED)
        if data[at] != 0xFF:
            raise Refused(Finding.BROKEN)
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if length < 2:
            raise Refused(Finding.BROKEN)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            size = int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
        if marker != 0xDA:
            continue
        scans += 1
        if scans > MAX_SCANS or not size[0] or not size[1]:
            raise Refused(Finding.BROKEN)
        found = _ENTROPY_END.search(data, at)
        if found is None or found.start() + 1 >= len(data):
            raise Refused(Finding.TRUNCATED)
        if _LONG_ZEROS in data[at : found.start()]:
            raise Refused(Finding.BROKEN)
        at = found.start()
        if data[at + 1] == 0xD9:
            return data[: at + 2], size
        if data[at + 1] not in _MAY_FOLLOW:
            raise Refused(Finding.BROKEN)
