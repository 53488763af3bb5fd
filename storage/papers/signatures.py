"""What a file is, by its first bytes: JPEG, PNG, WEBP, HEIC, PDF or CMS. A name or a declared type counts for nothing.

Not here: whether it is whole (see jpeg.py, png.py, boxes.py, pdf.py, cms.py).
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["jpeg", "png", "webp", "heic", "pdf", "cms"]

_HEIC_BRANDS: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
"""1.2.840.113549.1.7.2, DER (RFC 5652, section 5)."""


def kind_of(data: bytes) -> Kind | None:
    """None for everything that is not taken as a paper."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and _is_heic(data):
        return "heic"
    if data[:1024].lstrip(b"\xef\xbb\xbf\0\t\n\r ").startswith(b"%PDF-"):
        return "pdf"
    if _is_cms(data):
        return "cms"
    return None


def _is_heic(data: bytes) -> bool:
    size = int.from_bytes(data[:4])
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, min(size, 256), 4))}
    return bool(brands & _HEIC_BRANDS) and b"avif" not in brands


def _is_cms(data: bytes) -> bool:
    if data.startswith((b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")):
        return True
    return data[:1] == b"\x30" and _SIGNED_DATA in data[:24]
