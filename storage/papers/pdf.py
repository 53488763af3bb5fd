"""Opens a PDF: its pages as pictures, and the text that it carries.

Pages become pictures, so no script, link or attachment is left. pdfium runs no script here (built without V8, no form environment).
Not here: bounds of time and memory (the child process has them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pypdfium2
from PIL import Image

from domain.papers.findings import Finding
from domain.papers.limits import KEPT_SIDE, MAX_PAGES
from storage.papers.refusal import Refused

DPI: Final = 200
FEW_PAGES: Final = 4
"""Documents of more pages are rendered more coarsely: they are acts, and time is bounded."""
MAX_TEXT: Final = 20_000
"""Characters of a page's text that are looked at."""
_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD."""


@dataclass(frozen=True, slots=True)
class Page:
    picture: Image.Image
    text: str


def open_pdf(data: bytes) -> list[Page]:
    """All pages. Raises Refused (encrypted, broken, truncated, too_many_pages)."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise Refused(Finding.ENCRYPTED) from error
        raise Refused(Finding.BROKEN if b"%%EOF" in data[-2048:] else Finding.TRUNCATED) from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise Refused(Finding.TOO_MANY_PAGES)
        if not count:
            raise Refused(Finding.BROKEN)
        return [_page(document, number, DPI if count <= FEW_PAGES else DPI * 0.6) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise Refused(Finding.BROKEN) from error
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, dpi: float) -> Page:
    page = document[number]
    width, height = page.get_size()
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise Refused(Finding.BROKEN)
    scale = min(dpi / 72, KEPT_SIDE / max(width, height))
    if min(width, height) * scale < 1:
        raise Refused(Finding.BROKEN)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    text_page = page.get_textpage()
    text = text_page.get_text_range(0, min(text_page.count_chars(), MAX_TEXT)) if text_page.count_chars() else ""
    text_page.close()
    page.close()
    return Page(picture, text.replace("\r\n", "\n"))
