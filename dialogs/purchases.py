"""Purchases, receipts and other rows as a person types them, shown back before anything is computed with them.

Leaves reading days and sums to `domain.spoken`, and what they earn to `domain.chances`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import reduce
from typing import cast

from dialogs import citing
from dialogs.conversation import Json
from dialogs.messages import Money, Phrase, say
from dialogs.turn import Turn
from domain.chances import LadderRule, Purchase, read_purchases
from domain.facts import When, day_of
from domain.promotion import Promotion
from domain.purchases import end_of
from domain.spoken.purchases import SpokenLine, read_lines
from domain.spoken.values import SpokenFault, find_day, read_month

_DAYS_APART = re.compile(r"[;\n]+|,\s+(?=\d{1,2}(?:[./-]|\s*[^\W\d_]))|\s(?:и|және|жане)\s")
FILE = 5 * 1024 * 1024
"""Bytes of a person's own file at most: fifty times what `KEPT` purchases need, and less than any channel carries."""
KEPT = 300
"""Purchases of a talk at most; more of them belong in an organiser's import."""


def ladder(promotion: Promotion) -> LadderRule | None:
    rule = promotion.rules.get("chances")
    return rule if isinstance(rule, LadderRule) else None


def kept(turn: Turn, promotion: Promotion, slot: str) -> tuple[Purchase, ...]:
    """The purchases of this talk: `purchases` are confirmed, `draft` are shown back and wait for a word."""
    rows = turn.conversation.slots.get(slot)
    if not isinstance(rows, list):
        return ()
    return read_purchases([cast(Mapping[str, Json], row) for row in rows], promotion.zone)


def as_rows(purchases: Sequence[Purchase]) -> Json:
    return [as_row(purchase) for purchase in purchases]


def read_text(turn: Turn, promotion: Promotion, text: str) -> tuple[SpokenLine, ...]:
    rule = ladder(promotion)
    today = promotion.day(turn.now)
    near = min(today, promotion.last_day(promotion.whole))
    return read_lines(text, rule.lotteries if rule else {}, today, near, promotion.zone)


def past(line: SpokenLine, promotion: Promotion, now: datetime) -> SpokenLine:
    """The same line, refused if its day is still to come: what was not bought earns nothing."""
    bought = line.purchase
    if (
        bought is None
        or end_of(bought.at, promotion.zone) <= now
        or day_of(bought.at, promotion.zone) == promotion.day(now)
    ):
        return line
    return replace(line, purchase=None, fault=SpokenFault("future", line.text))


def as_row(purchase: Purchase) -> Json:
    """A purchase as golden tables write it."""
    paid: Json = "partly" if purchase.paid_with_bonus is None else purchase.paid_with_bonus
    return {
        "at": purchase.at.isoformat(),
        "lottery": purchase.lottery,
        "amount_kzt": purchase.amount_kzt,
        "paid_with_bonus": paid,
    }


def line(number: int, purchase: Purchase) -> Phrase:
    """A purchase as it was understood."""
    key = (
        "purchase.partly"
        if purchase.paid_with_bonus is None
        else "purchase.bonus"
        if purchase.paid_with_bonus
        else "purchase.line"
    )
    return say(
        key, number=number, when=moment(purchase.at), lottery=purchase.lottery, amount=Money(purchase.amount_kzt)
    )


def moment(when: When) -> datetime | Phrase:
    return when if isinstance(when, datetime) else say("purchase.day", day=when)


def fault(line: SpokenLine) -> Phrase:
    assert line.fault is not None
    return say("purchase.fault", text=line.text[:60], why=say(f"spoken.{line.fault.reason}", text=line.fault.text[:40]))


def notes(promotion: Promotion, draft: Sequence[Purchase], lines: Sequence[SpokenLine]) -> list[Phrase]:
    """What a person should know of the lines before they are counted: what we assumed, what lies outside, where the hour matters."""
    unnamed = any(each.purchase and each.unnamed for each in lines)
    return [*(assumed(promotion) if unnamed else ()), *hours(draft, promotion), *outside(draft, promotion)]


