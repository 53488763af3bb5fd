"""The Bot API by aiogram: its Bot for all methods, and a session that also posts a body which a turn has serialised.

Not here: which methods are called (see the files beside this one). A refusal keeps its HTTP status, and a call that
failed says whether it can have been carried out (see bot/calling.py).
"""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import ClientSession
from yarl import URL

from bot.calling import OutcomeUnknown, open_session, outcome_of, outcomes, read_answer, within
from bot.channels.telegram.bot_api import (
    AiohttpSession,
    Bot,
    ClientDecodeError,
    Response,
    TelegramAPIServer,
    TelegramMethod,
    TelegramNetworkError,
    TelegramType,
)

_decode = msgspec.json.Decoder().decode
_JSON = {"Content-Type": "application/json"}
_GONE = ("chat not found", "user is deactivated", "bot can't initiate conversation")


class TelegramRefused(Exception):
    """Telegram answered, and the answer is no. `status` is its error_code; `retry_after` seconds; `moved_to` a supergroup's id."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any]) -> None:
        super().__init__(f"{status}")  # never the description: it may quote what was sent
        self.status, self.description = status, description
        self.retry_after = _number(parameters.get("retry_after"))
        self.moved_to = _number(parameters.get("migrate_to_chat_id"))

    @property
    def blocked(self) -> bool:
        return self.status == 403

    @property
    def unknown_token(self) -> bool:
        return self.status in (401, 404)

    @property
    def no_such_chat(self) -> bool:
        return self.status == 400 and any(word in self.description.lower() for word in _GONE)


class BotSession(AiohttpSession):
    """Of one bot. Every call raises TelegramRefused, NotSent, OutcomeUnknown or TimeoutError (the outcome is unknown)."""

    def __init__(self, api_url: str, seconds: float) -> None:
        base = api_url.rstrip("/")
        server = TelegramAPIServer(f"{base}/bot{{token}}/{{method}}", f"{base}/file/bot{{token}}/{{path}}")
        super().__init__(api=server, timeout=seconds)
        self._within = within(seconds)
        self._urls: dict[str, URL] = {}

    async def post(self, bot: Bot, method: str, body: bytes, seconds: float | None = None) -> bytes:
        """Posts a prepared body, and returns the answer's."""
        session = await self.create_session()
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self.api.api_url(bot.token, method))
        limit = self._within if seconds is None else within(seconds)
        with outcomes():
            async with session.post(url, data=body, headers=_JSON, timeout=limit, allow_redirects=False) as response:
                content = await read_answer(response)
        if response.status != 200:
            raise read_refusal(response.status, content)
        return content

    # what aiogram calls

    async def create_session(self) -> ClientSession:
        if self._session is None:
            self._session = open_session()
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the parent's signature
    ) -> TelegramType:
        try:
            return await super().make_request(bot, method, timeout)
        except TelegramNetworkError as error:
            raise outcome_of(error.__cause__ or error) from error

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        if status_code != 200:
            raise read_refusal(status_code, content.encode())
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            raise OutcomeUnknown("not an answer of the Bot API") from error


def read_refusal(status: int, body: bytes) -> TelegramRefused:
    """Raises OutcomeUnknown where it was not Telegram who answered: something between us spoke, and may have passed the call on."""
    try:
        content = _decode(body)
    except (msgspec.DecodeError, UnicodeError):
        content = None
    if not isinstance(content, dict) or content.get("ok") is not False:
        raise OutcomeUnknown("not an answer of the Bot API")
    parameters = content.get("parameters")
    return TelegramRefused(
        _number(content.get("error_code")) or status,
        str(content.get("description") or ""),
        parameters if isinstance(parameters, dict) else {},
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
