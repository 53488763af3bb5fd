"""`utys import` as an operator meets it: says what would happen, does it when told to, whole or not at all."""

from __future__ import annotations

import asyncio
import base64
import os
import pty
import signal
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

from storage.database import connect, prepare
from storage.lists.lookup import purchases_of
from storage.lists.tables import TABLES, list_imports
from tests.command import Command
from tests.databases import fresh_postgres
from tests.storage.sample_lists import BOUGHT, SEAL, write_csv, write_xlsx
from tests.storage.store import KEY
from tests.waiting import until

PHONE = "+77011234567"
THREE = [BOUGHT, *[[f"{day}.01.2026 10:00", PHONE, "Keno", "500 000", "Kaspi", day] for day in (12, 13, 14)]]
FAULTY = [*THREE, ["31.02.2026", PHONE, "Keno", "=1+1", "Kaspi", "15"]]
ASKED = ("--promotion", "january-surprise")


@pytest.fixture
def utys(tmp_path: Path) -> Command:
    return Command(tmp_path, tmp_path / "models")


def key() -> str:
    return base64.b64encode(KEY).decode()


def kept(url: str, kind: str = "purchases") -> int:
    engine = connect(url)
    try:
        with engine.begin() as connection:
            return int(connection.execute(select(func.count()).select_from(TABLES[kind])).scalar_one())
    finally:
        engine.dispose()


def test_a_dry_run_is_the_default_and_touches_nothing(utys: Command) -> None:
    seen = utys("import", "purchases", write_csv(utys.folder / "list.csv", THREE), *ASKED)
    assert seen.code == 0
    assert seen.err == ""
    assert seen.out.splitlines() == [
        "list.csv: CSV, UTF-8, semicolon, 3 rows below the headers in row 1",
        "  «Дата» is at",
        "  «Телефон» is phone",
        "  «Лотерея» is lottery",
        "  «Сумма» is amount_kzt",
        "  «Способ оплаты» is paid_with_bonus",
        "  «ID транзакции» is transaction",
        "  note: paid with own money: 3",
        "dry run, nothing was stored: 3 new, 0 known already; --apply stores it",
    ]
    assert sorted(path.name for path in utys.folder.iterdir()) == ["list.csv"]


def test_apply_stores_and_the_chat_finds_it(utys: Command, database: str) -> None:
    file = write_xlsx(utys.folder / "list.xlsx", THREE)
    place = {"DATABASE_URL": database, "ENCRYPTION_KEY": key()}
    assert utys("import", "purchases", file, *ASKED, "--apply", **place).out.endswith(
        "stored: 3 new, 0 known already\n"
    )
    again = utys("import", "purchases", file, *ASKED, "--apply", **place)
    assert (again.code, again.out.splitlines()[-1]) == (0, "this very list was imported before: nothing changes")
    dry = utys(
        "import",
        "purchases",
        write_csv(utys.folder / "more.csv", [*THREE, ["15.01.2026", PHONE, "Keno", 5, "Kaspi", "9"]]),
        *ASKED,
        **place,
    )
    assert dry.out.endswith("dry run, nothing was stored: 1 new, 3 known already; --apply stores it\n")
    engine = connect(database)
    with engine.begin() as connection:
        assert len(purchases_of(connection, SEAL, "january-surprise", phone=PHONE)) == 3
    engine.dispose()


def test_one_refused_row_keeps_the_whole_list_out(utys: Command, database: str) -> None:
    file = write_csv(utys.folder / "list.csv", FAULTY)
    place = {"DATABASE_URL": database, "ENCRYPTION_KEY": key()}
    seen = utys("import", "purchases", file, *ASKED, "--apply", "--report", "refused.csv", **place)
    assert seen.code == 1
    assert "  row 5: «Дата»: there is no such day: «31.02.2026»; «Сумма»: the cell holds a formula" in seen.out
    assert "nothing was stored: 3 new, 0 known already, 1 refused" in seen.out
    report = utys.folder / "refused.csv"
    assert '"\'=1+1"' in report.read_text("utf-8-sig")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    skipped = utys("import", "purchases", file, *ASKED, "--apply", "--skip-refused", **place)
    assert (skipped.code, skipped.out.splitlines()[-1]) == (0, "stored: 3 new, 0 known already, 1 refused")
    assert kept(database) == 3


