"""Finds the row of headers in a table and says which field each column holds, by its words or as the operator maps it.

Not here: the words (see words.py). A column that fits two fields equally is taken for neither; what is not recognised is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from domain.spoken.values import SpokenFault, read_month
from storage.lists.sheets.words import HEADERS, WEAK
from storage.lists.values.cells import Cell, Row, Unreadable, show
from storage.lists.values.payment import names_bonus
from storage.lists.values.sums import FOREIGN, TENGE, unit_of
from storage.lists.values.values import NO, YES

HEADER_ROWS = 20
"""Rows at the top among which the headers are looked for; reports have titles above them."""
_SUMS = ("amount_kzt", "paid_with_bonus")
_COUNTED = (*_SUMS, "tickets_at_once", "receipts_via_app", "chances_earned", "chances_used")
"""Fields of which a header may say in which unit they count."""
_UNIT_LINE = re.compile(
    r"(?:(?:ед\w*\.?\s*изм\w*\.?|единица измерения|өлшем бірлігі|валюта|суммы?|сома\w*)\s*[:,—–-]?\s*)?(?:в\s+|in\s+)?"
    r"(?:тыс\w*|мың|млн\w*|миллион\w*|thousands?|millions?|т)\.?\s*(?:of\s+)?(?:тенге|теңге|тг|₸|kzt|tenge)\.?(?:мен)?",
    re.IGNORECASE,
)
"""A line above the headers that says the unit of all sums: «Единица измерения: тыс. тенге»."""
IGNORE = "ignore"
"""`--map COLUMN=ignore` leaves a column out that would be recognised."""
_FOREIGN_MATTER = re.compile(r"рожд|туған|birth", re.IGNORECASE)
"""A day of birth is no day of ours."""
_ENOUGH = 60.0
_WEAK_ENOUGH = 80.0
_LETTER = re.compile(r"[^\W\d_]")
_AMOUNT = re.compile(r"[\d\s.,]+(?:₸|тг\.?|тенге|теңге|kzt)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file. `month` is that of a number per month («чеки сентябрь 2022»); `unit` is what a bare number counts by the
    header, 1000 for «тыс. тенге»."""

    place: int
    header: str
    field: str
    month: str | None = None
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """What was recognised, in which row the headers stand, what is ignored, and what the operator should know."""

    row: int
    known: tuple[Column, ...]
    ignored: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def header(self, field: str) -> str:
        return next((column.header for column in self.known if column.field == field), field)

    def has(self, field: str) -> bool:
        return any(column.field == field for column in self.known)


def find_columns(rows: Sequence[Row], fields: Iterable[str], mapped: Mapping[str, str], near: date) -> Columns:
    """The best row of headers among the first ones. `mapped` leads from a header to a field. Raises Unreadable.

    A month without a year in a header is the latest one that has begun before `near`.
    """
    names = tuple(fields)
    if not rows:
        raise Unreadable("the file has no rows", "empty")
    chosen = max(rows, key=lambda row: (_worth(row, names, mapped), -row[0]))
    columns = _recognise(chosen, names, mapped, near)
    return _in_their_units(_with_weak(columns, rows, names, mapped), rows)


def _with_weak(columns: Columns, rows: Sequence[Row], names: tuple[str, ...], mapped: Mapping[str, str]) -> Columns:
    """Adds the column that holds a field only by a phrase that heads other things too, where its cells fit."""
    header = next(row for row in rows if row[0] == columns.row)[1]
    by_hand = {_plain(header) for header, field in mapped.items() if field == IGNORE}
    known = list(columns.known)
    for field, phrases in WEAK.items():
        if field not in names or columns.has(field) or field in mapped.values():
            continue
        used = {column.place for column in known}
        wanted = [tuple(_plain(phrase).split()) for phrase in phrases]
        fitting = []
        for place, cell in enumerate(header):
            if not isinstance(cell, str) or place in used or (plain := _plain(cell)) in by_hand:
                continue
            below = [row[1][place] for row in rows if row[0] > columns.row and place < len(row[1])]
            fit = _fits(field, below)
            if fit and any(_likeness(tuple(plain.split()), phrase) >= _WEAK_ENOUGH for phrase in wanted):
                fitting.append((-fit, place))
        if fitting:
            place = min(fitting)[1]
            known.append(Column(place, show(header[place]), field))
    used = {column.place for column in known}
    ignored = tuple(show(cell) for place, cell in enumerate(header) if cell is not None and place not in used)
    return replace(columns, known=tuple(sorted(known, key=lambda column: column.place)), ignored=ignored)


