"""Telegram: prepared messages go to the Bot API as they are; webhook and polling bring updates in.

Not here: the calls (see client.py), the meaning of updates (see updates.py), order, retry and rates (see the outbox). Limits:
https://core.telegram.org/bots/api (text 4096 after entities, callback_data 64 bytes, downloads 20 MB).
"""

from __future__ import annotations

import asyncio
import hmac
import re
from datetime import UTC, datetime
from functools import partial

import msgspec
import structlog

from bot.calling import NotSent, OutcomeUnknown
from bot.channels.base import BadToken, Channel, Delivery, Failure, may_have_sent
from bot.channels.fetching import Fetcher
from bot.channels.program import UNLIMITED, Accept, Duty, Program, Routes, SendRate, WebAnswer, WebHeaders, Webhook
from bot.channels.telegram import receiving
from bot.channels.telegram.bot_api import Bot
from bot.channels.telegram.client import BotSession, TelegramRefused
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.introducing import introduce
from bot.channels.telegram.shape import LIMITS, compose
from bot.channels.telegram.updates import NAME, read
from bot.metrics import REFUSED_CALLS
from bot.text.limits import Limits
from bot.text.phrases import Rendered
from domain.pace import pace

log = structlog.get_logger(__name__)

SEND_TIMEOUT_S = 20.0
"""Seconds; past it the outcome of a send is unknown."""
GREETING_TIMEOUT_S = 10
"""Seconds that the start waits for Telegram to say whose token it is."""

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
        self._session = BotSession(api_url, patience)
        self._bot = Bot(token, self._session)
        self._secret, self._public_url, self.rate = secret, public_url, rate

    def limits(self, address: str) -> Limits:
        return LIMITS

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        return compose(address, message)

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        method, _, body = payload.partition(b"\n")
        try:
            message = _read_answer(await self._session.post(self._bot, method.decode(), body)).result
            return Delivery("sent", str(message.message_id) if isinstance(message, _Sent) else None)
        except TelegramRefused as refused:
            return _judge(refused)
        except TimeoutError:
            return Delivery("unknown", reason="timeout")
        except NotSent:
            return Delivery("later", after=2.0, reason="no connection")
        except (OutcomeUnknown, msgspec.DecodeError) as error:
            return Delivery("unknown", reason=type(error).__name__)

    # arrivals

    def admit(self, headers: WebHeaders) -> Failure | None:
        """None where the webhook's secret is right. Fails closed: no secret, no entry."""
        given = headers.get(b"x-telegram-bot-api-secret-token", b"")
        if not self._secret or not hmac.compare_digest(given, self._secret.encode()):
            return Failure(403, "wrong secret")
        return None

    def routes(self, program: Program) -> Routes:
        def refuse(headers: WebHeaders) -> int | None:
            if failure := self.admit(headers):
                REFUSED_CALLS.labels(NAME).inc()
                return failure.status
            return None

        async def webhook(_: WebHeaders, body: bytes) -> WebAnswer:
            return WebAnswer(200, await self.webhook(body, program.accept), b"application/json")

        return Routes({receiving.WEBHOOK: Webhook(refuse, webhook)})

    async def webhook(self, body: bytes, accept: Accept) -> bytes:
        """Makes the update durable and returns what to answer: where a button was tapped, the call that stops its spinner.

        Raises msgspec.DecodeError for what is no update, StorageDown where nothing was kept.
        """
        received = read(body, datetime.now(UTC))
        await receiving.take(received, accept)
        if received.callback_id is None:
            return b""
        return _encode({"method": "answerCallbackQuery", "callback_query_id": received.callback_id})

    def fetcher(self, program: Program) -> Fetcher:
        return TelegramFiles(self._bot, self._session)

    # life

    def duty(self, program: Program) -> Duty:
        return Duty(str(self._bot.id), partial(self._serve, program))

    async def _serve(self, program: Program) -> None:
        async with asyncio.TaskGroup() as together:
            together.create_task(self.connect(program.accept))
            together.create_task(introduce(self._bot, program.phrases))

    async def connect(self, accept: Accept) -> None:
        """Sets the webhook, or polls until it is cancelled; one process of all does it."""
        await receiving.connect(self._bot, self._session, accept, self._public_url, self._secret)

    async def open(self, program: Program) -> None:
        await self.check_token()

    async def check_token(self) -> None:
        """Raises BadToken; network trouble is waited out, not raised."""
        try:
            await self._bot.get_me(request_timeout=GREETING_TIMEOUT_S)
        except TelegramRefused as refused:
            if refused.unknown_token:
                raise BadToken("Telegram does not accept TELEGRAM_BOT_TOKEN") from refused
            log.warning("telegram_unreachable", status=refused.status)
        except OSError as error:
            log.warning("telegram_unreachable", error=type(error).__name__)

    async def close(self) -> None:
        await self._session.close()


def send_rate(rate: float, chat_rate: float) -> SendRate:
    """https://core.telegram.org/bots/faq: one message a second in a chat, short bursts let be; twenty a minute in a group."""
    return SendRate(rate, pace(chat_rate, 20), pace(min(chat_rate, 1 / 3), 20))


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
