"""The rows of promotion.toml: periods, prizes, draws, contacts, documents and open points, each from its table.

Not here: putting a promotion together (see catalog.py).
"""

from __future__ import annotations

from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.promotion import (
    Contact,
    ContactKind,
    Document,
    Draw,
    Fund,
    OpenPoint,
    Period,
    PeriodKind,
    Prize,
    PrizeKind,
)
from storage.promotions.sheet import TomlTable


def read_zone(sheet: TomlTable) -> ZoneInfo:
    name = sheet.text("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sheet.fault("zone", f"no time zone is called {name!r}")
        return ZoneInfo("Asia/Almaty")


def read_period(row: TomlTable) -> Period | None:
    kind: PeriodKind = next(k for k in get_args(PeriodKind) if k == row.choice("kind", get_args(PeriodKind)))
    fields = row.text("id"), kind, row.localized("name"), row.moment("starts"), row.moment("ends"), row.text("clause")
    row.close()
    if fields[4] < fields[3]:
        row.fault("ends", f"period {fields[0]} ends before it starts")
        return None
    return Period(*fields)


def read_prize(row: TomlTable) -> Prize:
    kind: PrizeKind = next(k for k in get_args(PrizeKind) if k == row.choice("kind", get_args(PrizeKind)))
    prize = Prize(
        row.text("id"),
        kind,
        row.localized("name"),
        row.maybe_number("quantity"),
        row.number("value_kzt"),
        row.text("clause"),
    )
    row.close()
    return prize


def read_fund(row: TomlTable) -> Fund:
    fund = Fund(row.number("amount_kzt"), row.text("clause"))
    row.close()
    return fund


def read_draw(row: TomlTable) -> Draw:
    draw = Draw(row.text("period"), row.day("latest"), row.text("clause"))
    row.close()
    return draw


def read_contact(row: TomlTable) -> Contact:
    kind: ContactKind = next(k for k in get_args(ContactKind) if k == row.choice("kind", get_args(ContactKind)))
    contact = Contact(kind, row.text("value"), row.text("clause"), row.localized("what_for"))
    row.close()
    return contact


def read_document(row: TomlTable) -> Document:
    document = Document(row.text("id"), row.localized("name"), row.text("clause"))
    row.close()
    return document


def read_open_point(row: TomlTable) -> OpenPoint:
    point = OpenPoint(
        id=row.text("id"),
        clauses=row.texts("clauses"),
        question=row.localized("question"),
        readings=row.texts("readings"),
        settled=row.maybe_text("settled"),
        settled_on=row.day("settled_on") if row.has("settled_on") else None,
        source=row.maybe_text("source"),
    )
    row.close()
    if not point.clauses:
        row.fault("clauses", f"{point.id} names no clause")
    if point.settled is not None:
        if point.settled not in point.readings:
            row.fault("settled", f"{point.id} is settled as {point.settled!r}; readings: {', '.join(point.readings)}")
        if point.settled_on is None or point.source is None:
            row.fault("settled", f"{point.id} is settled without settled_on and source")
    return point
