"""After a run in which people say everything that must not leak, it stands nowhere: not in a log, a database, a dump or a backup.

Of PostgreSQL the files and the log of changes are searched too, wherever the server's folder can be read.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

import aiohttp
import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.bot.program import Program
from tests.bot.test_log import PHONE, WORDS, talk
from tests.command import Command
from tests.databases import fresh_postgres
from tests.hostile.disk import Disk, on_disk
from tests.storage.sample_lists import TAKES_PART, write_csv

IIN, IBAN, CARD, CODE = "990214300014", "KZ86125KZT5004100100", "4400430212345670", "48291357"
MAIL, NAME = "aigerim.marker@example.kz", "Сәрсенова"
SAID = (
    f"менің ЖСН {IIN}, шотым {IBAN}",
    f"пишите на {MAIL}, карта {CARD}",
    f"смс код {CODE}",
    f"меня зовут {NAME}, тел {PHONE}",
)
BIN, ACCOUNT = "990240005557", "romashka-marker-77"
LISTED = [
    [*TAKES_PART, "Наименование", "Аккаунт"],
    [BIN, "+77027778899", "ТОО", "SERIKTES", "15.03.2024", "да", "ТОО «Ромашка-маркер»", ACCOUNT],
]
OWN = (IIN, IBAN, CARD, CODE, MAIL, ACCOUNT, "7027778899", "Ромашка-маркер")
"""What nobody says but here: PostgreSQL's log of changes holds those of everybody who uses the server meanwhile."""
MARKERS = (*OWN, PHONE, NAME, BIN, *WORDS)


def spellings(marker: str) -> set[bytes]:
    """A text as it could stand in a file: plain, escaped, in UTF-16, as hexadecimal digits, in base64 at any offset."""
    plain = marker.encode()
    found = {plain, marker.encode("unicode_escape"), json.dumps(marker)[1:-1].encode(), quote(marker).encode()}
    found |= {
        marker.encode("utf-16-le"),
        marker.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    }
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + plain)
        found.add(whole[4 if offset else 0 : -4])
    return {spelling for spelling in found if len(spelling) >= 6}


def leaks(content: bytes, markers: tuple[str, ...]) -> list[str]:
    return [marker for marker in markers if any(spelling in content for spelling in spellings(marker))]


def read_files(folder: Path) -> bytes:
    """A SQLite database with its log."""
    return b"".join(one.read_bytes() for one in sorted(folder.iterdir()) if one.name.startswith("utys.db"))


def dump(url: str) -> bytes:
    """All rows of all tables of a PostgreSQL, as pg_dump writes them, which is of one version and refuses newer servers."""
    parts = []
    place = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(place) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            with connection.cursor().copy(f"COPY {table} TO STDOUT".encode()) as rows:
                parts += [bytes(row) for row in rows]
    return b"".join(parts)


async def browse(program: Program) -> None:
    """The same words in the browser chat."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.post(f"{program.base_url}/preview/session") as answer:
            assert answer.status == 204
        for number, text in enumerate((*WORDS, *SAID)):
            event = {"id": f"event-number-{number}", "profile": "telegram", "kind": "text", "text": text}
            async with http.post(f"{program.base_url}/preview/events", json=event) as answer:
                assert answer.status == 200
        file = {"name": f"{NAME} {IIN}.pdf", "type": "application/pdf", "size": 9}
        event = {"id": "event-number-file", "profile": "telegram", "kind": "attachment", "attachment": file}
        async with http.post(f"{program.base_url}/preview/events", json=event | {"text": IBAN}) as answer:
            assert answer.status == 200
        async with http.post(f"{program.base_url}/preview/events", data=WORDS[0].encode()) as answer:
            assert answer.status == 400


@pytest.fixture
def disk(database: str) -> Iterator[Disk | None]:
    """PostgreSQL's, if it is that and can be read; what is written from now on is kept until the test has looked."""
    with on_disk(database) if database.startswith("postgresql") else nullcontext() as found:
        yield found


@pytest.mark.slow
async def test_nothing_that_was_said_can_be_read_where_it_must_not(
    tmp_path: Path, models: Path, database: str, disk: Disk | None
) -> None:
    hush = "hush-webhook-marker"
    async with Program(
        tmp_path, models, LOG_LEVEL="debug", TELEGRAM_WEBHOOK_SECRET=hush, DATABASE_URL=database
    ) as program:
        await talk(program)
        await browse(program)
        stranger = program.telegram.person(first_name=NAME)
        for text in SAID:
            await program.telegram.push(stranger.text(text))
        await program.telegram.wait_for(lambda: len(program.telegram.messages(stranger.id)) >= len(SAID), timeout=20)
        tokens = (program.telegram.token.partition(":")[2], program.twilio.webhooks.token, hush)
        utys = Command(tmp_path, models).process
        place = {"DATABASE_URL": database, "VAR_DIR": tmp_path / "var", "LOG_LEVEL": "debug"}
        file = write_csv(tmp_path / "list.csv", LISTED)
        imported = utys("import", "participants", file, "--promotion", "seriktes", "--apply", **place)
        saved = utys("backup", tmp_path / "all.backup", **place)
        assert (imported.code, saved.code) == (0, 0), imported.out + imported.err + saved.err
        files = (
            b"" if database.startswith("postgresql") else read_files(tmp_path)
        )  # with the log of what is not folded in yet
        assert await program.stop() == 0
    secrets = (*MARKERS, *tokens, base64.b64encode((tmp_path / "var" / "encryption.key").read_bytes()).decode())
    backup = (tmp_path / "all.backup").read_bytes()
    rows = dump(database) if database.startswith("postgresql") else b""
    files += b"" if rows else read_files(tmp_path)
    assert len(rows + files) > 20_000
    assert len(backup) > 2000
    assert leaks(program.output.encode(), secrets) == []
    assert leaks(rows + files + backup, secrets) == []
    if disk is not None:
        log, tables = disk.log(), disk.files()
        assert min(len(log), len(tables)) > len(rows)
        assert leaks(log, (*OWN, hush)) == []
        assert leaks(tables, secrets) == []
    assert leaks((imported.out + imported.err + saved.out + saved.err).encode(), secrets) == []


def test_the_search_itself_finds_what_it_looks_for() -> None:
    for hidden in (
        MAIL.encode().hex().encode(),
        base64.b64encode(b"xy" + MAIL.encode() + b"z"),
        MAIL.encode("utf-16-le"),
    ):
        assert leaks(b"..." + hidden + b"...", MARKERS) == [MAIL]


def test_what_a_table_held_plainly_is_found_on_the_disk_also_when_no_row_holds_it_any_more() -> None:
    with fresh_postgres() as url, on_disk(url) as disk:
        if disk is None:
            pytest.skip("the disk of this PostgreSQL cannot be read here")
        with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as one:
            one.execute("CREATE TABLE careless (said text)")
            one.execute("INSERT INTO careless VALUES (%s)", [MAIL])
            one.commit()
            one.execute("DELETE FROM careless")
        assert leaks(dump(url), MARKERS) == []
        assert leaks(disk.log(), OWN) == [MAIL]
        assert leaks(disk.files(), MARKERS) == [MAIL]
