"""Files that are broken, huge, hostile or simply something else: told which, before anything large is decoded."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from PIL import Image

from domain.papers.asked import Asked
from domain.papers.claim import PaperClaim
from domain.papers.findings import Finding
from storage.papers.checking import Checked, check
from tests.storage.papers import drawn

TODAY = date(2026, 1, 20)
CARD = drawn.back()
JPEG = drawn.jpeg(CARD)
PNG = drawn.png(CARD)


def checked(data: bytes, asked: Asked = Asked.ID_BACK, claim: PaperClaim | None = None) -> Checked:
    return check(data, (asked,), claim or PaperClaim(), TODAY)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_head(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def webp_head(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def heic_head(width: int, height: int) -> bytes:
    ispe = struct.pack(">I4sIII", 20, b"ispe", 0, width, height)
    meta = struct.pack(">I4sI", 12 + len(ispe), b"meta", 0) + ispe
    return struct.pack(">I4s4sI4s", 20, b"ftyp", b"heic", 0, b"heic") + meta


def pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 300)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"", Finding.EMPTY),
        (b"x", Finding.TYPE),
        (b"GIF89a" + b"\0" * 40, Finding.TYPE),
        (b"PK\x03\x04" + b"\0" * 40, Finding.TYPE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Finding.TYPE),
        (b"II*\0" + b"\0" * 40, Finding.TYPE),
        (b"\0" * 20_000_001, Finding.TOO_LARGE),
        (JPEG[: len(JPEG) // 2], Finding.TRUNCATED),
        (JPEG[:400], Finding.TRUNCATED),
        (JPEG[:9000] + b"\0" * 4000 + JPEG[13000:], Finding.BROKEN),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, Finding.BROKEN),
        (PNG[: len(PNG) // 2], Finding.TRUNCATED),
        (PNG[:200] + bytes([PNG[200] ^ 1]) + PNG[201:], Finding.BROKEN),
        (png_head(60_000, 60_000), Finding.TOO_MANY_PIXELS),
        (png_head(1, 4_000_000), Finding.TOO_MANY_PIXELS),
        (webp_head(16_383, 16_383), Finding.TOO_MANY_PIXELS),
        (heic_head(60_000, 60_000), Finding.TOO_MANY_PIXELS),
        (heic_head(100, 100), Finding.BROKEN),
        (b"%PDF-1.7\nnothing\n%%EOF", Finding.BROKEN),
        (pdf(31), Finding.TOO_MANY_PAGES),
        (b"\x30\x82\x01\x00\x06\x09" + bytes.fromhex("2a864886f70d010702") + b"\0" * 50, Finding.BROKEN),
    ],
)
def test_what_cannot_be_opened_is_refused_with_its_reason(data: bytes, finding: Finding) -> None:
    result = checked(data)
    assert (result.verdict, result.findings) == ("refuse", (finding,))
    assert not result.pages


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_is_kept_is_a_jpeg_of_the_picture_alone(format: str) -> None:
    """Places, cameras, texts and whatever is hung on behind do not come through."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "MARKER-41 <script>"
    if format == "HEIF":
        import pillow_heif

        pillow_heif.from_pillow(CARD).save(out, quality=80, exif=exif.tobytes())
    else:
        CARD.save(out, format, exif=exif)
    hung_on = b"" if format == "HEIF" else b"MARKER-42 <html><script>"
    result = checked(out.getvalue() + hung_on)
    assert result.verdict == "ok"
    (page,) = result.pages
    assert page.startswith(b"\xff\xd8\xff")
    assert b"MARKER" not in page
    assert b"Exif" not in page


def test_a_photo_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = checked(drawn.jpeg(CARD.rotate(90, expand=True), exif=exif)).pages
    assert Image.open(io.BytesIO(page)).size == CARD.size


def test_what_is_transparent_becomes_white() -> None:
    ground = Image.new("RGBA", (1200, 800), (0, 0, 0, 0))
    ground.paste(CARD, (90, 80))
    (page,) = checked(drawn.png(ground)).pages
    assert Image.open(io.BytesIO(page)).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_kept_small_enough() -> None:
    (page,) = checked(drawn.jpeg(CARD.resize((5060, 3190)))).pages
    assert max(Image.open(io.BytesIO(page)).size) == 2400


def test_a_text_that_unpacks_to_a_hundred_megabytes_is_not_unpacked() -> None:
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 100_000_000))
    assert checked(PNG[:33] + bomb + PNG[33:]).verdict == "ok"


def signed(iin: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "ЦОЙ ӨМІР"), x509.NameAttribute(NameOID.SERIAL_NUMBER, f"IIN{iin}")]
    )
    start = datetime(2025, 6, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"act").add_signer(certificate, key, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


def test_a_signed_act_says_who_signed_it_and_that_the_signature_is_not_verified() -> None:
    data = signed("830718399194")
    mine = checked(data, Asked.ACT, PaperClaim(iin="830718399194"))
    assert (mine.verdict, mine.findings) == ("ok", (Finding.SIGNATURE_NOT_VERIFIED,))
    assert (mine.fields["signer_iin"], mine.fields["signer_name"]) == ("830718399194", "ЦОЙ ӨМІР")
    theirs = checked(data, Asked.ACT, PaperClaim(iin="610618497620"))
    assert Finding.OTHER_PERSON in theirs.findings
    assert Finding.WRONG_KIND in checked(data, Asked.ID_BACK).findings
