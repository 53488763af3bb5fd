"""A Word file read into blocks: text with the numbers that Word itself draws, headings, tables, and what was left out.

Not here: finding the clauses (see clauses.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.oxml.ns import qn

from storage.promotions.drafting.document import Block, DocumentRefused, RulesDocument

UNPACKED = 200_000_000
_HIDDEN = {qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent", "w:pict", "w:drawing", "w:instrText")}
_HIDDEN.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


def read_word(file: Path, data: BytesIO) -> RulesDocument:
    """Raises Refused."""
    try:
        with ZipFile(data) as archive:
            names = set(archive.namelist())
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise DocumentRefused(f"{file} unpacks to more than {UNPACKED // 10**6} MB: is it the right file?")
        if "word/document.xml" not in names:
            raise DocumentRefused(f"{file} is an archive but not a Word file; give .txt, .md, .docx or .pdf")
        document = docx.Document(data)
        blocks = tuple(_Reader(document).blocks(document.element.body))
    except DocumentRefused:
        raise
    except (
        BadZipFile,
        KeyError,
        ValueError,
        SyntaxError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise DocumentRefused(f"{file} is damaged or encrypted; open it in Word and save it anew as .docx") from error
    if not any(re.search(r"\w", block.text) for block in blocks):
        raise DocumentRefused(f"{file} has no text: its pages are pictures, or it is empty")
    source = "\n\n".join(block.text for block in blocks)
    return RulesDocument(blocks, source, tuple(_notes(document, names)))


def _notes(document: Any, names: set[str]) -> Iterator[str]:
    body = document.element.body
    pictures = sum(1 for _ in body.iter(qn("w:drawing"), qn("w:pict")))
    if pictures:
        yield f"{pictures} picture{'s' * (pictures > 1)} or drawing{'s' * (pictures > 1)} not read"
    if next(body.iter(qn("w:txbxContent")), None) is not None:
        yield "text in boxes not read"
    if "word/footnotes.xml" in names and next(body.iter(qn("w:footnoteReference")), None) is not None:
        yield "footnotes not read"
    if next(body.iter(qn("w:ins"), qn("w:del")), None) is not None:
        yield "there are tracked changes: they are read as if accepted"


class _Reader:
    """Walks through the body once, counting as Word counts."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        self._levels: dict[str, tuple[str, dict[int, tuple[str, str, int]]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {item.get(qn("w:abstractNumId")): item for item in numbering.iter(qn("w:abstractNum"))}
        for number in numbering.iter(qn("w:num")):
            of = _value(number.find(qn("w:abstractNumId"))) or ""
            if of in abstract:
                self._levels[number.get(qn("w:numId"))] = (of, dict(_levels(abstract[of])))

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == qn("w:p"):
                text = " ".join(part for part in (self._number(child), _text(child).strip()) if part)
                for at, line in enumerate(text.split("\n")):
                    if line.strip():
                        headed = not at and self._is_heading(child)
                        yield Block(_spaces(line), "heading" if headed else "line", gap=not at)
            elif child.tag == qn("w:tbl"):
                yield from _table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self.blocks(child)

    def _is_heading(self, paragraph: Any) -> bool:
        name = getattr(self._styles.get(_style(paragraph) or ""), "name", None) or ""
        return name.lower().startswith(("heading", "title", "заголовок", "название"))

    def _number(self, paragraph: Any) -> str:
        """The number or bullet that Word draws before a paragraph; it does not stand in the text."""
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = self._styles.get(_style(paragraph) or "")
        while properties is None and style is not None:
            properties = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            style = style.base_style
        if properties is None:
            return ""
        name = _value(properties.find(qn("w:numId"))) or "0"
        level = int(_value(properties.find(qn("w:ilvl"))) or 0)
        if name not in self._levels or level not in self._levels[name][1]:
            return ""
        of, levels = self._levels[name]
        counts = self._counts.setdefault(of, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        shape, pattern, _ = levels[level]
        if shape == "bullet":
            return "•"
        return re.sub(r"%(\d)", lambda m: _count(levels, counts, int(m[1]) - 1), pattern)


def _levels(abstract: Any) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for level in abstract.iter(qn("w:lvl")):
        shape = _value(level.find(qn("w:numFmt"))) or "decimal"
        pattern = _value(level.find(qn("w:lvlText"))) or ""
        yield int(level.get(qn("w:ilvl"))), (shape, pattern, int(_value(level.find(qn("w:start"))) or 1))


def _count(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
    shape, _, start = levels.get(level, ("decimal", "", 1))
    count = counts.get(level, start)
    if shape in ("lowerLetter", "upperLetter") and count <= 26:
        return chr(ord("a" if shape == "lowerLetter" else "A") + count - 1)
    if shape in ("russianLower", "russianUpper") and count <= 28:
        letter = "абвгдежзиклмнопрстуфхцчшщэюя"[count - 1]
        return letter if shape == "russianLower" else letter.upper()
    if shape in ("lowerRoman", "upperRoman") and count < 40:
        roman = "x" * (count // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[count % 10]
        return roman if shape == "lowerRoman" else roman.upper()
    return str(count)


def _table(table: Any) -> Iterator[Block]:
    rows = [list(_cells(row)) for row in table.iter(qn("w:tr"))]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:  # a frame, not a table
        for row in rows:
            yield from (Block(line, gap=True) for cell in row for line in cell.split("\n") if line.strip())
        return
    lines = [_line(row + [""] * (width - len(row))) for row in rows]
    yield Block("\n".join((lines[0], "|" + "---|" * width, *lines[1:])), "table", gap=True)


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter(qn("w:tc")):
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merged is not None and merged.get(qn("w:val")) in (None, "continue")
        yield "" if goes_on else " ".join(_spaces(_text(part)) for part in cell.iter(qn("w:p"))).strip()
        span = int(_value(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")) or 1)
        yield from [""] * (span - 1)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def _text(node: Any) -> str:
    if node.tag in _HIDDEN:
        return ""
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag in (qn("w:br"), qn("w:cr")):
        return "\n"
    if node.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
        return " " if node.tag == qn("w:tab") else "-"
    if node.tag == qn("w:pPr"):
        return ""
    return "".join(map(_text, node))


def _spaces(text: str) -> str:
    return re.sub(r"[ \t\xa0\u202f]+", " ", text.replace("\xad", "")).strip()


def _style(paragraph: Any) -> str | None:
    return _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))


def _value(node: Any) -> str | None:
    return node.get(qn("w:val")) if node is not None else None
