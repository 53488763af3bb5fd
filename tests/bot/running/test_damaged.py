"""One damaged page of the database under the running program: its talk is told, the others and the fetching of updates go on."""

from __future__ import annotations

from pathlib import Path

from tests.storage.damage import damage
from tests.world import World


async def test_by_long_polling_one_damaged_talk_holds_nobody_up_and_health_says_damaged(
    tmp_path: Path, models: Path
) -> None:
    async with World(tmp_path, models, public_url=None, twilio_account_sid=None, twilio_auth_token=None,
                     twilio_whatsapp_from=None) as world:  # fmt: skip
        people = [world.telegram.person() for _ in range(80)]

        async def hear(text: str, answers: int) -> None:
            await world.telegram.push(*(person.text(text) for person in people))
            await world.telegram.wait_for(
                lambda: all(len(world.telegram.messages(person.id)) >= answers for person in people), timeout=30
            )

        await hear("/ru", 1)
        victim = world.app.intake.key("telegram", str(people[3].id))
        await world.stop()
        damage(tmp_path / "var" / "utys.db", "conversations", victim)
        await world.start()
        await hear("/menu", 2)
        await hear("/menu", 3)
        sorry = ["Хабарламаңыз сақталды" in world.telegram.messages(person.id)[-1].text for person in people]
        assert sorry[3]
        assert sum(sorry) < 40, "those of one page"
        async with world.http.get(f"{world.base_url}/healthz") as answer:
            assert (answer.status, (await answer.json())["status"]) == (200, "damaged")
        async with world.http.get(f"{world.base_url}/readyz") as answer:
            assert answer.status == 200
        assert world.app.writer.failing is None
