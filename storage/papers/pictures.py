"""Opens a picture: sizes are judged before decoding; it comes out upright, flat, without metadata, and not larger than is kept.

Not here: which kind it is (see signatures.py), and pages of a PDF (see pdf.py).
"""

from __future__ import annotations

import io
import warnings
from typing import Final

import pi_heif
from PIL import Image, ImageFile, ImageOps

from domain.papers.findings import Finding
from domain.papers.limits import KEPT_SIDE, MAX_PIXELS, MAX_SIDE
from storage.papers.boxes import heic_size, webp_size
from storage.papers.jpeg import first_picture
from storage.papers.png import picture_only
from storage.papers.refusal import Refused
from storage.papers.signatures import Kind

QUALITY: Final = 88
_FORMATS: Final = {"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",), "heic": ("HEIF",)}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False


def open_picture(data: bytes, kind: Kind) -> Image.Image:
    """An RGB picture of at most KEPT_SIDE pixels a side. Raises Refused."""
    size: tuple[int, int]
    if kind == "jpeg":
        data, size = first_picture(data)
    elif kind == "png":
        data, size = picture_only(data)
    else:
        size = webp_size(data) if kind == "webp" else heic_size(data)
    check_size(*size)
    if kind == "heic":
        pi_heif.register_heif_opener(thumbnails=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=_FORMATS[kind])
            check_size(*picture.size)
            if kind == "jpeg":  # decoded at a half, a quarter … where that is still large enough: saves time and memory
                picture.draft(None, (KEPT_SIDE, KEPT_SIDE))
            picture.load()
            return flat(picture)
    except MemoryError:
        raise Refused(Finding.TOO_LARGE) from None
    except Refused:
        raise
    except Exception as error:  # decoders raise whatever they like
        cut = "truncated" in str(error).lower() or "end of" in str(error).lower()
        raise Refused(Finding.TRUNCATED if cut else Finding.BROKEN) from error


def check_size(width: int, height: int) -> None:
    """Raises Refused (too_many_pixels, broken)."""
    if width < 1 or height < 1:
        raise Refused(Finding.BROKEN)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(Finding.TOO_MANY_PIXELS)


def flat(picture: Image.Image) -> Image.Image:
    """Turned as EXIF says, on white where it is transparent, in RGB, small enough; nothing else of the file is left."""
    turned = picture.getexif().get(0x0112, 1)
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.point(lambda value: value / 256).convert("L")
    if max(picture.size) > KEPT_SIDE:
        picture.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if "A" in picture.mode or "a" in picture.mode:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    else:
        picture = picture.convert("RGB")
    picture.info = {}
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    if turned != 1:
        clean.getexif()[0x0112] = turned
        clean = ImageOps.exif_transpose(clean)
        clean.info = {}
    return clean


def encoded(picture: Image.Image) -> bytes:
    """The JPEG that is kept and shown."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=False)
    return out.getvalue()
