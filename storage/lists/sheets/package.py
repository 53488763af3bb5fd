"""Mends a workbook's package before it is opened: parts named in another letter case, and the Strict form of the format.

Not here: what the parts hold (see workbook.py), what no list needs in them (see archive.py, which has read them through before).
Sources: ECMA-376 part 2, 6.2.2.3 (part names that differ in ASCII letter case only are one name) and part 1, annex A (Strict).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Final, Literal

from storage.lists.values.cells import Unreadable

_CONTENTS: Final = "[Content_Types].xml"
_REFERENCE = re.compile(rb"""\b(PartName|Target)\s*=\s*(["'])(.*?)\2""")
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_RENAMED: Final = (
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/extendedProperties", b"officeDocument/2006/extended-properties"),
    (b"officeDocument/customProperties", b"officeDocument/2006/custom-properties"),
    (b"officeDocument/docPropsVTypes", b"officeDocument/2006/docPropsVTypes"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/spreadsheetDrawing", b"drawingml/2006/spreadsheetDrawing"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
)
"""Namespaces of the Strict form, and what the ordinary one calls them, after `_STRICT` and `_ORDINARY`."""
_ORDINARY: Final = b"http://schemas.openxmlformats.org/"


def part_name(filename: str) -> str:
    """A part's name as parts are compared: lower case, forward slashes, none in front."""
    return filename.replace("\\", "/").lstrip("/").lower()


def kind_of(archive: zipfile.ZipFile) -> Literal["xlsx", "xlsb"] | None:
    """What the package's table of contents says that it holds, wherever that lies: cells in XML, or in Microsoft's binary form."""
    names = {part_name(name): name for name in archive.namelist()}
    contents = names.get(_CONTENTS.lower())
    if contents is None:
        return None
    said = archive.read(contents)
    if re.search(rb"spreadsheetml\.(?:sheet|template)\.main\+xml|sheet\.macroEnabled\.main\+xml", said):
        return "xlsx"
    return "xlsb" if b"sheet.binary.macroEnabled.main" in said else None


def mended(archive: zipfile.ZipFile) -> bytes | None:
    """The same package as openpyxl expects it, None where it is so already. Raises Unreadable for two parts of one name."""
    names = archive.namelist()
    if len({part_name(name) for name in names}) != len(names):
        raise Unreadable("the workbook holds two parts of one name; save it anew", "damaged")
    strict = _is_strict(archive, names)
    if not strict and not _is_misnamed(archive, names):
        return None
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in names:
            plain = part_name(name)
            if not plain.endswith((".xml", ".rels")):
                continue
            content = archive.read(name)
            if plain.endswith(".rels") or plain == _CONTENTS.lower():
                content = _REFERENCE.sub(_lower, content)
            new.writestr(_CONTENTS if plain == _CONTENTS.lower() else plain, _ordinary(content) if strict else content)
    return found.getvalue()


def _is_strict(archive: zipfile.ZipFile, names: list[str]) -> bool:
    for name in names:
        if re.fullmatch(r"xl/workbook[^/]*\.xml", part_name(name)):
            with archive.open(name) as file:
                return _STRICT in file.read(4096)
    return False


def _is_misnamed(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Whether a part is meant somewhere that is there only in another letter case, or with other slashes."""
    there = set(names)
    lower = {part_name(name) for name in names}
    return any(name not in there and part_name(name) in lower for name in _meant(archive, names))


def _meant(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    yield _CONTENTS
    yield "_rels/.rels"
    for name in names:
        plain = name.replace("\\", "/")
        folder, base = posixpath.split(plain)
        if plain.lower() == _CONTENTS.lower():
            for found in _REFERENCE.finditer(archive.read(name)):
                part = found[3].decode("utf-8", "replace").lstrip("/")
                yield part
                yield posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
        elif base.lower().endswith(".rels") and posixpath.basename(folder).lower() == "_rels":
            for found in _REFERENCE.finditer(archive.read(name)):
                target = found[3].decode("utf-8", "replace")
                yield posixpath.normpath(posixpath.join("/", posixpath.dirname(folder), target)).lstrip("/")


def _lower(found: re.Match[bytes]) -> bytes:
    if b"://" in found[3]:  # a link to somewhere else
        return found[0]
    return found[1] + b"=" + found[2] + found[3].replace(b"\\", b"/").lower() + found[2]


def _ordinary(content: bytes) -> bytes:
    for strict, ordinary in _RENAMED:
        content = content.replace(_STRICT + strict, _ORDINARY + ordinary)
    return content
