"""Keeps a list: what of it is new, and all of that in one transaction or nothing. The same list twice changes nothing.

Not here: reading files (see storage/lists/kinds/rows.py); finding a person again (see lookup.py). Rows are sealed before the
transaction begins, so that it is short.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text, update

from storage.lists.kinds.fields import Kind
from storage.lists.kinds.records import Record, Remark, canonical
from storage.lists.tables import TABLES, list_imports, listed_people
from storage.sealing import DataKey, Seal
from storage.tables import audit

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A list made ready to be kept: rows as their table holds them, sealed. `content` is equal for equal lists."""

    promotion: str
    kind: Kind
    id: bytes
    content: bytes
    rows: tuple[dict[str, Any], ...]
    parts: frozenset[str]
    at: int
    data_key: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """What keeping a draft does: rows added, known already, removed; rows that contradict what is kept are refused.

    `since` (ms) is when the very same list was imported: then nothing changes.
    """

    added: int = 0
    known: int = 0
    removed: int = 0
    refused: tuple[Remark, ...] = ()
    since: int | None = None


def draft(
    seal: Seal,
    promotion: str,
    kind: Kind,
    records: Sequence[Record],
    now: datetime,
    tell: Callable[[int], None] = lambda _: None,
) -> ListDraft:
    id, at = os.urandom(16), int(now.timestamp() * 1000)
    key = seal.make_key(id)
    rows = []
    for done, record in enumerate(records, 1):
        rows.append(_row(seal, key, promotion, kind, id, at, record))
        if not done % 500:
            tell(done)
    whole = hashlib.sha256(b"".join(sorted(hashlib.sha256(r.content.encode()).digest() for r in records))).hexdigest()
    parts = frozenset(record.part for record in records)
    content = seal.digest("list", promotion, kind, whole)
    return ListDraft(promotion, kind, id, content, tuple(rows), parts, at, key.wrapped)


def aad_of_row(table: Table, list_id: bytes, row: int) -> bytes:
    """Where a sealed payload stands; it opens nowhere else."""
    return table.name.encode() + list_id + row.to_bytes(4, "big")


def person_digest(seal: Seal, promotion: str, kind: str, value: str) -> bytes:
    """What a person is found by: `kind` is phone, account, number or personal_account."""
    return seal.digest("listed", promotion, kind, value)


def _row(seal: Seal, key: DataKey, promotion: str, kind: Kind, id: bytes, at: int, record: Record) -> dict[str, Any]:
    table = TABLES[kind]
    row: dict[str, Any] = {
        "list": id,
        "row": record.row,
        "promotion": promotion,
        "identity": seal.digest("row", promotion, kind, *record.identity),
        "imported_at": at,
    }
    if kind == "results":
        return {**row, "part": record.part, **record.said}
    for name, value in (("phone", record.phone), ("account", record.account)):
        row[name] = person_digest(seal, promotion, name, value) if value is not None else None
    row["payload"] = key.seal(canonical(record.said).encode(), aad_of_row(table, id, record.row))
    if kind == "participants":
        return {**row, "part": record.part, "person": person_digest(seal, promotion, *record.person)}
    return {**row, "content": seal.digest("purchase", promotion, record.content)}


def compare(connection: Connection, draft: ListDraft, *, replacing: bool) -> Change:
    """What keeping would do; changes nothing."""
    return _weigh(connection, draft, replacing=replacing)[0]


def _weigh(connection: Connection, draft: ListDraft, *, replacing: bool) -> tuple[Change, Sequence[dict[str, Any]]]:
    """What keeping does, and the rows that are new."""
    since = connection.execute(
        select(list_imports.c.imported_at).where(
            list_imports.c.promotion == draft.promotion,
            list_imports.c.kind == draft.kind,
            list_imports.c.content == draft.content,
        )
    ).scalar_one_or_none()
    if since is not None and not (replacing and _others(connection, draft)):
        return Change(known=len(draft.rows), since=since), ()
    if replacing:
        return Change(added=len(draft.rows), removed=_count_replaced(connection, draft)), draft.rows
    fresh, refused = _fresh(connection, draft)
    known = len(draft.rows) - len(fresh) - len(refused)
    return Change(added=len(fresh), known=known, refused=refused), fresh