def _fits(field: str, cells: Sequence[Cell]) -> int:
    """Whether cells can be of a field, and how well: those that name bonus money fit best."""
    words = [
        cell
        for cell in cells
        if isinstance(cell, str) and (len(_LETTER.findall(cell)) > 3 or cell.casefold() in YES | NO)
    ]
    if field == "amount_kzt":
        numbers = [
            cell
            for cell in cells
            if isinstance(cell, int | float) or (isinstance(cell, str) and _AMOUNT.fullmatch(cell))
        ]
        return int(bool(numbers) and not words)
    return 2 if any(names_bonus(word) is not None for word in words) else int(bool(words))


def _in_their_units(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Raises Unreadable for a unit that cannot be counted with: what a header says is never dropped."""
    above = [cell for row in rows if row[0] < columns.row for cell in row[1] if isinstance(cell, str)]
    general = next((cell for cell in above if _UNIT_LINE.fullmatch(cell.strip(" ()."))), "")
    known, notes = [], list(columns.notes)
    for column in columns.known:
        if column.field not in _COUNTED or (column.field == "paid_with_bonus" and names_bonus(column.header) is None):
            known.append(column)
            continue
        said = column.header
        if column.field in _SUMS and unit_of(said) == 1 and not TENGE.search(said):
            said = general or said
        unit = unit_of(said)
        if unit is None:
            raise Unreadable(
                f"the column «{column.header}» counts in a unit that is not read («{show(said)}»); sums are in tenge",
                "unit",
            )
        if unit != 1:
            notes.append(f"«{column.header}»: each number is taken times {unit} («{show(said)}»)")
        known.append(replace(column, unit=unit))
    return replace(columns, known=tuple(known), notes=tuple(notes))


def _worth(row: Row, names: tuple[str, ...], mapped: Mapping[str, str]) -> int:
    wanted = {_plain(header) for header in mapped}
    headers = [cell for cell in row[1] if isinstance(cell, str)]
    return sum(_plain(header) in wanted or bool(_scores(header, names)) for header in headers)


def _recognise(row: Row, names: tuple[str, ...], mapped: Mapping[str, str], near: date) -> Columns:
    number, cells = row
    headers = {place: show(cell) for place, cell in enumerate(cells) if cell is not None}
    by_hand = _by_hand(headers, names, mapped)
    taken: dict[str, list[tuple[float, int]]] = {}
    notes: list[str] = []
    for place, header in headers.items():
        if place in by_hand:
            continue
        found = _scores(header, names)
        if not found:
            continue
        if len(found) > 1 and found[0][0] == found[1][0]:
            notes.append(
                f'«{header}» may be {found[0][1]} or {found[1][1]}: say which by --map "{header}={found[0][1]}"'
            )
            continue
        if found[0][1] not in by_hand.values():
            taken.setdefault(found[0][1], []).append((found[0][0], place))
    known = [
        Column(place, headers[place], field, _month(headers[place], field, near))
        for place, field in by_hand.items()
        if field != IGNORE
    ]
    for field, places in taken.items():
        known += _best(field, places, headers, near)
    known.sort(key=lambda column: column.place)
    for column in known:
        if column.field == "amount_kzt" and (foreign := FOREIGN.search(column.header)):
            raise Unreadable(
                f"the column «{column.header}» holds another currency ({foreign[0]}); sums are in tenge", "currency"
            )
    used = {column.place for column in known}
    return Columns(number, tuple(known), tuple(h for place, h in headers.items() if place not in used), tuple(notes))


def _by_hand(headers: Mapping[int, str], names: tuple[str, ...], mapped: Mapping[str, str]) -> dict[int, str]:
    chosen: dict[int, str] = {}
    for header, field in mapped.items():
        if field not in (*names, IGNORE):
            raise Unreadable(
                f"--map {show(header)}={show(field)}: there is no field {show(field)}; there are {', '.join(names)}"
            )
        places = [place for place, found in headers.items() if _plain(found) == _plain(header)]
        if len(places) != 1:
            how = "there is no column" if not places else "there is more than one column"
            raise Unreadable(f"--map: {how} «{show(header)}»; there are {listed(headers.values())}")
        if field in chosen.values() and field != IGNORE:
            raise Unreadable(f"--map: two columns are mapped to {field}")
        chosen[places[0]] = field
    return chosen


def _best(field: str, places: list[tuple[float, int]], headers: Mapping[int, str], near: date) -> list[Column]:
    """The column that fits a field best; a number per month may stand in a column for each month."""
    months = [
        Column(place, headers[place], field, month)
        for _, place in places
        if (month := _month(headers[place], field, near))
    ]
    if months:
        return months
    best = max(score for score, _ in places)
    fitting = [place for score, place in places if score == best]
    if len(fitting) > 1:
        same = listed(headers[place] for place in fitting)
        raise Unreadable(
            f"the columns {same} all look like {field}; say which one by --map COLUMN={field}", "same_columns"
        )
    return [Column(fitting[0], headers[fitting[0]], field)]


def _month(header: str, field: str, near: date) -> str | None:
    if field != "receipts_via_app":
        return None
    found = read_month(header, near)
    return None if isinstance(found, SpokenFault) else found


def _scores(header: str, names: tuple[str, ...]) -> list[tuple[float, str]]:
    """The fields that a header may mean, the likeliest first."""
    words = tuple(_plain(header).split())
    if not words or _FOREIGN_MATTER.search(header):
        return []
    found = [(score, name) for name in names if (score := _score(words, name)) >= _ENOUGH]
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


@lru_cache(maxsize=4096)
def _score(words: tuple[str, ...], name: str) -> float:
    phrases = (tuple(_plain(phrase).split()) for phrase in (name, *HEADERS.get(name, ())))
    return max((_likeness(words, phrase) for phrase in phrases), default=0.0)


def _likeness(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """100 for the same words; less for a phrase among other words, or for a slip of the pen."""
    joined, wanted = "".join(words), "".join(phrase)
    if joined == wanted:
        return 100.0
    if len(phrase) < len(words) and len(wanted) > 2 and _inside(words, phrase):
        return 84.0 + 2 * len(phrase) - 3 * (len(words) - len(phrase))
    slips = OSA.distance(joined, wanted, score_cutoff=2)
    return 90.0 - 5 * slips if len(wanted) > 4 and slips <= len(wanted) // 5 and slips <= 2 else 0.0


def _inside(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether the words of a phrase stand in a row among others, endings apart."""
    width = len(phrase)
    return any(
        all(_same(word, part) for word, part in zip(words[start : start + width], phrase, strict=True))
        for start in range(len(words) - width + 1)
    )


def _same(word: str, part: str) -> bool:
    stem = max(4, len(part) - 2)
    return word == part or (
        len(part) > 4 and len(word) > 4 and word[:stem] == part[:stem] and abs(len(word) - len(part)) < 4
    )


def _plain(header: Cell) -> str:
    """Lower case words without marks; a unit in brackets goes."""
    text = str(header).casefold().replace("ё", "е").replace("ə", "ә").replace("_", " ")
    text = re.sub(r"\b(?:e|е)[\s-]?касс", "екасс", text)
    return " ".join(re.sub(r"[^\w\s]|₸", " ", text).split())


def listed(headers: Iterable[str]) -> str:
    # where a file has no headers its first row stands here: numbers of people are not for the terminal
    names = [f"«{re.sub(r'[0-9]{5,}', '…', show(header, 40))}»" for header in headers]
    return ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