def test_fifty_refused_rows_are_shown_and_the_report_has_them_all(utys: Command) -> None:
    rows = [BOUGHT, *[["31.02.2026", PHONE, "Keno", 5, "Kaspi", n] for n in range(60)]]
    seen = utys("import", "purchases", write_csv(utys.folder / "list.csv", rows), *ASKED, "--report", "refused.csv")
    assert seen.code == 1
    assert seen.out.count("no such day") == 50
    assert "… and 10 more" in seen.out
    assert len((utys.folder / "refused.csv").read_text("utf-8-sig").splitlines()) == 61


def test_people_and_masks_go_the_same_way(utys: Command) -> None:
    people = write_csv(
        utys.folder / "people.csv",
        [["БИН", "Телефон", "Пакет"], ["180440012349", PHONE, "SERIKTES"]],
        encoding="cp1251",
    )
    seen = utys("import", "participants", people, "--promotion", "seriktes", "--draw", "2024-03", "--apply")
    assert seen.out.endswith("stored: 1 new, 0 known already\n")
    masks = write_csv(utys.folder / "masks.csv", [["Победитель"], ["7 747 9** *3 83"]])
    ways = ("--promotion", "double-chance", "--published", "20.05.2025", "--list", "results")
    assert utys("import", "results", masks, *ways, "--apply").out.endswith("stored: 1 new, 0 known already\n")


