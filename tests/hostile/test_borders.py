"""Whoever holds a genuine call of Twilio's can do nothing with it but post it again."""

from __future__ import annotations

from tests.hostile.running import replay
from tests.world import World


async def test_a_captured_call_with_its_borders_moved_is_refused_or_recognised(world: World) -> None:
    result = await replay(world, 150)
    assert result.made >= 150
    assert result.let_in == []


async def test_a_call_that_never_reached_us_cannot_be_made_to_say_another_thing_or_in_anothers_name(
    world: World,
) -> None:
    result = await replay(world, 150, unheard=True)
    assert result.made >= 150
    assert result.let_in == []
