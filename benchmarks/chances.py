"""Measures how long one person's purchases take to be evaluated under every open reading: `python -m benchmarks.chances [--purchases N]`.

Leaves counting to the program. A tenth of a second is the limit: exit code 1 beyond it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from domain.chances import Purchase, accrue
from domain.facts import day_of
from domain.promotion import Promotion
from storage.promotions.catalog import load

LIMIT_MS = 100
PROMOTIONS = Path(__file__).resolve().parent.parent / "promotions"
LOTTERIES = ("Bingo", "Keno", "Mega Loto", "Naval Battle", "Loto Plus")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--purchases", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=21)
    asked = options.parse_args()
    promotion = load(PROMOTIONS / "january-surprise")
    plain, mixed = (False,), (False, False, False, True, None)
    worst = [
        measure("own money, listed lotteries", promotion, bought(asked.purchases, promotion, plain), asked.rounds),
        measure(
            "bonus, partly bonus, other lotteries",
            promotion,
            bought(asked.purchases, promotion, mixed, "Твоя Удача 3"),
            asked.rounds,
        ),
        measure(
            "one ladder after another",
            promotion,
            bought(asked.purchases, promotion, plain, most=6_000_000),
            asked.rounds,
        ),
    ]
    mixture = bought(asked.purchases, promotion, mixed, "Твоя Удача 3")
    dates = tuple(replace(each, at=day_of(each.at, promotion.zone)) for each in mixture)
    worst.append(measure("the same without hours", promotion, dates, asked.rounds))
    raise SystemExit(1 if max(worst) > LIMIT_MS else 0)


def bought(
    number: int, promotion: Promotion, paid: Iterable[bool | None], *others: str, most: int = 5_000
) -> tuple[Purchase, ...]:
    """Purchases all over the promotion, in no order."""
    dice, whole = random.Random(number), promotion.whole
    seconds = int((whole.ends - whole.starts).total_seconds())
    lotteries, ways = (*LOTTERIES, *others), tuple(paid)
    return tuple(
        Purchase(
            whole.starts + timedelta(seconds=dice.randint(0, seconds)),
            dice.choice(lotteries),
            dice.randint(100, most),
            dice.choice(ways),
        )
        for _ in range(number)
    )


def measure(name: str, promotion: Promotion, purchases: tuple[Purchase, ...], rounds: int) -> float:
    """The median of some rounds, in milliseconds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        accrual = accrue(promotion, purchases, promotion.whole.ends)
        taken.append((time.perf_counter() - started) * 1000)
    median = statistics.median(taken)
    print(
        f"{name:38} {len(purchases)} purchases  median {median:5.1f} ms  worst {max(taken):5.1f} ms  {accrual.chances_total}"
    )
    return median


if __name__ == "__main__":
    main()
