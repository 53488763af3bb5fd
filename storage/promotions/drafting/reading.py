"""A rules document as it comes (.txt, .md, .docx, .pdf) read into plain blocks: lines, headings, tables, and what could not be read.

Not here: the inside of Word files (see word.py); finding the clauses (see clauses.py).
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pypdfium2

from storage.promotions.drafting.document import Block, DocumentRefused, RulesDocument

LARGEST = 30_000_000
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Word file; open it and save it as .docx without a password"),
    (b"{\\rtf", "an RTF file; save it as .docx"),
    (b"<!DOCTYPE", "a web page; save its text as .txt"),
    (b"<html", "a web page; save its text as .txt"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ENCODINGS = {"cp1251": "Windows-1251", "kz1048": "KZ-1048", "koi8_r": "KOI8-R", "cp866": "DOS (866)"}
_COMMON = frozenset("оеаинтсрлықдмөәіү")
_EXPECTED = re.compile(r"[\x09\x0a\x0d\x20-\x7eА-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі«»„“”‘’–—№…•·§©®°×\xa0\xad₸€]")


def read_document(file: Path) -> RulesDocument:
    """Raises Refused."""
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise DocumentRefused(f"{file} is a folder; give the file with the rules")
        if size > LARGEST:
            raise DocumentRefused(
                f"{file} has {size / 1e6:.0f} MB; rules have at most {LARGEST // 10**6} MB: is it the right file?"
            )
        data = file.read_bytes()
    except OSError as error:
        raise DocumentRefused(f"{file} cannot be read: {error.strerror or error}") from error
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise DocumentRefused(f"{file} is empty")
    if data.startswith(b"%PDF"):
        return _read_pdf(file, data)
    if data.startswith(b"PK\x03\x04"):
        from storage.promotions.drafting.word import read_word

        return read_word(file, BytesIO(data))
    for start, what in _OTHERS:
        if data.lstrip()[: len(start)].lower() == start.lower():
            raise DocumentRefused(f"{file} is {what}")
    text, encoding = decode(file, data)
    notes = () if encoding == "UTF-8" else (f"the file is in {encoding}; source.txt holds it in UTF-8",)
    return RulesDocument(read_lines(text), text, notes)


def decode(file: Path, data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises Refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(file, data, "utf-16"), "UTF-16"
    odd, even = data[1:4000:2].count(0), data[0:4000:2].count(0)
    half = min(len(data), 4000) / 2
    if max(odd, even) > half * 0.1 and min(odd, even) < half * 0.02:
        text = _checked(file, data, "utf-16-le" if odd > even else "utf-16-be")
        if len(_EXPECTED.findall(text)) > 0.9 * len(text):
            return text, "UTF-16"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, encoding = max(((_guess(data, code), code) for code in _ENCODINGS), key=lambda pair: _likeness(pair[0]))
        if 0 in data or _likeness(text) <= 0:
            raise DocumentRefused(f"{file} is no text in an encoding known here; save it as UTF-8") from None
        return _ending(text), _ENCODINGS[encoding]
    if len(_CONTROLS.findall(text)) > len(text) / 1000:
        raise DocumentRefused(f"{file} is not a text but some other kind of file")
    return _ending(text), "UTF-8"


def _checked(file: Path, data: bytes, encoding: str) -> str:
    try:
        return _ending(data.decode(encoding).lstrip("\ufeff"))
    except UnicodeDecodeError as error:
        raise DocumentRefused(f"{file} looks like UTF-16 but is damaged; save it as UTF-8") from error


def _ending(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def _likeness(text: str) -> float:
    """How much a text looks like Russian or Kazakh: frequent letters, small rather than capital, nothing odd."""
    sample = text[:20_000]
    letters = [character for character in sample if character.isalpha() and character > "\x7f"]
    if len(_EXPECTED.findall(sample)) < 0.97 * len(sample) or not letters:
        return 0.0
    frequent = sum(letter in _COMMON for letter in letters) / len(letters)
    return frequent - sum(letter not in "іІ" and not _EXPECTED.match(letter) for letter in letters) / len(letters)


def read_lines(text: str) -> tuple[Block, ...]:
    """Lines of a plain or Markdown text; a Markdown table is one block."""
    blocks: list[Block] = []
    table: list[str] = []
    gap = False
    for raw in [*text.replace("\xad", "").replace("\f", "\n").split("\n"), ""]:
        line = re.sub(r"[ \t\u00a0\u2002-\u200a\u202f]+", " ", raw).strip()
        if line.startswith("|") and line.count("|") > 1:
            table.append(line)
            continue
        if table:
            blocks.append(Block("\n".join(table), "table" if len(table) > 2 else "line", gap))
            table, gap = [], False
        if not line or re.fullmatch(r"[-_*=]{3,}", line):
            gap = True
            continue
        head = re.match(r"#{1,6} +", line)
        blocks.append(Block(line[head.end() :] if head else line, "heading" if head else "line", gap))
        gap = False
    return tuple(blocks)


def _read_pdf(file: Path, data: bytes) -> RulesDocument:
    try:
        pdf = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "is encrypted; save it without a password" if locked else "is damaged: no page of it can be read"
        raise DocumentRefused(f"{file} {why}") from error
    # at a hyphenation pdfium leaves U+FFFE or U+0002 where the word goes on in the next line
    pages = [re.sub("[\ufffe\x02]\\s*", "", _ending(page)) for page in pages]
    silent = [number for number, page in enumerate(pages, 1) if len(re.findall(r"\w", page)) < 10]
    if len(silent) == len(pages):
        raise DocumentRefused(f"{file} is a scan: its pages are pictures without text; recognise the text first (OCR)")
    pages, repeated = _without_running_lines(pages)
    notes = ["a PDF has no tables, only lines: see to every table by hand"]
    if silent:
        notes.append(f"no text on page {', '.join(map(str, silent))}: a picture or an empty page")
    if repeated:
        notes.append(f"left out, for they stand on every page: {'; '.join(repeated)}")
    text = "\n".join(pages)
    return RulesDocument(read_lines(text), text, tuple(notes))


def _without_running_lines(pages: list[str]) -> tuple[list[str], list[str]]:
    """The pages without the first and last lines that all of them share but for a number."""
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    full = [page for page in lines if page]
    if len(full) < 3:
        return pages, []
    seen = Counter(key for page in full for key in {_numberless(page[0]), _numberless(page[-1])})
    running = {key for key, count in seen.items() if count >= 0.8 * len(full)}
    dropped: dict[str, str] = {}
    kept = []
    for page in lines:
        for at in (0, -1):
            if page and _numberless(page[at]) in running:
                dropped.setdefault(_numberless(page[at]), page.pop(at).strip())
        kept.append("\n".join(page))
    return kept, [f"«{line}»" for line in dropped.values()]


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
