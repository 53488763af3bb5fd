"""Telegram: prepared messages go to the Bot API as they are; webhook and polling bring updates in.

Leaves the calls themselves to `bot_api`, the meaning of updates to `telegram_updates` and order, retry and rates to the outbox. Limits: https://core.telegram.org/bots/api
(text 4096 after entities, callback_data 64 bytes, downloads 20 MB).
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
import structlog

from bot.channels.base import BadToken, Channel, Delivery, Failure, may_have_sent
from bot.channels.fetching import Fetcher
from bot.channels.http import Broken, Unreachable
from bot.channels.program import UNLIMITED, Accept, Duty, Program, Routes, SendRate, WebAnswer
from bot.channels.telegram.client import BotApi, TelegramRefused, read_refusal
from bot.channels.telegram.shape import LIMITS, compose
from bot.channels.telegram.updates import KINDS, NAME, Received, read, read_polled
from bot.metrics import REFUSED_CALLS
from bot.text.limits import Limits
from bot.text.phrases import Phrases, Rendered
from dialogs.messages import say
from dialogs.router import SCENES
from domain.pace import pace
from domain.rulebook import Language
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

OFFICIAL = "https://api.telegram.org"
SEND_TIMEOUT_S = 20.0
"""Seconds; past it the outcome of a send is unknown."""
WEBHOOK = "/telegram/webhook"
POLL_S = 25
"""Seconds that getUpdates waits for something to come."""

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_encode = msgspec.json.Encoder().encode


class _Sent(msgspec.Struct):
    message_id: int = 0


class _Answer(msgspec.Struct):
    ok: bool
    result: _Sent | bool | None = None


_read_answer = msgspec.json.Decoder(_Answer, strict=False).decode


class Telegram(Channel):
    """One bot. `secret` guards the webhook; without `public_url` updates are fetched by long polling."""

    name = NAME

    def __init__(
        self,
        token: str,
        api_url: str,
        secret: str,
        public_url: str | None,
        *,
        rate: SendRate = UNLIMITED,
        patience: float = SEND_TIMEOUT_S,
    ) -> None:
        if not _TOKEN.fullmatch(token):
            raise BadToken("TELEGRAM_BOT_TOKEN does not look like a token of @BotFather")
        self._api = BotApi(token, api_url, patience)
        self._files = f"{api_url.rstrip('/')}/file/bot{token}/"
        self._secret = secret.encode()
        self._public_url = public_url
        self._bot_id, self.rate = token.partition(":")[0], rate

    def limits(self, address: str) -> Limits:
        return LIMITS

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        return compose(address, message)

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        method, _, body = payload.partition(b"\n")
        try:
            answer = await self._api.post(method.decode(), body)
            if answer.status != 200:
                return _judge(read_refusal(answer))
            message = _read_answer(answer.body).result
            return Delivery("sent", str(message.message_id) if isinstance(message, _Sent) else None)
        except TimeoutError:
            return Delivery("unknown", reason="timeout")
        except Unreachable:
            return Delivery("later", after=2.0, reason="no connection")
        except (Broken, msgspec.DecodeError) as error:
            return Delivery("unknown", reason=type(error).__name__)

    # arrivals

    def admit(self, headers: Mapping[bytes, bytes]) -> Failure | None:
        """None where the webhook's secret is right. Fails closed: no secret, no entry."""
        given = headers.get(b"x-telegram-bot-api-secret-token", b"")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            return Failure(403, "wrong secret")
        return None

    def routes(self, program: Program) -> Routes:
        async def webhook(headers: Mapping[bytes, bytes], body: bytes) -> WebAnswer:
            if failure := self.admit(headers):
                REFUSED_CALLS.labels(NAME).inc()
                return WebAnswer(failure.status)
            return WebAnswer(200, await self.webhook(body, program.accept), b"application/json")

        return Routes({WEBHOOK: webhook})

    async def webhook(self, body: bytes, accept: Accept) -> bytes:
        """Makes the update durable and returns what to answer: where a button was tapped, the call that stops its spinner.

        Raises msgspec.DecodeError for what is no update, StorageDown where nothing was kept.
        """
        received = read(body, datetime.now(UTC))
        await _take(received, accept)
        if received.callback_id is None:
            return b""
        return _encode({"method": "answerCallbackQuery", "callback_query_id": received.callback_id})

    def fetcher(self, program: Program) -> Fetcher:
        return self

    async def fetch(self, ref: str, most: int) -> bytes:
        from bot.channels.telegram import files as telegram_files

        return await telegram_files.fetch(self._api, self._files, ref, most)

    async def dispose(self, ref: str) -> None:
        """Telegram keeps what people sent; a bot cannot delete it there."""

    # life

    def duty(self, program: Program) -> Duty:
        return Duty(self._bot_id, partial(self._serve, program))

    async def _serve(self, program: Program) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(self.connect(program.accept))
            together.create_task(self.introduce(program.phrases))

    async def open(self, program: Program) -> None:
        await self.check_token()

    async def check_token(self) -> None:
        """Raises BadToken; network trouble is waited out, not raised."""
        try:
            await self._api.call("getMe", 10)
        except TelegramRefused as refused:
            if refused.unknown_token:
                raise BadToken("Telegram does not accept TELEGRAM_BOT_TOKEN") from refused
            log.warning("telegram_unreachable", status=refused.status)
        except (OSError, TimeoutError) as error:
            log.warning("telegram_unreachable", error=type(error).__name__)

    async def close(self) -> None:
        await self._api.close()

    async def connect(self, accept: Accept) -> None:
        """Sets the webhook, or polls until it is cancelled; one process of all does it.

        What was fetched but is not durable when it is cancelled comes again: the offset did not move.
        """
        while True:
            try:
                if self._public_url is not None:
                    url = f"{self._public_url}{WEBHOOK}"
                    await self._api.call(
                        "setWebhook", url=url, secret_token=self._secret.decode(), allowed_updates=KINDS
                    )
                    return
                await self._api.call("deleteWebhook", drop_pending_updates=False)
                break
            except (TelegramRefused, OSError, TimeoutError) as error:
                log.warning("telegram_not_connected", error=type(error).__name__)
                await asyncio.sleep(3)
        await self._poll(accept)

    async def _poll(self, accept: Accept) -> None:
        """Fetches updates. The offset moves only when a whole batch is durable; a repeat after a crash is recognised."""
        offset = 0
        while True:
            try:
                body = _encode({"offset": offset, "timeout": POLL_S, "allowed_updates": KINDS})
                answer = await self._api.post("getUpdates", body, POLL_S + 10)
                if answer.status != 200:
                    log.warning("telegram_poll_refused", status=answer.status)
                    await asyncio.sleep(5 if answer.status == 409 else 3)
                    continue
                updates = read_polled(answer.body, datetime.now(UTC))
                await _whole(asyncio.gather(*(_take(received, accept) for received in updates)))
                for received in updates:
                    offset = max(offset, received.number + 1)
                    if received.callback_id is not None:
                        self._stop_spinner(received.callback_id)
            except (TimeoutError, OSError, ValueError, msgspec.DecodeError, StorageDown) as error:
                log.warning("telegram_poll_failed", error=type(error).__name__)
                await asyncio.sleep(2)

    def _stop_spinner(self, query: str) -> None:
        payload = b"answerCallbackQuery\n" + _encode({"callback_query_id": query})
        task = asyncio.create_task(self.send(payload, False))
        _running.add(task)
        task.add_done_callback(_running.discard)

    async def introduce(self, phrases: Phrases) -> None:
        """Registers commands and descriptions in both languages, as soon as Telegram lets us."""
        while True:
            try:
                return await self._introduce(phrases)
            except (TelegramRefused, OSError, TimeoutError) as error:
                log.warning("telegram_not_introduced", error=type(error).__name__)
                await asyncio.sleep(30)

    async def _introduce(self, phrases: Phrases) -> None:
        """Russian also for everybody else's app; only what differs is sent."""
        versions: tuple[tuple[Language, str], ...] = (("ru", ""), ("ru", "ru"), ("kk", "kk"))
        for language, code in versions:
            said = partial(_said, phrases, language)
            commands = [{"command": name, "description": said(f"command.{name}")} for name in SCENES.commands]
            await self._bring(code, "MyCommands", "commands", commands)
            await self._bring(code, "MyDescription", "description", said("about.full"))
            await self._bring(code, "MyShortDescription", "short_description", said("about.short"))

    async def _bring(self, code: str, what: str, name: str, wanted: Any) -> None:
        """Sets one of the bot's own texts in one language, unless it is there already."""
        there = await self._api.call(f"get{what}", language_code=code or None)
        if (there.get(name) if isinstance(there, dict) else there) != wanted:
            await self._api.call(f"set{what}", language_code=code or None, **{name: wanted})