def assumed(promotion: Promotion) -> list[Phrase]:
    """Which lottery stands where none was named."""
    rule = ladder(promotion)
    if rule is None:
        return []
    first = next(iter(rule.lotteries.values()))
    return [say("chances.lottery_assumed", lottery=first, place=citing.cite(rule.clauses["lotteries"]))]


def hours(purchases: Sequence[Purchase], promotion: Promotion) -> list[Phrase]:
    """That the hour matters, where a purchase without one lies on a day that a bound of a period cuts."""
    cut = sorted(
        {day for each in purchases if not isinstance(day := each.at, datetime) and day in _cut_days(promotion)}
    )
    if cut:
        days = reduce(
            lambda rest, day: say("places", first=day, rest=rest), reversed(cut[:-1]), say("purchase.day", day=cut[-1])
        )
        return [say("chances.add_time", days=days)]
    return []


def _cut_days(promotion: Promotion) -> set[date]:
    """Days that a bound of a period cuts: of a purchase on one of them the hour matters."""
    bounds = {moment for period in promotion.periods for moment in (period.starts, period.ends)}
    return {
        promotion.day(moment)
        for moment in bounds
        if moment.timetz().replace(tzinfo=None) not in (time(), time(23, 59, 59))
    }


def outside(purchases: Sequence[Purchase], promotion: Promotion) -> list[Phrase]:
    """That some purchases lie before or after the promotion, where there are such."""
    first, last = promotion.first_day(promotion.whole), promotion.last_day(promotion.whole)
    strange = [
        each
        for each in purchases
        if not first <= day_of(each.at, promotion.zone) <= last
        or (isinstance(each.at, datetime) and not promotion.whole.holds(each.at))
    ]
    if not strange:
        return []
    whole = promotion.whole
    return [
        say(
            "chances.outside",
            number=len(strange),
            starts=whole.starts,
            ends=whole.ends,
            place=citing.cite(whole.clause),
        )
    ]


def read_rows(turn: Turn, promotion: Promotion, fact: str) -> Json | Phrase:
    """The rows of a fact of type table, or what was wrong with the text."""
    text = turn.incoming.text
    if fact == "receipts_via_app":
        return _months(text, promotion)
    if ladder(promotion) is None:
        return _at_once(turn, promotion, text)
    lines = [past(each, promotion, turn.now) for each in read_text(turn, promotion, text)]
    wrong = [each for each in lines if each.fault]
    if wrong or not lines:
        return fault(wrong[0]) if wrong else say("check.wrong_text")
    return [as_row(each.purchase) for each in lines if each.purchase][:KEPT]


def _months(text: str, promotion: Promotion) -> Json | Phrase:
    """Numbers per month: «сентябрь 6, октябрь 7»; as many numbers as months, or nothing is taken."""
    near = promotion.last_day(promotion.whole)
    words = re.findall(r"[^\W\d_]+|\d+", re.sub(r"\b(?:19|20)\d\d\b", " ", text))
    named = [month for word in words if not isinstance(month := read_month(word, near), SpokenFault)]
    counts = [int(word[:6]) for word in words if word.isdecimal()]
    if not named or len(named) != len(counts) or len(set(named)) != len(named):
        return say("check.wrong_months")
    return dict(zip(named, counts, strict=True))


def _at_once(turn: Turn, promotion: Promotion, text: str) -> Json | Phrase:
    """Purchases on the phone: days, each with the number of tickets at once where one is written («10 мая, 3 билета»)."""
    today = promotion.day(turn.now)
    near = min(today, promotion.last_day(promotion.whole))
    rows: list[Json] = []
    for part in _DAYS_APART.split(text):
        if not part.strip():
            continue
        day = find_day(part, today, near)
        if day is None or isinstance(day, SpokenFault):
            return (
                say("check.no_such_day", text=day.text[:40])
                if isinstance(day, SpokenFault)
                else say("check.wrong_date")
            )
        if day.day > today:
            return say("check.ahead")
        row: dict[str, Json] = {"at": day.day.isoformat()}
        words = day.rest.split()
        digits = [word for word in words if word.isdecimal()]
        if "*88" in day.rest:
            row["ussd"] = next(word for word in words if "*88" in word)
        elif digits:
            row["tickets_at_once"] = int(digits[0][:4])
        rows.append(row)
    return rows if rows else say("check.wrong_date")
