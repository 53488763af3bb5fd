"""Calls that are not Telegram's or Twilio's, by the hundred; `python -m tests.hostile` makes a thousand."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.hostile.running import forge, genuine, proxy, shown
from tests.world import World

KINDS = {
    *(f"message, {kind}" for kind in ("text", "photo", "document", "contact", "voice", "sticker", "location")),
    *("callback_query", "edited_message, text", "my_chat_member"),
    *(f"WhatsApp, {kind}" for kind in ("text", "ListId", "ButtonPayload", "image", "document", "audio", "sticker")),
    *("WhatsApp, contacts", "WhatsApp, location", "status sent", "status delivered", "status read", "status failed"),
}
"""Of the calls that must be let in."""


async def test_of_forged_calls_none_is_let_in_and_nothing_is_kept(tmp_path: Path, models: Path, database: str) -> None:
    async with World(tmp_path, models, database) as world:
        result = await forge(world, 260, seed=1)
    assert result.made == 260
    assert result.let_in == [], shown(result.let_in)


async def test_genuine_calls_are_let_in_directly(world: World) -> None:
    result = await genuine(world, world.base_url, 60)
    assert set(result.made) == KINDS
    assert result.wrong == [], shown(result.wrong)


async def test_genuine_calls_are_let_in_through_a_proxy_and_forged_ones_are_not(tmp_path: Path, models: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    public = f"http://127.0.0.1:{port}"
    async with World(tmp_path, models, public_url=public) as world:
        inside, world.base_url = world.base_url, public
        async with proxy(port, inside) as address:
            ours = await genuine(world, address, 60)
            assert set(ours.made) == KINDS
            assert ours.wrong == [], shown(ours.wrong)
            result = await forge(world, 100, seed=2)
            assert result.let_in == [], shown(result.let_in)
