"""Receipts per month and tickets bought on the phone, as a sentence tells them: «за сентябрь 23 чека», «*88*5# 4 мая».

Not here: purchases with sums (see purchases.py), single facts (see facts.py).
"""

from __future__ import annotations

import re
from typing import Any, Final

from domain.chances import LadderRule
from domain.facts import month_of
from domain.purchases import row_of
from domain.search.folding import fold
from domain.spoken.counting import Number
from domain.spoken.dates import SpokenDay
from domain.spoken.heard import NEAR, Hearing
from domain.spoken.polarity import denied
from domain.spoken.purchases import may_hold_sums, read_lines
from domain.spoken.values import SpokenFault, find_time

RECEIPTS: Final = "receipts_via_app"
BESIDE: Final = frozenset((NEAR, "elsewhere", "tickets"))
"""Phrases that give no value, but tell what a number or a day beside them is."""
_REACH: Final = 3
_THIS_MONTH = re.compile(r"ос[иы]$|этом|этот|бул$")
_SINGLY: Final = (fold("одному"), fold("бірден-бірден"))


def read_receipts(heard: Hearing, values: dict[str, Any]) -> None:
    """How many receipts a month: each number beside the word, in the month named nearest, else the only month that is spoken of."""
    if RECEIPTS not in heard.known.facts or RECEIPTS in values:
        return
    elsewhere = heard.cues(RECEIPTS, "elsewhere")
    whole = [day for day in heard.days if not day.bare]
    only = {day.value[:7] for day in whole} or (
        {str(values["ekassa_connected_at"])[:7]} if "ekassa_connected_at" in values else set()
    )
    found: dict[str, int] = {}
    taken = {n for day in heard.days for n in range(day.first, day.last + 1)}
    months = [day for day in whole if len(day.value) == len("2024-03")]
    if len(months) > sum(1 for number in heard.counted if number.first not in taken):
        return  # «6 чеков в сентябре и октябре»
    for cue in heard.cues(RECEIPTS):
        number = _nearest_number(heard, cue.first, cue.last, taken)
        if number is None or denied(heard.said, number.first, number.last):
            continue
        taken |= set(range(number.first, number.last + 1))
        if any(not heard.stops(each.first, number.first) for each in elsewhere):
            continue
        month = _month(heard, months, number, only)
        if month is not None:
            found[month] = found.get(month, 0) + number.value
    # «в сентябре 3 чека, в октябре 4»: the word is not said again
    for day in months:
        if found and day.value not in found:
            number = next((n for n in heard.counted if n.first == day.last + 1 and n.first not in taken), None)
            if number is not None:
                found[day.value] = number.value
    if found:
        values[RECEIPTS] = found


def _nearest_number(heard: Hearing, first: int, last: int, taken: set[int]) -> Number | None:
    free = [number for number in heard.counted if number.first not in taken and not number.ordinal]
    near = [(min(abs(first - number.last), abs(number.first - last)), number.first > last, number) for number in free]
    close = [each for each in near if each[0] <= (1 if not each[1] else 2 * _REACH)]
    return min(close, key=lambda each: each[:2])[2] if close else None


def _month(heard: Hearing, months: list[SpokenDay], number: Number, only: set[str]) -> str | None:
    if any(_THIS_MONTH.match(token.word) for token in heard.said[max(0, number.first - 4) : number.last + 4]):
        return month_of(heard.today)
    if months:
        return min(months, key=lambda day: abs(day.first - number.first)).value
    return next(iter(only)) if len(only) == 1 else None


