"""Judges the rows of a list of winners: which draw, which prize, winner or reserve, and who it is.

Not here: reading the cells (see rows.py); making claims of them (see storage/claims/importing.py).
"""

from __future__ import annotations

import re
from datetime import date, datetime

from domain.facts import day_of
from domain.promotion import Draw, Prize, Promotion
from domain.winners import prize_meant
from storage.lists.kinds.records import Record, Remark, Repeat, Values, canonical
from storage.lists.values.cells import Cell, Wrong, show
from storage.lists.values.values import CellReading, text

WHO = ("phone", "bin", "iin", "account")
_RESERVE = re.compile(r"резерв|запас|reserve|reserv|қосалқы", re.IGNORECASE)
_WINNER = re.compile(r"побед|жеңімпаз|winner|основн|негізгі|выигр", re.IGNORECASE)


def rank(cell: Cell, reading: CellReading) -> int:
    """0 for a winner, 1 or 2 for a reserve winner."""
    said = text(cell, reading)
    numbers = re.findall(r"\d+", said)
    if _RESERVE.search(said):
        if numbers in (["1"], ["2"]):
            return int(numbers[0])
        raise Wrong("which reserve winner is it: «reserve 1» or «reserve 2»?")
    if _WINNER.search(said) and not numbers:
        return 0
    raise Wrong(f"«{show(said, 30)}» is neither «winner» nor «reserve 1» nor «reserve 2»")


class Winners:
    """The promotion's plan says how many reserve winners there are and which prizes need no claim. `draw` is what the operator said."""

    def __init__(self, promotion: Promotion, draw: str | None) -> None:
        self._promotion, self._given, self._plan = promotion, draw, promotion.claim
        self._seen: dict[str, int] = {}
        self._first: dict[tuple[str, ...], int] = {}
        self._remarks: list[Remark] = []
        self._unproved = 0

    def take(self, row: int, values: Values) -> Record:
        who = {name: str(values[name]) for name in WHO if name in values}
        if not who:
            raise Wrong("nothing says who this is: no phone, BIN, IIN or account")
        if "drawn_on" not in values:
            raise Wrong("there is no date of the draw: the terms are counted from it")
        prize, place = self._prize(values), int(values.get("rank", 0))
        if self._plan is not None and place > self._plan.reserves:
            raise Wrong("the rules of this promotion know no such reserve winner")
        if self._plan is not None and prize is not None and prize.kind in self._plan.no_claim:
            raise Wrong(f"this prize comes by itself ({', '.join(self._plan.no_claim_clauses)}): it needs no claim")
        drawn = str(values["drawn_on"])
        draw = str(values.get("draw_period") or self._given or self._draw_of(row, drawn) or "")
        more = {name: str(values[name]) for name in ("protocol", "name") if name in values}
        said = {**who, **more, "drawn_on": drawn, "rank": place}
        said |= {"prize": prize.id} if prize is not None else {}
        content = canonical({"draw": draw, **said})
        if first := self._seen.get(content):
            raise Repeat(f"the same as row {first}: counted once")
        self._seen[content] = row
        self._unproved += "phone" not in who and len(more.get("protocol", "")) < 4
        self._single(row, draw, prize, place)
        person = next((name, who[name]) for name in ("bin", "iin", "account", "phone") if name in who)
        identity = ("winner", draw or drawn, prize.id if prize is not None else "", str(place), *person)
        return Record(row, draw, identity, content, said, person, who.get("phone"), who.get("account"))

    def remarks(self) -> list[Remark]:
        return self._remarks

    def notes(self) -> list[str]:
        if not self._unproved:
            return []
        return [
            f"{self._unproved} rows have neither a phone nor a protocol number of four signs: these winners cannot prove "
            "in a chat who they are, and must be led there by a person"
        ]

    def _prize(self, values: Values) -> Prize | None:
        prizes = self._promotion.prizes
        if "prize_won" not in values:
            if len(prizes) == 1:
                return prizes[0]
            raise Wrong("which prize is it?")
        said = str(values["prize_won"])
        found = next((prize for prize in prizes if prize.id == said.casefold()), None)
        found = found or prize_meant(said, self._promotion) or (prizes[0] if len(prizes) == 1 else None)
        if found is None:
            raise Wrong(f"«{show(said, 40)}» is none of the prizes of the rules")
        return found

    def _draw_of(self, row: int, drawn: str) -> str | None:
        """The draw that was held then: of months, the month before."""
        draws = self._promotion.draws
        zone = self._promotion.zone
        day = day_of(datetime.fromisoformat(drawn), zone) if len(drawn) > 10 else date.fromisoformat(drawn)
        found: Draw | None = draws[0] if len(draws) == 1 else None
        if found is None:
            before = f"{day.year - (day.month == 1)}-{(day.month - 2) % 12 + 1:02}"
            found = next((draw for draw in draws if draw.period == before), None)
        if found is None and draws:
            raise Wrong(f"no draw of the rules was held on {day:%d.%m.%Y}; a column or --draw says which it is")
        if found is not None and day > found.latest:
            late = f"drawn on {day:%d.%m.%Y}, later than {found.latest:%d.%m.%Y} (clause {found.clause})"
            self._remarks.append(Remark(row, late))
        return found.period if found is not None else None

    def _single(self, row: int, draw: str, prize: Prize | None, place: int) -> None:
        """Where the rules have as many prizes as draws, each draw has one winner and one of each reserve."""
        draws = self._promotion.draws
        if prize is None or not draws or prize.quantity != len(draws):
            return
        key = (draw, prize.id, str(place))
        if (first := self._first.setdefault(key, row)) != row:
            what = f"reserve winner {place}" if place else "winner"
            raise Wrong(f"row {first} is the {what} of this draw already, and the rules have one")