def send_rate(rate: float, chat_rate: float) -> SendRate:
    """https://core.telegram.org/bots/faq: one message a second in a chat, short bursts let be; twenty a minute in a group."""
    return SendRate(rate, pace(chat_rate, 20), pace(min(chat_rate, 1 / 3), 20))


def _said(phrases: Phrases, language: Language, key: str) -> str:
    return phrases.text(say(key), language)


def _judge(refused: TelegramRefused) -> Delivery:
    """What a refused send means."""
    if refused.status == 429 or refused.retry_after is not None:
        return Delivery("later", after=float(refused.retry_after or 0), reason="429", throttled=True)
    if refused.moved_to is not None:
        return Delivery("gone", reason="chat moved")
    if refused.blocked:
        return Delivery("gone", reason="blocked")
    if refused.no_such_chat:
        return Delivery("gone", reason="chat not found")
    if refused.status == 400:
        return Delivery("refused", reason="bad request")
    return Delivery("unknown" if may_have_sent(refused.status) else "later", after=3.0, reason=str(refused.status))


async def _take(received: Received, accept: Accept) -> None:
    if received.incoming is not None:
        await accept(received.incoming)


async def _whole(work: asyncio.Future[Any]) -> None:
    """Waits for the work to end, also when the waiting is cancelled: what was fetched is not half taken."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise


_running: set[asyncio.Task[Delivery]] = set()
