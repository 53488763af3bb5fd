"""A new version with a migration of its own takes over from the old one under load, and people notice nothing."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import create_engine, inspect

from storage.database import newest, parse, version
from storage.tables import Sending, inbox, outbox
from tests.bot.fleet import Fleet, Start
from tests.bot.posting import numbered
from tests.bot.program import ROOT
from tests.fakes.server import FakeServer
from tests.waiting import until

pytestmark = pytest.mark.slow
PARTS = ("bot", "dialogs", "domain", "storage", "locales", "promotions")
NEXT = f"{int(newest()) + 1:04}"
TABLES = ("outbox", "inbox", "conversations")
"""Those that a turn touches, in the order in which it takes them (docs/architecture.md)."""
MIGRATION = f'''"""What a next version may need: a column that may be empty and an index, on every table that a turn touches."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{newest()}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in {TABLES}:
        op.add_column(table, sa.Column("added_later", sa.BigInteger(), nullable=True))
        op.create_index(f"{{table}}_later", table, ["added_later"], unique=False)
'''
ROUND = ("/menu", "language.kk", "/menu", "language.ru")
"""What people write and tap again and again, after /ru; four different answers."""
PEOPLE = 8
"""On each channel."""
Post = Callable[[], Awaitable[int]]


class Talk:
    """Somebody who goes on when the last was answered, and whose provider comes again with what was not acknowledged."""

    def __init__(self, fleet: Fleet, number: int) -> None:
        self.fleet = fleet
        self.acknowledged = 0
        self._numbers = count(100_000 * number)
        self._person = fleet.telegram.person()

    async def go_on(self, over: asyncio.Event) -> None:
        await self._say("/ru")
        while not over.is_set():
            for said in ROUND:
                await self._say(said)

    async def _say(self, said: str) -> None:
        """A command is written, anything else is tapped on the last message."""
        post = self.write(said) if said.startswith("/") else self.tap(said)
        while not await _taken(post):  # noqa: ASYNC110 - providers come again by the clock
            await asyncio.sleep(0.05)
        self.acknowledged += 1
        await self.provider.wait_for(lambda: len(self.told) >= self.acknowledged, timeout=30)

    @property
    def provider(self) -> FakeServer:
        return self.fleet.telegram

    @property
    def told(self) -> list[str]:
        return [message.text for message in self.fleet.telegram.messages(self._person.id)]

    def write(self, said: str) -> Post:
        return self._update(self._person.text(said))

    def tap(self, option: str) -> Post:
        last = self.fleet.telegram.messages(self._person.id)[-1]
        assert option in [button["callback_data"] for button in last.buttons]
        return self._update(self._person.press(last, data=option))

    def _update(self, update: dict[str, Any]) -> Post:
        return partial(self.fleet.post, self.fleet, numbered(update, next(self._numbers)))


class WhatsAppTalk(Talk):
    def __init__(self, fleet: Fleet, number: int) -> None:
        super().__init__(fleet, number)
        self._owner = fleet.twilio.person(f"+7701{number:07}")

    @property
    def provider(self) -> FakeServer:
        return self.fleet.twilio

    @property
    def told(self) -> list[str]:
        return [message.text for message in self.fleet.twilio.messages(self._owner.address)]

    def write(self, said: str) -> Post:
        return partial(self.fleet.post_form, self.fleet, self._owner.text(said))

    def tap(self, option: str) -> Post:
        last = self.fleet.twilio.last(self._owner.address)
        return partial(self.fleet.post_form, self.fleet, self._owner.press(last, dict(last.buttons)[option]))


async def _taken(post: Post) -> bool:
    try:
        return await post() == 200
    except (aiohttp.ClientError, OSError):
        return False


def next_version(folder: Path) -> Path:
    """A copy of this program with one migration more."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "storage" / "migrations" / "versions" / f"{NEXT}.py").write_text(MIGRATION, "utf-8")
    return folder


async def answered_further(crowd: Sequence[Talk], talking: asyncio.Future[Any], answers: int = 5) -> None:
    """Everybody gets so many answers more."""
    before = [len(one.told) for one in crowd]

    def all_have() -> bool:
        return all(len(one.told) >= count + answers for one, count in zip(crowd, before, strict=True))

    await until(lambda: talking.done() or all_have(), 30)
    assert not talking.done(), talking.exception()


def schema(url: str) -> tuple[str | None, list[bool]]:
    """The version that stands there, and of each table whether it has the new column and the new index."""
    engine = create_engine(parse(url))
    with engine.connect() as connection:
        looking = inspect(connection)
        columns = {table: [column["name"] for column in looking.get_columns(table)] for table in TABLES}
        indexes = {table: [index["name"] for index in looking.get_indexes(table)] for table in TABLES}
        found = (
            version(connection),
            ["added_later" in columns[table] and f"{table}_later" in indexes[table] for table in TABLES],
        )
    engine.dispose()
    return found


async def test_a_new_version_that_migrates_takes_over_under_load_and_nothing_is_lost_doubled_or_out_of_order(
    start: Start, tmp_path: Path
) -> None:
    newer = next_version(tmp_path / "newer")
    async with start(1) as fleet:
        (old,) = fleet.programs
        crowd = [(WhatsAppTalk if number % 2 else Talk)(fleet, number) for number in range(2 * PEOPLE)]
        over = asyncio.Event()
        talking = asyncio.gather(*(one.go_on(over) for one in crowd))
        await answered_further(crowd, talking)
        assert schema(old.database) == (newest(), [False] * len(TABLES))
        before = owners(fleet)
        new = await fleet.join(newer)
        while_migrating = owners(fleet) - before
        assert schema(old.database) == (NEXT, [True] * len(TABLES))
        assert len(while_migrating) == 1, "the old one served while the new one migrated"
        before = owners(fleet)
        await answered_further(crowd, talking)
        assert len(owners(fleet) - before) == 2, "both serve, one of them on a schema that it does not know"
        assert await old.stop() == 0
        fleet.programs.remove(old)
        assert "storage_down" not in old.output, (
            "the migration took the tables in the order of a turn: neither had to give way"
        )
        await answered_further(crowd, talking)
        over.set()
        await talking
        with pytest.raises(AssertionError, match="start a newer Utys"):
            await old.start()
        assert await new.stop() == 0
        assert len(fleet.rows(inbox)) == sum(one.acknowledged for one in crowd)
        assert {row.status for row in fleet.rows(outbox)} == {Sending.SENT}, (
            "nothing waits, nothing may have been repeated"
        )
    for number, one in enumerate(crowd):
        first, *rounds = crowd[number % 2].told[
            : 1 + len(ROUND)
        ]  # as the old one answered while nothing had happened yet
        assert len(set(rounds)) == len(ROUND)
        assert one.told == [first, *islice(cycle(rounds), one.acknowledged - 1)]


def owners(fleet: Fleet) -> Counter[int]:
    """How many messages each process has had to send."""
    return Counter(row.owner for row in fleet.rows(outbox))
