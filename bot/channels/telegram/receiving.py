"""How updates come: by the webhook that is set here, or by long polling.

Not here: reading an update (see updates.py). aiogram's Dispatcher is not used: it confirms what it has not kept yet.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

from bot.channels.program import Accept
from bot.channels.telegram.bot_api import Bot
from bot.channels.telegram.client import BotSession, TelegramRefused
from bot.channels.telegram.updates import KINDS, Received, read_polled
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

WEBHOOK = "/telegram/webhook"
POLL_S = 25
"""Seconds that getUpdates waits for something to come."""
_encode = msgspec.json.Encoder().encode
_running: set[asyncio.Task[None]] = set()


async def connect(bot: Bot, session: BotSession, accept: Accept, public_url: str | None, secret: str) -> None:
    """Sets the webhook, or polls until it is cancelled; one process of all does it.

    What was fetched but is not durable when it is cancelled comes again: the offset did not move.
    """
    while True:
        try:
            if public_url is not None:
                await bot.set_webhook(f"{public_url}{WEBHOOK}", secret_token=secret, allowed_updates=KINDS)
                return
            await bot.delete_webhook(drop_pending_updates=False)
            break
        except (TelegramRefused, OSError) as error:
            log.warning("telegram_not_connected", error=type(error).__name__)
            await asyncio.sleep(3)
    await _poll(bot, session, accept)


async def _poll(bot: Bot, session: BotSession, accept: Accept) -> None:
    """Fetches updates. The offset moves only when a whole batch is durable; a repeat after a crash is recognised."""
    offset = 0
    while True:
        try:
            body = _encode({"offset": offset, "timeout": POLL_S, "allowed_updates": KINDS})
            # read by our own reader: aiogram's refuses a whole batch for one message of a kind that it does not know
            updates = read_polled(await session.post(bot, "getUpdates", body, POLL_S + 10), datetime.now(UTC))
            await _whole(asyncio.gather(*(take(received, accept) for received in updates)))
            for received in updates:
                offset = max(offset, received.number + 1)
                if received.callback_id is not None:
                    _stop_spinner(bot, received.callback_id)
        except TelegramRefused as refused:
            log.warning("telegram_poll_refused", status=refused.status)
            await asyncio.sleep(5 if refused.status == 409 else 3)
        except (OSError, ValueError, StorageDown) as error:
            log.warning("telegram_poll_failed", error=type(error).__name__)
            await asyncio.sleep(2)


async def take(received: Received, accept: Accept) -> None:
    """Raises StorageDown where it was not kept."""
    if received.incoming is not None:
        await accept(received.incoming)


def _stop_spinner(bot: Bot, callback_id: str) -> None:
    task = asyncio.create_task(_answer(bot, callback_id))
    _running.add(task)
    task.add_done_callback(_running.discard)


async def _answer(bot: Bot, callback_id: str) -> None:
    try:
        await bot.answer_callback_query(callback_id)
    except (TelegramRefused, OSError) as error:  # it stops by itself after a while
        log.info("tap_not_answered", error=type(error).__name__)


async def _whole(work: asyncio.Future[Any]) -> None:
    """Waits for the work to end, also when the waiting is cancelled: what was fetched is not half taken."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
