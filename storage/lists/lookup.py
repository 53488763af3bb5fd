"""Answers the chat from organisers' lists: what they say of the person with a phone, which purchases, which masks, how large a list is.

Not here: proving that the phone is the person's own (see the caller): whoever hands in a phone that was only typed shows one person
what is said of another. Where lists disagree over a fact the newest has the last word; what is said to the contrary is for the caller
to show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, Table, func, literal, or_, select

from domain.lists import ListedPerson, PublishedMask
from domain.participants import phone as read_phone
from domain.purchases import Purchase
from storage.keys.owners import opener
from storage.lists.keeping import aad_of_row, person_digest
from storage.lists.tables import list_imports, listed_people, listed_purchases, published_masks
from storage.sealing import Seal

_WHO: Final = ("phone", "bin", "iin", "account", "personal_account", "name")
_CONNECTION: Final = {"connected_at": "at", "package": "package", "connected_via": "connected_via"}
"""Facts of one connection, and what the table `connections` calls them."""


def find_person(connection: Connection, seal: Seal, promotion: str, phone: str) -> ListedPerson | None:
    """The person whose verified phone this is, or None if no list has it."""
    rows = _rows_of(connection, seal, promotion, phone)
    if not rows:
        return None
    clients: dict[bytes, list[Any]] = {}
    for row in rows:
        clients.setdefault(row.person, []).append(row)
    said = [_merge([_open(seal, listed_people, row) for row in each]) for each in clients.values()]
    facts = {name: value for name, value in said[0].items() if all(other.get(name) == value for other in said[1:])}
    periods = tuple(sorted({row.part for row in rows if row.part}))
    newest = max(row.imported_at for row in rows)
    return ListedPerson(facts, periods, len(clients), datetime.fromtimestamp(newest / 1000, UTC))


def purchases_of(connection: Connection, seal: Seal, promotion: str, *, phone: str) -> tuple[Purchase, ...]:
    """Purchases with a sum, for the ladder of chances, in the order of time."""
    found = [
        Purchase(
            _when(row["at"]),
            row["lottery"],
            row["amount_kzt"],
            None if row["paid_with_bonus"] == "partly" else row["paid_with_bonus"],
        )
        for row in purchase_rows_of(connection, seal, promotion, phone=phone)
        if "amount_kzt" in row
    ]
    return tuple(found)


def purchase_rows_of(
    connection: Connection, seal: Seal, promotion: str, *, phone: str
) -> tuple[Mapping[str, Any], ...]:
    """Purchases as golden tables write them, also those without a sum (`at`, `tickets_at_once`, `ussd`), in the order of time."""
    number = read_phone(phone)
    if number is None:
        return ()
    table = listed_purchases
    accounts = {row.account for row in _rows_of(connection, seal, promotion, phone) if row.account is not None}
    own = or_(table.c.phone == person_digest(seal, promotion, "phone", number), table.c.account.in_(accounts))
    rows = connection.execute(_with_keys(table).where(table.c.promotion == promotion, own))
    found = [_open(seal, table, row)["bought"] for row in rows]
    return tuple(sorted(found, key=_moment))


def masks(connection: Connection, promotion: str, *, phone: str | None = None) -> tuple[PublishedMask, ...]:
    """The published masks, those of the results first, then as the files have them; with a phone, only those that it fits.

    A list may be as long as the promotion has participants: who only asks whether a phone fits should hand it in.
    """
    table = published_masks
    query = select(table.c.mask, table.c.part, table.c.published_on).where(table.c.promotion == promotion)
    if phone is not None:
        number = read_phone(phone)
        if number is None:
            return ()
        query = query.where(literal(number).like(table.c.pattern))
    rows = connection.execute(query.order_by(table.c.part.desc(), table.c.imported_at, table.c.row))
    return tuple(
        PublishedMask(row.mask, row.part, date.fromisoformat(row.published_on) if row.published_on else None)
        for row in rows
    )


def has_masks(connection: Connection, promotion: str) -> bool:
    """Whether any list of masked numbers was imported: without one, «none fits» would say too much."""
    query = select(published_masks.c.row).where(published_masks.c.promotion == promotion).limit(1)
    return connection.execute(query).first() is not None


def size_of(connection: Connection, promotion: str, draw_period: str) -> int | None:
    """How many take part in a draw by its imported list (of participants, else of their masks); None without one."""
    people = select(func.count(listed_people.c.person.distinct())).where(
        listed_people.c.promotion == promotion, listed_people.c.part == draw_period
    )
    masked = select(func.count()).where(
        published_masks.c.promotion == promotion,
        published_masks.c.part == "participants",
        published_masks.c.draw_period == draw_period,
    )
    return connection.execute(people).scalar_one() or connection.execute(masked).scalar_one() or None


def _rows_of(connection: Connection, seal: Seal, promotion: str, phone: str) -> list[Any]:
    """All rows about the clients whose phone this is, also those with another phone of theirs; the newest last."""
    number = read_phone(phone)
    if number is None:
        return []
    table = listed_people
    mine = select(table.c.person).where(
        table.c.promotion == promotion, table.c.phone == person_digest(seal, promotion, "phone", number)
    )
    rows = _with_keys(table).where(table.c.promotion == promotion, table.c.person.in_(mine))
    return list(connection.execute(rows.order_by(table.c.imported_at, table.c.list, table.c.row)))


def _with_keys(table: Table) -> Select[Any]:
    """Its rows, each with the wrapped key of its list."""
    return select(table, list_imports.c.data_key).outerjoin_from(table, list_imports, list_imports.c.id == table.c.list)


def _open(seal: Seal, table: Table, row: Any) -> dict[str, Any]:
    place = aad_of_row(table, row.list, row.row)
    said: dict[str, Any] = json.loads(opener(seal, row.data_key, row.list).open(row.payload, place))
    return said


def _merge(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One client's rows as one set of facts."""
    facts: dict[str, Any] = {}
    connections: dict[str, dict[str, Any]] = {}
    accounts: set[str] = set()
    for said in rows:
        if "personal_account" in said:
            accounts.add(said["personal_account"])
        if "connected_at" in said:
            one = {short: said[name] for name, short in _CONNECTION.items() if name in said}
            connections[json.dumps(one, sort_keys=True)] = one
        receipts = {**facts.get("receipts_via_app", {}), **said.get("receipts_via_app", {})}
        facts |= {name: value for name, value in said.items() if name not in _WHO}
        if receipts:
            facts["receipts_via_app"] = receipts
    if len(connections) > 1:
        facts = {name: value for name, value in facts.items() if name not in _CONNECTION}
        facts["connections"] = sorted(connections.values(), key=lambda one: str(one["at"]))
    if accounts:
        facts["personal_accounts"] = len(accounts)
    return facts


def _when(said: str) -> date | datetime:
    return date.fromisoformat(said) if len(said) == 10 else datetime.fromisoformat(said)


def _moment(row: Mapping[str, Any]) -> tuple[float, str]:
    when = _when(row["at"])
    start = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
    return start.timestamp(), json.dumps(row, sort_keys=True)