def keep(
    connection: Connection,
    draft: ListDraft,
    *,
    replacing: bool,
    skipping: bool,
    tell: Callable[[int], None] = lambda _: None,
) -> Change:
    """Keeps what is new, unless a row is refused and is not to be skipped. The caller's transaction makes it whole."""
    if connection.dialect.name == "postgresql":  # of two imports of one list, the second waits for the first
        key = int.from_bytes(
            hashlib.sha256(f"{draft.promotion}/{draft.kind}".encode()).digest()[:8], "big", signed=True
        )
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
    change, fresh = _weigh(connection, draft, replacing=replacing)
    if change.since is not None or (change.refused and not skipping):
        return replace(change, added=0)
    if replacing:
        _remove(connection, draft)
    if draft.kind == "participants" and change.known:
        _confirm(connection, draft)
    if fresh or change.removed:
        _note(connection, draft, change)
    if not fresh:
        return change
    table = TABLES[draft.kind]
    connection.execute(
        insert(list_imports).values(
            id=draft.id,
            promotion=draft.promotion,
            kind=draft.kind,
            content=draft.content if not change.refused else None,
            rows=len(fresh),
            imported_at=draft.at,
            data_key=draft.data_key,
        )
    )
    done = 0
    for chunk in _chunks(fresh):
        connection.execute(insert(table), chunk)
        tell(done := done + len(chunk))
    return change


def _note(connection: Connection, draft: ListDraft, change: Change) -> None:
    detail = f"{draft.promotion} {draft.kind}: {change.added} added, {change.removed} removed"
    connection.execute(insert(audit).values(id=draft.id, at=draft.at, what="imported", detail=detail))


def _fresh(connection: Connection, draft: ListDraft) -> tuple[list[dict[str, Any]], tuple[Remark, ...]]:
    """The rows that are not kept yet, and those that contradict one that is: the same transaction, other values."""
    table = TABLES[draft.kind]
    columns = [table.c.identity, *([table.c.content] if "content" in table.c else [])]
    fresh: list[dict[str, Any]] = []
    refused: list[Remark] = []
    for chunk in _chunks(draft.rows):
        wanted = [row["identity"] for row in chunk]
        kept = {
            found.identity: found
            for found in connection.execute(
                select(*columns).where(table.c.promotion == draft.promotion, table.c.identity.in_(wanted))
            )
        }
        for row in chunk:
            before = kept.get(row["identity"])
            if before is None:
                fresh.append(row)
            elif "content" in row and before.content != row["content"]:
                refused.append(
                    Remark(row["row"], "this transaction was imported before with other values (--replace takes these)")
                )
    return fresh, tuple(refused)


def _confirm(connection: Connection, draft: ListDraft) -> None:
    """What a newer list says again is as new as that list: of rows that disagree over a person the newest has the last word."""
    for chunk in _chunks(draft.rows):
        known = listed_people.c.identity.in_([row["identity"] for row in chunk])
        connection.execute(
            update(listed_people)
            .where(listed_people.c.promotion == draft.promotion, known)
            .values(imported_at=draft.at)
        )


def _others(connection: Connection, draft: ListDraft) -> bool:
    """Whether replacing would remove rows that did not come with the very same list."""
    return _count_replaced(connection, draft) > len(draft.rows)


def _replaced(draft: ListDraft) -> tuple[Table, list[Any]]:
    """What --replace removes: the older list of that kind; of lists with parts, only the parts that the new one has."""
    table = TABLES[draft.kind]
    conditions = [table.c.promotion == draft.promotion]
    if "part" in table.c:
        conditions.append(table.c.part.in_(sorted(draft.parts)))
    return table, conditions


def _count_replaced(connection: Connection, draft: ListDraft) -> int:
    table, conditions = _replaced(draft)
    return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())


def _remove(connection: Connection, draft: ListDraft) -> None:
    table, conditions = _replaced(draft)
    lists = [row.list for row in connection.execute(select(table.c.list).where(*conditions).distinct())]
    connection.execute(delete(table).where(*conditions))
    for id in lists:
        left = connection.execute(select(func.count()).select_from(table).where(table.c.list == id)).scalar_one()
        if left:  # it is not whole any more, so the same file is not «the same list» any more
            connection.execute(update(list_imports).where(list_imports.c.id == id).values(content=None, rows=left))
        else:
            connection.execute(delete(list_imports).where(list_imports.c.id == id))


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