def read_sums(heard: Hearing, used: set[int], values: dict[str, Any], doubtful: dict[str, str]) -> None:
    """Purchases with sums, read of what is left of a text once the words of ages and other facts are taken out of it.

    All of them, each with a lottery that is named, or none: what is read only in part is doubtful, and so is what stands in a text
    that was not read to its end.
    """
    rule = heard.promotion.rules.get("chances")
    if not isinstance(rule, LadderRule) or "purchases" not in heard.known.facts or "purchases" in values:
        return
    if heard.cut:
        if may_hold_sums(heard.text):
            doubtful["purchases"] = "part"
        return
    places = used | {n for each in heard.phrases if each.meaning[0] != "purchases" for n in each.places}
    rest = heard.text
    for n in places:
        token = heard.said[n]
        rest = f"{rest[: token.start]}{' ' * (token.end - token.start)}{rest[token.end :]}"
    if not may_hold_sums(rest):
        return
    near = min(heard.today, heard.promotion.last_day(heard.promotion.whole))
    lines = read_lines(rest, rule.lotteries, heard.today, near, heard.promotion.zone)
    bought = [line.purchase for line in lines if line.purchase is not None and not line.planned]
    names = {fold(word)[:4] for spelling in rule.lotteries for word in spelling.split()}
    named = any(token.word.startswith(tuple(names)) for token in heard.said)
    unread = [line for line in lines if line.planned or (line.fault and any(map(str.isdecimal, line.text)))]
    if not bought or unread or not named or not all(each.lottery for each in bought):
        if bought or unread:
            doubtful["purchases"] = "part"
        return
    values["purchases"] = [row_of(each) for each in bought]


def read_tickets(heard: Hearing, values: dict[str, Any]) -> None:
    """Tickets bought at once on the phone: the command, how many, and when; what is not said stays open."""
    settings = heard.known.settings
    command = settings.get("command")
    if command is None or "purchases" in values:
        return
    commands = [
        n for n, token in enumerate(heard.said) if token.word == command or token.word.startswith(command.rstrip("#"))
    ]
    taken = {n for day in heard.days for n in range(day.first, day.last + 1)}
    counts = []
    for cue in heard.cues("purchases", "tickets"):
        number = (
            next(
                (each for each in heard.counted if each.first not in taken and cue.first <= each.first <= cue.last),
                None,
            )
            or next(
                (each for each in heard.counted if each.first not in taken and 0 < cue.first - each.last <= 2), None
            )
            or next((each for each in heard.counted if each.first not in taken and each.first == cue.last + 1), None)
        )
        if number is not None and number.value <= 100:
            counts.append(number)
    days = [day for day in _purchase_days(heard) if day != values.get("eighteenth_birthday")]
    if not commands and not counts and not (days and _beside(heard)):
        return
    if any(denied(heard.said, n) for n in commands) or any(denied(heard.said, n.first, n.last) for n in counts):
        return
    row: dict[str, Any] = {}
    if counts:
        row["tickets_at_once"] = 1 if any(token.word in _SINGLY for token in heard.said) else counts[0].value
    if commands:
        row["ussd"] = command
    clock = find_time(heard.text)
    hour = clock[0] if clock and not isinstance(clock[0], SpokenFault) else None
    if not days:
        values["purchases"] = [row]
        return
    values["purchases"] = [{"at": f"{day}T{hour:%H:%M:%S}" if hour else day, **row} for day in dict.fromkeys(days)]


def _beside(heard: Hearing) -> bool:
    """Whether a day stands right beside the words of buying."""
    return any(
        min(abs(cue.first - day.last), abs(day.first - cue.last)) <= 2 and not denied(heard.said, cue.first, cue.last)
        for cue in heard.cues("purchases")
        for day in heard.days
        if len(day.value) > len("2025-05")
    )


def _purchase_days(heard: Hearing) -> list[str]:
    """The days that belong to no other fact."""
    others = [each for each in heard.phrases if each.meaning[1] == NEAR and each.meaning[0] != "purchases"]
    mine = heard.cues("purchases")
    found = []
    whole = [day for day in heard.days if not day.bare]
    for day in whole or heard.days:
        away = min((abs(each.first - day.first) for each in others), default=99)
        if min((abs(each.first - day.first) for each in mine), default=50) <= away and len(day.value) > len("2025-05"):
            found.append(day.value)
    return found
