"""Text with bold and quoted stretches, as a plain str with marks from the private use area.

Not here: turning the marks into a channel's own form (see the channels). Texts of people and organisers go through `clean`, so that
nothing they write can become a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BOLD, UNBOLD, QUOTE, UNQUOTE, FOLD, UNFOLD = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_PAIRS = ((FOLD, UNFOLD), (QUOTE, UNQUOTE), (BOLD, UNBOLD))
_TAGS = {"<b>": BOLD, "</b>": UNBOLD, "<q>": QUOTE, "</q>": UNQUOTE}
_MARKS = re.compile("[\ue000-\ue005]")
# controls (but newline and tab), bidirectional overrides, and lone surrogates have no place in a message
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\ue005]")


@dataclass(frozen=True, slots=True)
class MarkupSpan:
    text: str
    bold: bool
    quote: bool
    fold: bool = False


def from_catalogue(text: str) -> str:
    """A catalogue text with its tags `<b>` and `<q>` made into marks."""
    for tag, mark in _TAGS.items():
        text = text.replace(tag, mark)
    return text


def clean(text: str) -> str:
    """A text of somebody else's without anything that could act as a mark or bend what stands around it."""
    return _UNFIT.sub("", text)


def plain(marked: str) -> str:
    return _MARKS.sub("", marked)


def folded(marked: str) -> str:
    """Text that is shown folded: its quotations are no blocks of their own there."""
    return f"{FOLD}{marked.replace(QUOTE, '').replace(UNQUOTE, '')}{UNFOLD}"


def length(marked: str) -> int:
    """Characters a person sees. Telegram and Twilio count UTF-16 units, so a character outside the BMP counts twice."""
    return utf16(plain(marked))


def utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def spans(marked: str) -> list[MarkupSpan]:
    bold = quote = fold = False
    result: list[MarkupSpan] = []
    for piece in re.split("([\ue000-\ue005])", marked):
        match piece:
            case "\ue000" | "\ue001":
                bold = piece == BOLD
            case "\ue002" | "\ue003":
                quote = piece == QUOTE
            case "\ue004" | "\ue005":
                fold = piece == FOLD
            case "":
                continue
            case _:
                result.append(MarkupSpan(piece, bold, quote, fold))
    return result


def split(marked: str, limit: int) -> list[str]:
    """Pieces of at most `limit` visible characters, cut at a paragraph, sentence or word end; marks are closed and opened anew."""
    pieces: list[str] = []
    rest = marked
    while length(rest) > limit:
        cut = _cut(rest, limit)
        head, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        opened = [(mark, end) for mark, end in _PAIRS if head.count(mark) > head.count(end)]
        if plain(head).strip():
            pieces.append(head + "".join(end for _, end in reversed(opened)))
        rest = "".join(mark for mark, _ in opened) + rest
    if plain(rest).strip():
        pieces.append(rest)
    return pieces


def _cut(marked: str, limit: int) -> int:
    """Where to cut: the last good end within the limit, not so early that the piece would be a scrap."""
    end, seen = 0, 0
    while end < len(marked) and seen <= limit:
        seen += 0 if _MARKS.match(marked[end]) else utf16(marked[end])
        end += 1
    end -= 1  # the last one was one too many
    window = marked[:end]
    for pattern in (
        r"\n\s*\n",
        r"\n",
        r"[.!?…»\"”][ \t]",
        r"[ \t]",
    ):  # no \s: a no-break space holds money and days together
        ends = [match.end() for match in re.finditer(pattern, window)]
        if ends and ends[-1] > end // 3:
            return ends[-1]
    return end
