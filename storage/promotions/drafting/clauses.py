"""Blocks of a rules document cut into clauses: numbered ones, tables, and the places without a number that one cites by name.

Not here: reading files (see reading.py); numbers (see numbers.py). No word is lost: what is no clause of its own belongs to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.promotions.drafting.document import Block
from storage.promotions.drafting.lines import add_line, find_rows, goes_on, is_loud, plain
from storage.promotions.drafting.numbers import Numbered, Sequence, is_chapter, read_number, uses_brackets

_INFO = re.compile(r"(?:справочная информация|справочно|анықтамалық ақпарат|анықтама)\b", re.IGNORECASE)
_TERMS = re.compile(
    r"\W*(?:\d+\.\s*)?(?:термин|определения|основные понятия|ұғымдар|негізгі ұғымдар|анықтамалар)", re.IGNORECASE
)
_LEAD = re.compile(r"\*\*(?P<bold>[^*]{2,80}?)[:.]?\*\*\s*(?:[—–-]\s*)?|(?P<plain>[^.;:!?]{2,60}?)(?::| [—–-]) ")


@dataclass
class Piece:
    """A clause in the making: its label and its lines. `heading` is the section it stands in."""

    label: str
    lines: list[str] = field(default_factory=list)
    heading: str = ""
    number: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Split:
    title: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]


def split(blocks: Iterable[Block]) -> Split:
    """The clauses in the order of the document."""
    cutter = _Cutter(list(blocks))
    for at in range(len(cutter.blocks)):
        cutter.read(at)
    return cutter.done()


class _Cutter:
    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        lines = [plain(block.text) for block in blocks if block.kind != "table"]
        self._brackets = uses_brackets(lines)
        widest = max(map(len, lines), default=0)
        self._wrapped = widest if widest <= 140 and len(lines) > 5 else None
        self._sequence = Sequence()
        self._prefix = ""
        self._parts = 1
        self._title = ""
        self._pieces: list[Piece] = []
        self._heading = ""
        self._named = ""
        self._tables = 0
        self._after_table = False
        self._before: Block | None = None
        self._notes: list[str] = []
        self._rows = find_rows(lines)

    def read(self, at: int) -> None:
        block = self.blocks[at]
        text = plain(block.text) if block.kind != "table" else block.text
        if not re.search(r"\w", text):
            return
        if block.kind == "table" or text in self._rows:
            self._take_table(block, text)
        elif number := self._number(text):
            self._take_number(at, number, block.kind == "heading")
        elif (
            block.kind == "heading"
            or is_chapter(text)
            or (block.gap and is_loud(text))
            or self._heads_numbers(at, text)
        ):
            self._take_heading(text)
        elif not self._title and not self._pieces:
            self._title = text
        else:
            self._take_line(block, text)
        self._before = block

    def done(self) -> Split:
        pieces = [piece for piece in self._pieces if piece.lines]
        if self._sequence.skipped:
            self._notes.append(f"numbers that the document skips: {', '.join(self._sequence.skipped)}")
        if pieces and not any(piece.number for piece in pieces):
            self._notes.append("no numbered clause was found: the labels are ours, give the places names one can cite")
        for piece in pieces:
            if not piece.label.startswith("table"):
                piece.lines = [line for line in piece.lines if line.strip()]
        return Split(self._title, tuple(_unique(pieces)), tuple(self._notes))

    def _number(self, text: str) -> Numbered | None:
        number = read_number(text)
        if number is None or (number.bracket and not self._brackets):
            return None
        if self._sequence.take(number.number):
            return number
        if self._sequence.restarts(number.number):
            self._parts += 1
            self._prefix = f"{self._named or f'part {self._parts}'}/"
            self._notes.append(f"the numbers begin anew at «{text[:60]}»: those clauses are labelled {self._prefix}…")
            self._sequence.restart()
            self._sequence.take(number.number)
            return number
        return None

    def _take_number(self, at: int, number: Numbered, headed: bool) -> None:
        label = f"{self._prefix}{number.label}"
        if self._is_section(at, number, headed):
            self._heading, self._named = number.text, label
            return
        self._named = ""
        self._pieces.append(Piece(label, [number.text], self._heading, number.number))

    def _is_section(self, at: int, number: Numbered, headed: bool) -> bool:
        """A numbered heading, not a clause: loud or short, and what belongs to it follows."""
        if not (headed or is_loud(number.text) or (len(number.text) <= 100 and not re.search(r"[.;:]$", number.text))):
            return False
        for block in self.blocks[at + 1 :]:
            text = plain(block.text) if block.kind != "table" else ""
            following = read_number(text)
            if following and not (following.bracket and not self._brackets):
                deeper = (
                    len(following.number) > len(number.number)
                    and following.number[: len(number.number)] == number.number
                )
                return deeper or (headed and len(number.number) == 1 and following.number != (number.number[0] + 1,))
            if block.kind == "heading":
                return False
            if headed and _LEAD.match(block.text):
                return True
            if not headed:
                return False
        return False

    def _heads_numbers(self, at: int, text: str) -> bool:
        """«2 Призы», a number without a dot, if «2.1» follows."""
        bare = re.match(r"(\d{1,2}) [^\W\d_]", text)
        after = next((block for block in self.blocks[at + 1 :] if block.kind != "table"), None)
        following = read_number(plain(after.text)) if after else None
        return bool(bare and following and following.number == (int(bare[1]), 1))

    def _take_heading(self, text: str) -> None:
        if not self._title and not self._pieces:
            self._title = text
            return
        self._heading = text
        self._named = "terms" if _TERMS.match(text) else text.strip(" .:")[:40]

    def _take_table(self, block: Block, text: str) -> None:
        row = block.kind != "table"
        if row and self._pieces and self._pieces[-1].label.startswith("table") and self._pieces[-1].lines:
            self._pieces[-1].lines.append(text)
            return
        self._tables += 1
        self._after_table = True
        caption = self._caption()
        label = f"table {self._tables}"
        lines = [caption, "", text] if caption and not row else [caption, text] if caption else [text]
        self._pieces.append(Piece(label, lines, self._heading))
        if row:
            self._notes.append(f"{label} comes as lines («{text[:40]}»): make it a Markdown table")

    def _caption(self) -> str:
        """«Таблица №1» that stands alone before a table belongs to it."""
        last = self._pieces[-1] if self._pieces else None
        named = r"\W*(?:таблица|кесте|№\s*\d+\s*кесте|\d+-кесте)"
        if (
            last
            and len(last.lines) > 1
            and re.match(named, last.lines[-1], re.IGNORECASE)
            and len(last.lines[-1]) < 120
        ):
            return last.lines.pop()
        return ""

    def _take_line(self, block: Block, text: str) -> None:
        if _INFO.match(text) and self._pieces:
            self._pieces.append(Piece("info", [text], self._heading))
            return
        lead = _LEAD.match(block.text) if block.gap or not self._pieces else None
        if self._named and lead and (lead["bold"] or self._named == "terms"):
            name = plain(lead["bold"] or lead["plain"]).strip(" :.")
            self._pieces.append(Piece(f"{self._named}/{name[:60]}", [text], self._heading))
        elif not self._pieces:
            self._pieces.append(Piece("preamble", [text], self._heading))
        elif self._named and not (
            self._pieces[-1].label == self._named or self._pieces[-1].label.startswith(f"{self._named}/")
        ):
            self._pieces.append(Piece(self._named, [text], self._heading))
        elif self._pieces[-1].label.startswith("table") and len(self._pieces) > 1:
            whole = next(piece for piece in reversed(self._pieces) if not piece.label.startswith("table"))
            add_line(whole.lines, text, self._after_table or not self._goes_on(block, text))
        else:
            add_line(self._pieces[-1].lines, text, not self._goes_on(block, text))
        self._after_table = False

    def _goes_on(self, block: Block, text: str) -> bool:
        before = plain(self._before.text) if self._before and self._before.kind == "line" else ""
        return goes_on(before, text, gap=block.gap, width=self._wrapped)


def _unique(pieces: list[Piece]) -> list[Piece]:
    seen: dict[str, int] = {}
    for piece in pieces:
        seen[piece.label] = seen.get(piece.label, 0) + 1
        if seen[piece.label] > 1:
            piece.label = f"{piece.label} ({seen[piece.label]})"
    return pieces
