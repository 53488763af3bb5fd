"""Lists as organisers export them, and the whole way from a file to the database without the command line.

Leaves what is in them to the tests. Now is always the same moment.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from sqlalchemy import Connection, Engine

from domain.promotion import Promotion
from storage.database import connect, prepare
from storage.lists.keeping import Change, draft, keep
from storage.lists.kinds.fields import Kind, layout_of
from storage.lists.kinds.rows import Given, RowFound, read_list
from storage.lists.sheets.files import open_sheet
from storage.lists.values.values import CellReading
from storage.promotions.catalog import load
from storage.sealing import Seal
from tests.sources import ROOT
from tests.storage.store import KEY

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 3, 10, 7, tzinfo=UTC)
READING = CellReading(ALMATY, NOW)
SEAL = Seal(KEY)

BOUGHT = ("Дата", "Телефон", "Лотерея", "Сумма", "Способ оплаты", "ID транзакции")
TAKES_PART = ("БИН", "Телефон", "Форма", "Пакет", "Дата подключения", "Ismet.kz")


@cache
def promotion(slug: str) -> Promotion:
    return load(ROOT / "promotions" / slug)


def write_csv(path: Path, rows: Sequence[Sequence[object]], *, encoding: str = "utf-8", separator: str = ";") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, content in {"Лист1": rows, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    book.save(path)
    return path


def read(
    path: Path, kind: Kind = "purchases", slug: str = "january-surprise", *, sheet: str | None = None, **given: Any
) -> RowFound:
    mapped: Mapping[str, str] = given.pop("mapped", {})
    reading = given.pop("reading", READING)
    return read_list(open_sheet(path, sheet), layout_of(kind, promotion(slug)), Given(mapped, **given), reading)


def read_rows(
    folder: Path,
    rows: Sequence[Sequence[object]],
    kind: Kind = "purchases",
    slug: str = "january-surprise",
    **given: Any,
) -> RowFound:
    """The rows by way of a CSV file."""
    return read(write_csv(folder / "list.csv", rows), kind, slug, **given)


def reasons(found: RowFound) -> dict[int, str]:
    return {remark.row: remark.reason for remark in found.refused}


class Shelf:
    """A database of lists."""

    def __init__(self, url: str, folder: Path) -> None:
        self.engine: Engine = connect(url)
        self.folder = folder
        prepare(self.engine, SEAL)

    def put(
        self,
        rows: Sequence[Sequence[object]],
        kind: Kind = "purchases",
        slug: str = "january-surprise",
        *,
        replacing: bool = False,
        skipping: bool = False,
        now: datetime = NOW,
        **given: Any,
    ) -> Change:
        found = read_rows(self.folder, rows, kind, slug, **given)
        with self.engine.begin() as connection:
            drafted = draft(SEAL, slug, kind, found.records, now)
            return keep(connection, drafted, replacing=replacing, skipping=skipping)

    @contextmanager
    def look(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()
