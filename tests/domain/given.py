"""The five promotions and their calendar, loaded once, and short ways to say what a person did."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from domain.chances import Purchase
from storage.promotions.catalog import load_all, load_calendar

ROOT = Path(__file__).resolve().parent.parent.parent / "promotions"
PROMOTIONS = load_all(ROOT)
CALENDAR = load_calendar(ROOT)
SERIKTES, KASIPKER, ISMET = (PROMOTIONS[slug] for slug in ("seriktes", "kasipker", "ismet-app"))
DOUBLE_CHANCE, JANUARY = (PROMOTIONS[slug] for slug in ("double-chance", "january-surprise"))


def at(text: str) -> datetime:
    """A moment of January 2026 as `12 09:30` or `12 09:30:15`, in UTC+5; anything longer is ISO 8601."""
    if len(text) > len("12 09:30:15.123"):
        return datetime.fromisoformat(text)
    day, time = text.split()
    return datetime.fromisoformat(f"2026-01-{day}T{time}+05:00")


def bought(when: str, amount: int, lottery: str = "Keno", bonus: bool | None = False) -> Purchase:
    return Purchase(at(when), lottery, amount, bonus)
