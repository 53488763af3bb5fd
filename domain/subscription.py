"""Criteria about a subscriber who buys tickets at once by a command on the phone, and stays a subscriber.

Not here: the person's age (see age.py); purchases with sums (see tickets.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from domain.criteria import Case, Check, Criterion, met, missing, not_met
from domain.facts import FactError, When, read_when
from domain.promotion import Promotion

HELD: Final = "O-14"
"""When one has to be a subscriber: at the purchase, at the draw, or at some moment from the one to the other."""
HOW: Final = "O-14/how"
"""Whether only the command named in the rules makes a subscriber."""
_NOON, _LAST_SECOND = time(12), time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Buy:
    """One purchase of tickets on the phone; `at` is None where it was not told."""

    at: When | None
    tickets: int
    command: str | None

    def moment(self, zone: ZoneInfo) -> datetime | None:
        return self.at if self.at is None or isinstance(self.at, datetime) else datetime.combine(self.at, _NOON, zone)


def read_buys(case: Case) -> tuple[Buy, ...] | None:
    """The purchases on the phone, or None if nothing is known of them. What is not said of one is unremarkable."""
    rows = case.facts.rows("purchases")
    count = case.facts.number("purchases_of_5_in_period")
    if rows is None and count is None:
        return None
    if rows is None:
        start = case.promotion.whole.starts
        return tuple(Buy(start, case.settings["tickets"], None) for _ in range(int(count or 0)))
    return tuple(_buy(row, case) for row in rows)


def _buy(row: Mapping[str, Any], case: Case) -> Buy:
    tickets, command = row.get("tickets_at_once", case.settings["tickets"]), row.get("ussd")
    if isinstance(tickets, bool) or not isinstance(tickets, int):
        raise FactError("tickets_at_once", tickets)
    try:
        at = read_when(row["at"], case.facts.zone) if row.get("at") is not None else None
        return Buy(at, tickets, str(command) if command is not None else None)
    except ValueError:
        raise FactError("at", row.get("at")) from None


def _as_prescribed(buy: Buy, case: Case) -> bool:
    command = buy.command.replace("\\", "").replace(" ", "") if buy.command is not None else None
    return buy.tickets == case.settings["tickets"] and command in (None, case.settings["command"])


def _in_period(buy: Buy, case: Case) -> bool:
    moment = buy.moment(case.facts.zone)
    return moment is None or case.promotion.whole.holds(moment)


def entering_buys(case: Case) -> list[Buy]:
    """The purchases that bring a person in: as prescribed and inside the period."""
    return [buy for buy in read_buys(case) or () if _as_prescribed(buy, case) and _in_period(buy, case)]


def bought_as_prescribed(criterion: Criterion, case: Case) -> Check:
    """Some purchase was of the wanted tickets at once, by the command of the rules, in the period if any was."""
    buys = read_buys(case)
    if buys is None:
        return missing(criterion, "purchases")
    if len(entering_buys(case)) > 1:
        return met(criterion, *criterion.params.get("several", ()))
    judged = [buy for buy in buys if _in_period(buy, case)] or buys
    return met(criterion) if any(_as_prescribed(buy, case) for buy in judged) else not_met(criterion)


def bought_in_period(criterion: Criterion, case: Case) -> Check:
    """Some purchase as prescribed lies in the period; if none is as prescribed, the period is judged by them all."""
    buys = read_buys(case)
    if buys is None:
        return missing(criterion, "purchases")
    judged = [buy for buy in buys if _as_prescribed(buy, case)] or buys
    dated = [buy for buy in judged if buy.at is not None]
    if judged and not any(_in_period(buy, case) for buy in dated) and len(dated) < len(judged):
        return missing(criterion, "purchases")
    return met(criterion) if not judged or any(_in_period(buy, case) for buy in judged) else not_met(criterion)


def draw_ends(promotion: Promotion) -> datetime:
    """The last second of the day of the last draw: its hour is not given."""
    return datetime.combine(max(draw.latest for draw in promotion.draws), _LAST_SECOND, promotion.zone)


def held(criterion: Criterion, case: Case) -> Check:
    """Held from the purchase to the draw: a subscription or the operator, `since` and `until` some moment.

    Which moment counts, is open (O-14); not held at any of them is not met on every reading.
    """
    facts, params, zone = case.facts, criterion.params, case.facts.zone
    since, until = (facts.when(params[name]) if name in params else None for name in ("since", "until"))
    word = facts.word(params["flag"]) if "flag" in params else "yes"
    if word in ("no", "false"):
        return not_met(criterion)
    if word is None and since is None:
        return missing(criterion, params["flag"])
    if word not in (None, "yes", "true") and case.reading.takes(HOW, "only_named"):
        return not_met(criterion)
    start = _bound(since, time(), zone)
    stop = _bound(until, _LAST_SECOND, zone)

    def holds(moment: datetime) -> bool:
        begun, lasting = start is None or start <= moment, stop is None or moment < stop
        # Left first and came back later: held before and after the gap.
        return begun or lasting if start and stop and start > stop else begun and lasting

    end = draw_ends(case.promotion)
    bought = [moment for buy in entering_buys(case) if (moment := buy.moment(zone)) is not None] or [end]
    at_purchase, at_draw = any(map(holds, bought)), holds(end)
    between = at_purchase or at_draw or (start is not None and min(bought) <= start <= end)
    answers = {"at_purchase": at_purchase, "at_draw": at_draw, "between": between}
    return met(criterion) if answers.get(case.reading.choices.get(HELD, "between"), between) else not_met(criterion)


def _bound(when: When | None, hour: time, zone: ZoneInfo) -> datetime | None:
    return when if when is None or isinstance(when, datetime) else datetime.combine(when, hour, zone)
