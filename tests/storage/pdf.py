"""Small PDF files for tests: Cyrillic text with a ToUnicode map, pages without text, and one behind a password.

Leaves what to make of them to the tests.
"""

from __future__ import annotations

from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], *, locked: bool = False) -> bytes:
    """Each page is its lines; letters of Windows-1251 only."""
    objects: list[bytes] = []
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>")
    objects.append(_stream(_unicode_map()))
    for at, lines in enumerate(pages):
        content = 6 + 2 * at
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {font} /Contents {content} 0 R >>".encode()
        )
        drawn = [b"BT /F1 10 Tf 50 %d Td <%s> Tj ET" % (800 - 14 * n, _hex(line)) for n, line in enumerate(lines)]
        objects.append(_stream(b"\n".join(drawn)))
    return _file(objects, locked)


def _hex(line: str) -> bytes:
    return line.encode("cp1251").hex().encode()


def _unicode_map() -> bytes:
    codes = [(code, bytes([code]).decode("cp1251", "replace")) for code in range(32, 256)]
    rows = [f"<{code:02x}> <{ord(letter):04x}>" for code, letter in codes]
    chunks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange <00> <ff> endcodespacerange"
    return f"{head}\n{body}\nendcmap end end".encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: list[bytes], locked: bool) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        lock * locked,
        start,
    )
    return out