def test_columns_are_mapped_and_the_zone_is_named(utys: Command) -> None:
    rows = [["Кто", "Когда", "Игра", "Сколько"], [PHONE, "12.01.2026 10:00", "Keno", 5]]
    maps = ("--map", "Кто=phone", "--map", "Когда=at", "--map", "Сколько=amount_kzt", "--zone", "UTC")
    seen = utys("import", "purchases", write_xlsx(utys.folder / "list.xlsx", rows), *ASKED, *maps)
    assert seen.code == 0
    assert "«Кто» is phone" in seen.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list.csv", "--promotion", "nowhere"], "no promotion is called 'nowhere'; there are"),
        (["nothing.csv", *ASKED], "nothing.csv: there is no such file"),
        (["list.csv", *ASKED, "--zone", "Mars/Olympus"], "there is no time zone «Mars/Olympus»"),
        (["list.csv", *ASKED, "--zone", "../../etc/passwd"], "there is no time zone"),
        (["list.csv", *ASKED, "--map", "Дата"], "write COLUMN=FIELD"),
        (["list.csv", *ASKED, "--map", "Дата=moon"], "there is no field moon"),
        (["list.csv", *ASKED, "--sheet", "Лист1"], "a CSV file has no sheets"),
        (["list.csv", *ASKED, "--report", "list.csv"], "that is the list itself"),
        (["list.csv", *ASKED, "--report", "/nowhere/x.csv"], "cannot be written"),
        (["list.csv", "--promotion", "seriktes"], "the rules of seriktes know no purchases"),
        (["empty.csv", *ASKED], "empty.csv: the file is empty"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(utys: Command, arguments: list[str], said: str) -> None:
    write_csv(utys.folder / "list.csv", THREE)
    (utys.folder / "empty.csv").touch()
    seen = utys("import", "purchases", *arguments)
    assert seen.code == 1
    assert said in seen.sentence
    assert not (utys.folder / "var").exists()


def test_a_database_of_an_older_schema_is_left_to_the_server(utys: Command) -> None:
    from alembic import command
    from alembic.config import Config

    from storage.database import MIGRATIONS

    (utys.folder / "var").mkdir()
    engine = connect(f"sqlite:///{utys.folder / 'var' / 'utys.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    known = {"ENCRYPTION_KEY": base64.b64encode(KEY).decode()}
    seen = utys("import", "purchases", write_csv(utys.folder / "list.csv", THREE), *ASKED, "--apply", **known)
    assert "`utys serve` brings it up to date" in seen.sentence


def test_escape_sequences_of_a_file_do_not_reach_the_terminal(utys: Command) -> None:
    rows = [[*BOUGHT, "\x1b[2Jстёрто"], [*THREE[1], "x"]]
    path = utys.folder / "list.xlsx"
    write_csv(path, rows)
    assert "\x1b" not in utys("import", "purchases", path, *ASKED).out


def test_a_terminal_sees_how_far_it_is(utys: Command) -> None:
    watching, terminal = pty.openpty()
    line = utys.line("import", "purchases", write_csv(utys.folder / "list.csv", THREE), *ASKED, "--apply")
    place = utys.place(TERM="xterm-256color")
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=terminal, **place) as process:  # type: ignore[call-overload]
        os.close(terminal)
        seen = ""
        try:
            while chunk := os.read(watching, 4096):
                seen += chunk.decode("utf-8", "replace")
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(watching)
    assert process.returncode == 0
    assert all(step in seen for step in ("reading", "sealing", "storing"))


MANY = 50_000


async def begin(utys: Command, *arguments: object, **settings: object) -> asyncio.subprocess.Process:
    line, place = utys.line(*arguments), utys.place(**settings)
    silent = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(*line, stdout=silent, stderr=silent, **place)  # type: ignore[arg-type]


async def kill(process: asyncio.subprocess.Process) -> None:
    assert process.returncode is None, "it had ended before it could be killed"
    process.kill()
    assert await process.wait() == -signal.SIGKILL


@pytest.mark.slow
async def test_killed_while_it_stores_it_has_stored_nothing(utys: Command) -> None:
    """SQLite: killed once the transaction spills into the log beside the database."""
    url = f"sqlite:///{utys.folder / 'utys.db'}"
    engine = connect(url)
    prepare(engine, SEAL)
    engine.dispose()
    rows = [["12.01.2026 10:00", PHONE, "Keno", number + 1, "Kaspi", number] for number in range(MANY)]
    asked = ("import", "purchases", write_csv(utys.folder / "many.csv", [BOUGHT, *rows]), *ASKED, "--apply")
    place = {"DATABASE_URL": url, "ENCRYPTION_KEY": key()}
    log = utys.folder / "utys.db-wal"
    process = await begin(utys, *asked, **place)
    await until(lambda: (log.exists() and log.stat().st_size > 100_000) or process.returncode is not None, 90)
    await kill(process)
    assert kept(url) == 0
    assert utys(*asked, **place).out.endswith(f"stored: {MANY} new, 0 known already\n")


async def test_killed_while_it_stores_in_postgresql_it_has_stored_nothing(utys: Command) -> None:
    """Killed in the midst: it has written its first table, and waits for a lock on the second one that the test holds."""
    with fresh_postgres() as url:
        engine = connect(url)
        prepare(engine, SEAL)
        asked = ("import", "purchases", write_csv(utys.folder / "list.csv", THREE), *ASKED, "--apply")
        place = {"DATABASE_URL": url, "ENCRYPTION_KEY": key()}
        plain = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as watching, psycopg.connect(plain) as holding:
            holding.execute("LOCK TABLE listed_purchases IN SHARE MODE")
            process = await begin(utys, *asked, **place)
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'listed_purchases'::regclass"
            await until(lambda: watching.execute(waits).fetchone() == (1,) or process.returncode is not None, 90)
            await kill(process)
            holding.rollback()
        with engine.begin() as connection:
            assert connection.execute(select(func.count()).select_from(list_imports)).scalar_one() == 0
        assert kept(url) == 0
        engine.dispose()
        assert utys(*asked, **place).out.endswith("stored: 3 new, 0 known already\n")
