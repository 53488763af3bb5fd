"""Purchases, receipts and other rows as a person types them, shown back before anything is computed with them.

Not here: reading days and sums (see domain/spoken/); what they earn (see domain/chances.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import reduce
from typing import cast

from dialogs import citing
from dialogs.conversation import Json
from dialogs.messages import Money, Phrase, say
from dialogs.turn import Turn
from domain.chances import LadderRule, Purchase, read_purchases
from domain.facts import day_of
from domain.promotion import Promotion
from domain.purchases import ALL_DAY, Hours, row_of
from domain.spoken.lines import SpokenLine
from domain.spoken.purchases import read_lines
from domain.spoken.values import SpokenFault, find_day, read_month

_DAYS_APART = re.compile(r"[;\n]+|,\s+(?=\d{1,2}(?:[./-]|\s*[^\W\d_]))|\s(?:и|және|жане)\s")
FILE = 5 * 1024 * 1024
"""Bytes of a person's own file at most: fifty times what `KEPT` purchases need, and less than any channel carries."""
ASKED = ("no_day", "no_sum", "which_day", "days", "split", "unit", "about", "other_currency", "which")
"""Reasons that the person can answer; what was understood beside them stays."""
LEFT = ("refund", "other_person", "planned", "future")
"""Reasons for which a purchase that was understood is not counted."""
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
    return [dict(row_of(purchase)) for purchase in purchases]


def read_text(turn: Turn, promotion: Promotion, text: str, *, ahead: bool = False) -> tuple[SpokenLine, ...]:
    """What a text tells of purchases; `ahead` where a plan is told. What is vague of an hour is kept only where it matters."""
    before = (kept(turn, promotion, "draft") or kept(turn, promotion, "purchases"))[-1:]
    key = ("lines", promotion.slug, text, ahead, before)
    return turn.once(key, lambda: _read(turn.now, promotion, text, before[0] if before else None, ahead=ahead))


def _read(
    now: datetime, promotion: Promotion, text: str, before: Purchase | None, *, ahead: bool
) -> tuple[SpokenLine, ...]:
    rule, today = ladder(promotion), promotion.day(now)
    near = min(today, promotion.last_day(promotion.whole))
    lotteries = rule.lotteries if rule else {}
    lines = read_lines(text, lotteries, today, near, promotion.zone, before=before, ahead=ahead)
    return tuple(
        replace(each, purchase=settle(each.purchase, promotion, now)) if each.purchase else each for each in lines
    )


def past(line: SpokenLine, promotion: Promotion, now: datetime) -> SpokenLine:
    """The same line, refused if it is still to come: what was not bought earns nothing."""
    bought = line.purchase
    if bought is None:
        return line
    ahead = bought.at > now if isinstance(bought.at, datetime) else bought.at > promotion.day(now)
    if ahead or line.planned:
        return replace(line, purchase=None, fault=SpokenFault("future" if ahead else "planned", line.text))
    return line


def settle(purchase: Purchase, promotion: Promotion, now: datetime) -> Purchase:
    """What is known of the hour: a purchase of today was made before now. It is dropped on a day where no hour matters."""
    if isinstance(purchase.at, datetime):
        return purchase
    hours = purchase.hours
    if purchase.at == promotion.day(now) and lacks_hour(replace(purchase, hours=None), promotion):
        until = now.astimezone(promotion.zone).timetz().replace(microsecond=0, tzinfo=None)
        hours = Hours(hours.since, min(hours.until, until)) if hours else Hours(time(), until)
        hours = hours if hours.since <= hours.until else None
    elif not lacks_hour(replace(purchase, hours=None), promotion):
        hours = None
    return replace(purchase, hours=hours)


def lacks_hour(purchase: Purchase, promotion: Promotion) -> bool:
    """Whether a bound of a period lies within what is known of the hour."""
    if isinstance(purchase.at, datetime):
        return False
    known = purchase.hours or ALL_DAY
    first, last = (datetime.combine(purchase.at, hour, promotion.zone) for hour in known)
    return [each.holds(first) for each in promotion.periods] != [each.holds(last) for each in promotion.periods]


def line(number: int, purchase: Purchase) -> Phrase:
    """A purchase as it was understood."""
    key = (
        "purchase.partly"
        if purchase.paid_with_bonus is None
        else "purchase.bonus"
        if purchase.paid_with_bonus
        else "purchase.line"
    )
    lottery = purchase.lottery or say("purchase.unnamed")
    return say(key, number=number, when=moment(purchase), lottery=lottery, amount=Money(purchase.amount_kzt))


def moment(purchase: Purchase) -> datetime | Phrase:
    if isinstance(purchase.at, datetime):
        return purchase.at
    if purchase.hours is None:
        return say("purchase.day", day=purchase.at)
    since, until = (f"{hour:%H:%M}" for hour in purchase.hours)
    return say("purchase.hours", day=purchase.at, since=since, until=until)


def is_asked(fault: SpokenFault) -> bool:
    """Whether the person can add what is missing; else the line is told to be left out, or was not understood."""
    return fault.reason in ASKED


def fault(line: SpokenLine) -> Phrase:
    assert line.fault is not None
    key = (
        "purchase.asked" if is_asked(line.fault) else "purchase.left" if line.fault.reason in LEFT else "purchase.fault"
    )
    return say(key, text=line.text[:60], why=say(f"spoken.{line.fault.reason}", text=line.fault.text[:40]))


def notes(promotion: Promotion, draft: Sequence[Purchase]) -> list[Phrase]:
    """What a person should know of the lines before they are counted: what we assumed, what lies outside, where the hour matters."""
    refunded = sum(each.refunded_kzt for each in draft)
    rule = ladder(promotion)
    return [
        *(assumed(promotion) if any(not each.lottery for each in draft) else ()),
        *(
            [say("chances.refunded", amount=Money(refunded), place=citing.cite(rule.clauses["bonus"]))]
            if refunded and rule
            else ()
        ),
        *hours(draft, promotion),
        *outside(draft, promotion),
    ]


def assumed(promotion: Promotion) -> list[Phrase]:
    """What a purchase without a lottery is taken for."""
    rule = ladder(promotion)
    return [say("chances.lottery_assumed", place=citing.cite(rule.clauses["lotteries"]))] if rule else []


def hours(purchases: Sequence[Purchase], promotion: Promotion) -> list[Phrase]:
    """That the hour matters, where a bound of a period lies within what is known of it."""
    cut = sorted({day_of(each.at, promotion.zone) for each in purchases if lacks_hour(each, promotion)})
    if cut:
        days = reduce(
            lambda rest, day: say("places", first=day, rest=rest), reversed(cut[:-1]), say("purchase.day", day=cut[-1])
        )
        return [say("chances.add_time", days=days)]
    return []


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
    return [dict(row_of(each.purchase)) for each in lines if each.purchase][:KEPT]


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
