"""One import from file to database: reads, compares, and stores if asked to, with a progress bar in a terminal.

Not here: reading and keeping lists (see storage/lists/); saying what came of it (see storage/lists/report.py). The transaction begins
after all is read and sealed, so that a running bot waits little.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.database import check_schema, sqlite_file
from bot.cli.errors import fail, plainly, settings
from bot.cli.lists.report import tell
from bot.keys import seal_of
from bot.loading import Cannot, check_zone_data
from bot.settings import BadSetting, Settings
from domain.promotion import Promotion
from storage.claims.importing import import_winners
from storage.database import Unusable, connect, explain, prepare, version
from storage.lists.keeping import Change, compare, draft, keep
from storage.lists.kinds.fields import Kind, layout_of
from storage.lists.kinds.rows import Given, Hidden, RowFound, read_list
from storage.lists.sheets.files import open_sheet
from storage.lists.values.cells import Unreadable, Wrong, show
from storage.lists.values.moments import day
from storage.lists.values.values import CellReading
from storage.promotions.catalog import CatalogError, folders, load, load_calendar
from storage.sealing import KEY_BYTES, Seal

Step = Callable[[str, int | None], Callable[[int], None]]
"""Begins a step with its number of rows, if that is known; the result hears how many are done."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the operator asked for, as the command line has it."""

    kind: Kind
    file: Path
    promotion: str
    apply: bool
    maps: list[str]
    sheet: str | None
    zone: str | None
    replacing: bool
    skipping: bool
    report: Path | None
    hidden: Hidden = "keep"
    draw: str | None = None
    which: str | None = None
    published: str | None = None


def run(asked: ImportRequest) -> None:
    """Exit code 1 where nothing is, or would be, stored because rows are refused."""
    chosen = settings()
    with plainly(BadSetting, Cannot, CatalogError, Unreadable, Unusable):
        check_zone_data()
        promotion = _promotion(chosen, asked.promotion)
        reading = CellReading(_zone(asked.zone) or promotion.zone, datetime.now(UTC))
        given = _given(asked, promotion, reading)
        _check_report(asked)
        layout = layout_of(asked.kind, promotion)
        with _steps() as step, _gc_paused():
            try:
                sheet = open_sheet(asked.file, asked.sheet)
                found = read_list(sheet, layout, given, reading, step("reading", None))
            except Unreadable as fault:
                raise Unreadable(f"{show(asked.file.name)}: {fault}") from fault
            change = _store(asked, chosen, found, promotion, reading.now, step)
        stored = tell(found, change, asked.file, asked.report, apply=asked.apply, skipping=asked.skipping)
    raise SystemExit(0 if stored else 1)


def _promotion(chosen: Settings, slug: str) -> Promotion:
    known = {folder.name: folder for folder in folders(chosen.promotions_dir)}
    if slug not in known:
        fail(f"no promotion is called {slug!r}; there are {', '.join(known) or 'none'}")
    return load(known[slug])


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unreadable(f"--zone: there is no time zone «{show(name)}»; write it as Asia/Almaty or UTC") from None


def _given(asked: ImportRequest, promotion: Promotion, reading: CellReading) -> Given:
    mapped = {}
    for pair in asked.maps:
        column, _, field = pair.rpartition("=")
        if not column.strip() or not field.strip():
            raise Unreadable(f"--map {show(pair)}: write COLUMN=FIELD")
        mapped[column.strip()] = field.strip()
    draws = [draw.period for draw in promotion.draws]
    if asked.draw is not None and asked.draw not in draws:
        raise Unreadable(f"--draw: there is no draw {show(asked.draw)}; there are {', '.join(draws) or 'none'}")
    try:
        published = day(asked.published, reading) if asked.published else None
    except Wrong as wrong:
        raise Unreadable(f"--published: {wrong}") from None
    return Given(mapped, asked.draw, asked.which, published, asked.hidden)


def _check_report(asked: ImportRequest) -> None:
    """A report that cannot be written should not be found out after the list is stored."""
    path = asked.report
    if path is None:
        return
    if path.exists() and asked.file.exists() and path.samefile(asked.file):
        raise Unreadable("--report: that is the list itself")
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise Unreadable(f"--report: {path} cannot be written")


def _store(
    asked: ImportRequest, chosen: Settings, found: RowFound, promotion: Promotion, now: datetime, step: Step
) -> Change:
    """Compares the list with what is kept, and keeps it if asked to and no row stands in the way."""
    size = len(found.records)
    storing = asked.apply and (asked.skipping or not found.refused)
    if asked.kind == "winners":
        return _store_winners(asked, chosen, found, promotion, now, storing=storing)
    with _database(chosen, make=storing) as (engine, seal):
        drafted = draft(seal, asked.promotion, asked.kind, found.records, now, step("sealing", size))
        if engine is None:
            return Change(added=size)
        try:
            with engine.begin() as connection:
                if not storing:
                    return compare(connection, drafted, replacing=asked.replacing)
                ways = {"replacing": asked.replacing, "skipping": asked.skipping}
                return keep(connection, drafted, **ways, tell=step("storing", size))
        except SQLAlchemyError as error:
            raise Unusable(f"{explain(engine, error)}; nothing was stored") from error


def _store_winners(
    asked: ImportRequest, chosen: Settings, found: RowFound, promotion: Promotion, now: datetime, *, storing: bool
) -> Change:
    """Winners become claims, which an agent corrects one by one: a list never takes one away."""
    if asked.replacing:
        raise Unreadable("--replace: a claim is not taken away by a list; `utys claims cancel` does it, with a clause")
    with _database(chosen, make=storing) as (engine, seal):
        if engine is None:
            return Change(added=len(found.records))
        calendar = load_calendar(chosen.promotions_dir)
        try:
            with engine.connect() as connection, connection.begin() as begun:
                change = import_winners(
                    connection, seal, promotion, found.records, now, asked.file.name, calendar, skipping=asked.skipping
                )
                if not storing or (change.refused and not asked.skipping):
                    begun.rollback()
                return change
        except SQLAlchemyError as error:
            raise Unusable(f"{explain(engine, error)}; nothing was stored") from error


@contextmanager
def _database(chosen: Settings, *, make: bool) -> Iterator[tuple[Engine | None, Seal]]:
    """The database and its seal. Where there is none yet it is made, or None if nothing is to be stored."""
    file = sqlite_file(chosen)
    if file is not None and not file.exists() and not make:
        yield None, Seal(os.urandom(KEY_BYTES))
        return
    engine = connect(chosen.database)
    try:
        seal = seal_of(chosen)
        with engine.connect() as connection:
            empty = version(connection) is None
        if empty and not make:
            yield None, seal
            return
        if not empty:
            check_schema(engine)
        prepare(engine, seal)
        yield engine, seal
    except SQLAlchemyError as error:
        raise Unusable(explain(engine, error)) from error
    finally:
        engine.dispose()


@contextmanager
def _gc_paused() -> Iterator[None]:
    """A list is many values and no circles: the garbage collector would go through them again and again for nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _steps() -> Iterator[Step]:
    """A progress bar on standard error where that is a terminal; elsewhere nothing."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def begin(name: str, size: int | None) -> Callable[[int], None]:
            task = progress.add_task(name, total=size)
            return lambda done: progress.update(task, completed=done)

        yield begin
