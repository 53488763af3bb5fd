"""Telegram: prepared messages go to the Bot API as they are; control calls and errors are aiogram's.

Leaves the meaning of updates to `telegram_updates` and order, retry and rates to the outbox. Limits: https://core.telegram.org/bots/api
(text 4096 after entities, callback_data 64 bytes, downloads 20 MB).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
import msgspec
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendMessage
from aiogram.types import BotCommand
from aiogram.utils.token import TokenValidationError

from bot.channels.base import Accept, Delivery, Failure, Limits
from bot.channels.hooks import BadToken
from bot.channels.telegram_shape import LIMITS, compose
from bot.channels.telegram_updates import KINDS, NAME, Update, read_update, read_updates, understand
from bot.phrases import Rendered
from domain.rulebook import Language
from storage.turns import StorageDown

log = structlog.get_logger(__name__)

OFFICIAL = "https://api.telegram.org"
SEND_TIMEOUT = 20.0
"""Seconds; past it the outcome of a send is unknown."""
POLL = 25
"""Seconds that getUpdates waits for something to come."""

_encode = msgspec.json.Encoder().encode


class _Sent(msgspec.Struct):
    message_id: int = 0


class _Answer(msgspec.Struct):
    ok: bool
    result: _Sent | bool | None = None


_read_answer = msgspec.json.Decoder(_Answer, strict=False).decode


class Telegram:
    """One bot. `secret` guards the webhook; without `public_url` updates are fetched by long polling."""

    name = NAME

    def __init__(
        self, token: str, api_url: str, secret: str, public_url: str | None, *, patience: float = SEND_TIMEOUT
    ) -> None:
        server = TelegramAPIServer.from_base(api_url)
        try:
            self._bot = Bot(token, session=AiohttpSession(api=server))
        except TokenValidationError as error:
            raise BadToken("TELEGRAM_BOT_TOKEN does not look like a token of @BotFather") from error
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._secret = secret.encode()
        self._public_url, self._patience = public_url, patience
        self._http: aiohttp.ClientSession | None = None
        self._polling: asyncio.Task[None] | None = None
        self._accept: Accept | None = None
        self.username: str | None = None
        self.polls = public_url is None

    def limits(self, address: str) -> Limits:
        return LIMITS

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        return compose(address, message)

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        method, _, body = payload.partition(b"\n")
        try:
            async with self._session().post(self._base + method.decode(), data=body, headers=_JSON) as response:
                content = await response.read()
                if response.status == 200:
                    answer = _read_answer(content)
                    message = answer.result if isinstance(answer.result, _Sent) else None
                    return Delivery("sent", str(message.message_id) if message else None)
                return self._judge(response.status, content.decode("utf-8", "replace"))
        except (TimeoutError, aiohttp.ServerTimeoutError):
            return Delivery("unknown", reason="timeout")
        except aiohttp.ClientConnectorError:
            return Delivery("later", after=2.0, reason="no connection")
        except (aiohttp.ClientError, msgspec.DecodeError, OSError) as error:
            return Delivery("unknown", reason=type(error).__name__)

    def _judge(self, status: int, content: str) -> Delivery:
        """What Telegram's refusal means; aiogram knows its error catalogue."""
        try:
            self._bot.session.check_response(self._bot, SendMessage(chat_id=0, text="-"), status, content)
        except TelegramRetryAfter as error:
            return Delivery("later", after=float(error.retry_after), reason="429")
        except TelegramMigrateToChat:
            return Delivery("gone", reason="chat moved")
        except TelegramForbiddenError:
            return Delivery("gone", reason="blocked")
        except TelegramBadRequest as error:
            gone = "chat not found" in error.message.lower() or "user is deactivated" in error.message.lower()
            return Delivery("gone" if gone else "refused", reason="chat not found" if gone else "bad request")
        except (TelegramServerError, TelegramUnauthorizedError, TelegramNetworkError) as error:
            return Delivery("later", after=3.0, reason=type(error).__name__)
        except TelegramAPIError as error:
            return Delivery("later", after=3.0, reason=type(error).__name__)
        except AiogramError:  # no answer of Telegram's own: something between us spoke, and may have passed the call on
            pass
        return Delivery("unknown", reason=str(status))

    # arrivals

    def admit(self, headers: Mapping[bytes, bytes]) -> Failure | None:
        """None where the webhook's secret is right. Fails closed: no secret, no entry."""
        given = headers.get(b"x-telegram-bot-api-secret-token", b"")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            return Failure(403, "wrong secret")
        return None

    async def webhook(self, body: bytes) -> bytes:
        """Makes the update durable and returns what to answer: where a button was tapped, the call that stops its spinner.

        Raises msgspec.DecodeError for what is no update, StorageDown where nothing was kept.
        """
        update = read_update(body)
        await self._take(update)
        if update.callback_query is not None:
            return _encode({"method": "answerCallbackQuery", "callback_query_id": update.callback_query.id})
        return b""

    async def _take(self, update: Update) -> None:
        incoming = understand(update, datetime.now(UTC))
        if incoming is not None and self._accept is not None:
            await self._accept(incoming)

    # life

    async def open(self, accept: Accept) -> None:
        """Raises BadToken; network trouble is waited out, not raised."""
        self._accept = accept
        try:
            self.username = (await self._bot.get_me(request_timeout=10)).username
        except TelegramUnauthorizedError as error:
            raise BadToken("Telegram does not accept TELEGRAM_BOT_TOKEN") from error
        except AiogramError as error:
            log.warning("telegram_unreachable", error=type(error).__name__)
        self._polling = asyncio.create_task(self._connect())

    async def stop_polling(self) -> None:
        """Fetches nothing more. What was fetched but is not durable comes again: the offset did not move."""
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.gather(self._polling, return_exceptions=True)

    async def close(self) -> None:
        await self.stop_polling()
        if self._http is not None:
            await self._http.close()
        await self._bot.session.close()

    async def _connect(self) -> None:
        while True:
            try:
                if self._public_url is not None:
                    url = f"{self._public_url}/telegram/webhook"
                    await self._bot.set_webhook(url, secret_token=self._secret.decode(), allowed_updates=KINDS)
                    return
                await self._bot.delete_webhook(drop_pending_updates=False)
                break
            except AiogramError as error:
                log.warning("telegram_not_connected", error=type(error).__name__)
                await asyncio.sleep(3)
        await self._poll()

    async def _poll(self) -> None:
        """Fetches updates. The offset moves only when a whole batch is durable; a repeat after a crash is recognised."""
        offset = 0
        while True:
            try:
                body = _encode({"offset": offset, "timeout": POLL, "allowed_updates": KINDS})
                timeout = aiohttp.ClientTimeout(total=POLL + 10)
                async with self._session().post(
                    self._base + "getUpdates", data=body, headers=_JSON, timeout=timeout
                ) as r:
                    content = await r.read()
                    if r.status != 200:
                        log.warning("telegram_poll_refused", status=r.status)
                        await asyncio.sleep(5 if r.status == 409 else 3)
                        continue
                updates = read_updates(content)
                await _whole(asyncio.gather(*(self._take(update) for update in updates)))
                for update in updates:
                    offset = max(offset, update.update_id + 1)
                    if update.callback_query is not None:
                        self._stop_spinner(update.callback_query.id)
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError, msgspec.DecodeError, StorageDown) as error:
                log.warning("telegram_poll_failed", error=type(error).__name__)
                await asyncio.sleep(2)

    def _stop_spinner(self, query: str) -> None:
        payload = b"answerCallbackQuery\n" + _encode({"callback_query_id": query})
        task = asyncio.create_task(self.send(payload, False))
        _running.add(task)
        task.add_done_callback(_running.discard)

    async def introduce(
        self,
        commands: Mapping[Language, Mapping[str, str]],
        about: Mapping[Language, str],
        short: Mapping[Language, str],
    ) -> None:
        """Registers commands and descriptions in both languages, as soon as Telegram lets us."""
        while True:
            try:
                return await self._introduce(commands, about, short)
            except AiogramError as error:
                log.warning("telegram_not_introduced", error=type(error).__name__)
                await asyncio.sleep(30)

    async def _introduce(
        self,
        commands: Mapping[Language, Mapping[str, str]],
        about: Mapping[Language, str],
        short: Mapping[Language, str],
    ) -> None:
        """Russian also for everybody else's app; only what differs is sent."""
        versions: tuple[tuple[Language, str], ...] = (("ru", ""), ("ru", "ru"), ("kk", "kk"))
        for language, code in versions:
            wanted = [BotCommand(command=name, description=text) for name, text in commands[language].items()]
            there = await self._bot.get_my_commands(language_code=code or None)
            if [(each.command, each.description) for each in there] != list(commands[language].items()):
                await self._bot.set_my_commands(wanted, language_code=code or None)
            if (await self._bot.get_my_description(language_code=code or None)).description != about[language]:
                await self._bot.set_my_description(about[language], language_code=code or None)
            known = await self._bot.get_my_short_description(language_code=code or None)
            if known.short_description != short[language]:
                await self._bot.set_my_short_description(short[language], language_code=code or None)

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            connector = aiohttp.TCPConnector(limit=100, keepalive_timeout=60)
            self._http = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=self._patience))
        return self._http


async def _whole(work: asyncio.Future[Any]) -> None:
    """Waits for the work to end, also when the waiting is cancelled: what was fetched is not half taken."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise


_JSON = {"Content-Type": "application/json"}
_running: set[asyncio.Task[Delivery]] = set()
