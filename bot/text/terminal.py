"""A marked text as lines of a terminal: bold, quotations behind a bar, long lines broken between words.

Not here: what is said (see the dialogs); a pipe or a file gets the same lines without any escape sequence.
"""

from __future__ import annotations

from bot.text import markup as marked

_BOLD, _QUIET, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
BAR = "│ "


def draw(text: str, width: int | None) -> list[str]:
    """A marked text as lines: with ANSI and broken at words where there is a width, else as it is; quotations behind a bar."""
    lines: list[str] = []
    bold = quote = False
    for line in text.split("\n"):
        quoted = quote or marked.QUOTE in line or marked.FOLD in line
        room = (width - 1 - len(BAR) * quoted) if width else None
        for piece in _broken(line, room):
            drawn = _BOLD if width and bold else ""
            for character in piece:
                match character:
                    case marked.BOLD | marked.UNBOLD:
                        bold = character == marked.BOLD
                        drawn += (_BOLD if bold else _PLAIN) if width else ""
                    case marked.QUOTE | marked.UNQUOTE | marked.FOLD | marked.UNFOLD:
                        quote = character in (marked.QUOTE, marked.FOLD)
                    case _:
                        drawn += character
            stop = _PLAIN if width and bold else ""
            bar = (f"{_QUIET}{BAR}{_PLAIN}" if width else BAR) if quoted else ""
            lines.append(f"{bar}{drawn}{stop}".rstrip())
    return lines


def _broken(line: str, room: int | None) -> list[str]:
    """A line in pieces of at most that many visible characters, broken between words; a longer word stays whole."""
    if room is None or marked.length(line) <= room:
        return [line]
    pieces = [""]
    for word in line.split(" "):
        if pieces[-1] and marked.length(pieces[-1]) + 1 + marked.length(word) > room:
            pieces.append(word)
        else:
            pieces[-1] = f"{pieces[-1]} {word}" if pieces[-1] else word
    return pieces
