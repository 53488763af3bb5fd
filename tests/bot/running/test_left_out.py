"""A promotion that became faulty is left out: the others go on, talks about it too, and it is said where an operator looks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app import App
from bot.loading import Cannot
from storage.tables import Arrived, inbox
from tests.bot.posting import settled
from tests.command import ROOT
from tests.world import World


@pytest.fixture
def promotions(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "promotions", tmp_path / "promotions"))


def _spoil(promotions: Path, slug: str) -> None:
    (promotions / slug / "promotion.toml").write_bytes(b"name = \xff")


async def test_when_one_promotion_becomes_faulty_the_others_are_served_and_its_talks_go_on(
    tmp_path: Path, models: Path, promotions: Path
) -> None:
    async with World(tmp_path, models, promotions_dir=promotions) as world:
        of_one, of_other = world.telegram.person(), world.telegram.person()
        await world.telegram.push(of_one.text("/ru"), of_one.text("Kasipker"), of_one.text("/chances"))
        await world.telegram.push(of_other.text("/ru"), of_other.text("SERIKTES"))
        await settled(world)
        _spoil(promotions, "kasipker")
        await world.restart()
        async with world.http.get(f"{world.base_url}/healthz") as answer:
            assert (answer.status, (await answer.json())["promotions_left_out"]) == (200, ["kasipker"])
        for text in ("сколько у меня шансов?", "12.01 600 тыс кено", "/menu", "Kasipker", "а когда розыгрыш?"):
            await world.telegram.push(of_one.text(text))
        await world.telegram.push(of_other.text("сколько дней есть, чтобы выйти на связь?"))
        await world.telegram.wait_for(lambda: "п. 12" in world.telegram.messages(of_other.id)[-1].text)
        await world.telegram.wait_for(lambda: not world.telegram.pending)
        rows = await world.app.writer.call(lambda connection: connection.execute(inbox.select()).all())
        assert [row.status for row in rows] == [Arrived.DONE] * 11


def test_without_a_single_promotion_that_can_be_served_it_does_not_start(
    tmp_path: Path, models: Path, promotions: Path
) -> None:
    for folder in promotions.glob("*/promotion.toml"):
        _spoil(promotions, folder.parent.name)
    world = World(tmp_path, models, promotions_dir=promotions)
    world.base_url = "http://127.0.0.1:1"
    with pytest.raises(Cannot, match=r"no promotion can be served: .*not UTF-8"):
        App(world.settings())
