"""Chances as a picture that a phone can show, and the same in words for those who cannot see it.

Not here: counting (see domain/chances.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from dialogs import citing
from dialogs.messages import Money, Phrase, say
from domain.chances import Accrual, NextStep, PeriodChances, Purchase, accrue
from domain.facts import When
from domain.promotion import Promotion
from domain.purchases import end_of
from domain.settled import decided_by
from domain.verdict import Unknown, unique

FULL, EMPTY = "🟩", "⬜"
WIDTH = 10


_CHANCES = re.compile(r"шанс|мүмкінді[кг]|мумкинди[кг]|\bshans", re.IGNORECASE)
_HOW_MANY = re.compile(r"сколько|скок|неше|қанша|канша|nesh|qansha|kansha", re.IGNORECASE)


def asks_chances(text: str) -> bool:
    """Whether a text that tells purchases also asks what they earn."""
    return _CHANCES.search(text) is not None


def side(text: str, accrual: Accrual) -> Literal["yes", "no"] | None:
    """Whether there is a chance, where that is what is asked; None where a number is asked for or nothing is certain."""
    total = accrual.chances_total
    if isinstance(total, Unknown) or _HOW_MANY.search(text):
        return None
    return "yes" if total else "no"


def end(when: When, promotion: Promotion) -> datetime:
    return end_of(when, promotion.zone)


def parts(promotion: Promotion, accrual: Accrual, now: datetime) -> tuple[Phrase, ...]:
    """The total, a line a period, what is next, how long it is valid; each with its clauses."""
    rows = [_period(promotion, period) for period in accrual.periods]
    said = [_total(accrual)]
    if rows:
        said.append(citing.lines(rows))
    if accrual.next is not None:
        said += _next(promotion, accrual.next)
    if silent := _silent(accrual):
        said.append(say("chances.open", places=citing.cite_all(silent)))
    if promotion.state(now) == "ended":
        said.append(say("chances.lapsed", moment=promotion.whole.ends))
    else:
        said.append(say("chances.use", moment=promotion.whole.ends))
    said.append(say("verdict.clauses", places=citing.cite_all(accrual.clauses)))
    return tuple(said)


def decisions(promotion: Promotion, purchases: Sequence[Purchase], now: datetime) -> list[Phrase]:
    """The organiser's decisions without which these purchases would earn otherwise."""
    return citing.settled(decided_by(promotion, lambda other: accrue(other, purchases, now)))


def _silent(accrual: Accrual) -> tuple[str, ...]:
    """The clauses that leave something of this answer open, where something is."""
    step = accrual.next
    values: list[object] = [accrual.chances_total]
    values += [
        value for period in accrual.periods for value in (period.counted_sum_kzt, period.purchase_days, period.chances)
    ]
    values += [step.amount_missing_kzt, step.days_missing] if step else []
    return unique(
        c for value in values if isinstance(value, Unknown) and value.reason == "rules_silent" for c in value.clauses
    )


def _total(accrual: Accrual) -> Phrase:
    total = accrual.chances_total
    if isinstance(total, Unknown):
        return say("chances.total_open", count=total.certain) if total.certain else say("chances.total_unsure")
    return say("chances.total", count=total)


def _period(promotion: Promotion, period: PeriodChances) -> Phrase:
    return say(
        "chances.period",
        name=promotion.period(period.period).name,
        amount=_money(period.counted_sum_kzt),
        days=_number(period.purchase_days),
        chances=_number(period.chances),
    )


def _next(promotion: Promotion, step: NextStep) -> list[Phrase]:
    said = []
    if isinstance(step.cycle_sum_kzt, int) and isinstance(step.threshold_kzt, int):
        said.append(
            say(
                "chances.bar",
                bar=bar(step.cycle_sum_kzt, step.threshold_kzt),
                amount=Money(step.cycle_sum_kzt),
                threshold=Money(step.threshold_kzt),
            )
        )
    said += missing(promotion, step)
    if isinstance(step.chances_waiting_for_days, int) and step.chances_waiting_for_days:
        said.append(say("chances.waiting", count=step.chances_waiting_for_days))
    return [citing.lines([*said, *left(promotion, step)])]


def missing(promotion: Promotion, step: NextStep) -> list[Phrase]:
    """What is missing to the next chance."""
    amount, days = step.amount_missing_kzt, step.days_missing
    if isinstance(amount, int) and isinstance(days, int):
        key = "chances.missing" if amount and days else "chances.missing_amount" if amount else "chances.missing_days"
        return [say(key, amount=Money(amount), days=days)]
    return [say("chances.missing_open", amount=_money(amount), days=_number(days)), say("chances.any_reading")]


def left(promotion: Promotion, step: NextStep) -> list[Phrase]:
    """How much of the running period is left, and whether it is enough."""
    said = []
    if isinstance(step.dates_left, int):
        said.append(say("chances.left", count=step.dates_left, moment=promotion.period(step.period).ends))
    if step.reachable_in_period is False:
        said.append(say("chances.not_reachable"))
    return said


def bar(part: int, whole: int) -> str:
    """Ten squares; one is full only when its tenth is reached, so that a full bar means that the sum is there."""
    filled = min(WIDTH, part * WIDTH // whole) if whole else 0
    return FULL * filled + EMPTY * (WIDTH - filled)


def _money(value: int | Unknown) -> Money | Phrase:
    if not isinstance(value, Unknown):
        return Money(value)
    return say("chances.at_least_money", amount=Money(value.certain)) if value.certain else _unsaid(value)


def _number(value: int | Unknown) -> int | Phrase:
    if not isinstance(value, Unknown):
        return value
    return say("chances.at_least", number=value.certain) if value.certain else _unsaid(value)


def _unsaid(value: Unknown) -> Phrase:
    """Nothing is certain: «at least 0» would say nothing."""
    return say("chances.unsaid" if value.reason == "rules_silent" and value.certain is None else "chances.unsure")
