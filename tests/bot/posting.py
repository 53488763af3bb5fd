"""Calls to the running program that are not what the fakes would send: raw bodies, forged headers, browsers.

Leaves what ought to come of them to the tests.
"""

from __future__ import annotations

import json
from typing import Any

from tests.waiting import until
from tests.world import World

SECRET = "X-Telegram-Bot-Api-Secret-Token"
TELEGRAM, WHATSAPP, STATUS = "/telegram/webhook", "/whatsapp/webhook", "/whatsapp/status"


async def secret(world: World) -> str:
    """The secret that the program told Telegram when it set the webhook."""
    hook = await world.telegram.wait_for(lambda: world.telegram.updates.webhook)
    assert hook is not None
    assert hook.secret
    return hook.secret


async def post(
    world: World, path: str, body: bytes | dict[str, Any], headers: dict[str, str] | None = None, method: str = "POST"
) -> tuple[int, str]:
    """Status and text of the answer."""
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    async with world.http.request(method, world.base_url + path, data=data, headers=headers) as answer:
        return answer.status, await answer.text()


async def update(world: World, body: bytes | dict[str, Any], method: str = "POST") -> tuple[int, str]:
    """An update as Telegram would post it, but for its content."""
    return await post(world, TELEGRAM, body, {SECRET: await secret(world)}, method)


def numbered(update: dict[str, Any], number: int) -> dict[str, Any]:
    return {"update_id": number, **update}


async def settled(world: World) -> None:
    """Everything that was committed has been sent or given up."""
    await until(lambda: world.app.outbox.waiting == 0)


async def heard(world: World, chat_id: int, count: int = 1) -> list[str]:
    """The bot's messages in a Telegram chat once there are so many and nothing more is on its way."""
    await world.telegram.wait_for(lambda: len(world.telegram.messages(chat_id)) >= count)
    await settled(world)
    return [message.text for message in world.telegram.messages(chat_id)]
