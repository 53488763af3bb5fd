"""Every transcript, held with the running program over HTTP: what the bot must say is what it says.

`pytest tests/transcripts -k deep-link -s` prints the whole talk.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio

from domain.rulebook import LANGUAGES
from storage.claims.importing import import_winners
from storage.lists.keeping import draft, keep
from storage.lists.kinds.fields import layout_of
from storage.lists.kinds.rows import Given, read_list
from storage.lists.sheets.files import open_sheet
from storage.lists.values.values import CellReading
from tests.transcripts.people import OnTelegram, OnWhatsApp, Person, Shown
from tests.transcripts.script import Expected, Script, read
from tests.world import World

FILES = sorted(Path(__file__).parent.glob("*.txt"))
LISTS = Path(__file__).parent / "lists"
JOURNEYS = sorted({path.name.partition(".")[0] for path in FILES})


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory, models: Path) -> AsyncIterator[World]:
    async with World(tmp_path_factory.mktemp("transcripts"), models) as world:
        yield world


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_the_talk_goes_as_written(running: World, path: Path) -> None:
    script = read(path)
    person = _person(running, script, FILES.index(path))
    if wanted := script.header.get("list"):
        _import(running, wanted, person.phone)
    seen = 0
    for exchange in script.exchanges:
        for line in exchange.person:
            _tell(f"\n> {line}")
            await person.do(line)
        shown = await person.see(seen + len(exchange.bot))
        for expected, message in zip(exchange.bot, shown[seen:], strict=False):
            _tell(*(f"< {text}" for text in message.text.splitlines()), " ".join(f"[{b}]" for b in message.buttons))
            _compare(f"{path.name}:{exchange.line}", expected, message)
        seen += len(exchange.bot)
        assert len(shown) == seen, f"{path.name}:{exchange.line}: the bot says more: {shown[seen:]}"


def _person(world: World, script: Script, number: int) -> Person:
    if script.header["channel"] == "whatsapp":
        return OnWhatsApp(world, number)
    return OnTelegram(world, script.header["language"])


def _import(world: World, wanted: str, phone: str) -> None:
    """`list: participants seriktes participants.csv`: what an organiser's list says, the person's own number in it."""
    kind, slug, name = wanted.split()
    assert kind in ("participants", "purchases", "results", "winners")
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text((LISTS / name).read_text("utf-8").replace("{phone}", phone), "utf-8")
        promotion, now = world.app.library.promotions[slug], datetime.now(UTC)
        found = read_list(open_sheet(file), layout_of(kind, promotion), Given({}), CellReading(promotion.zone, now))
    assert not found.refused, found.refused
    with world.app.engine.begin() as connection:
        if kind == "winners":
            assert import_winners(connection, world.app.seal, promotion, found.records, now, name).added
            return
        kept = keep(connection, draft(world.app.seal, slug, kind, found.records, now), replacing=False, skipping=False)
    assert kept.added


def _tell(*lines: str) -> None:
    print(*lines, sep="\n")  # noqa: T201 - pytest shows it with -s, and where a talk fails


def _compare(where: str, expected: Expected, message: Shown) -> None:
    rest = message.text
    for fragment in expected.fragments:
        assert fragment in rest, f"{where}: not there, or not in this order: {fragment}\n{message.text}"
        rest = rest.partition(fragment)[2]
    for fragment in expected.absent:
        assert fragment not in message.text, f"{where}: must not be there: {fragment}\n{message.text}"
    there = iter(message.buttons)
    for button in expected.buttons:
        assert button in there, f"{where}: no button {button}, or not in this order, among {message.buttons}"


@pytest.mark.parametrize("journey", JOURNEYS)
def test_every_journey_is_told_in_both_languages(journey: str) -> None:
    told = {read(path).header["language"] for path in FILES if path.name.startswith(f"{journey}.")}
    assert told == set(LANGUAGES)


def test_both_channels_are_talked_on() -> None:
    assert {read(path).header["channel"] for path in FILES} == {"telegram", "whatsapp"}
