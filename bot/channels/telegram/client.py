"""Calls of the Telegram Bot API: what a method answers, and what its refusals mean (https://core.telegram.org/bots/api#making-requests).

Leaves which methods are called to `telegram`. aiogram would do this too, but its types take 130 MiB of every process and three seconds
of every start, for the dozen methods that we call (`make bench`, "peak RSS").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.channels.http import Answer, Broken, Wire

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_JSON = {"Content-Type": "application/json"}
_GONE = ("chat not found", "user is deactivated", "bot can't initiate conversation")


class TelegramRefused(Exception):
    """Telegram answered, and the answer is no. `status` is its error_code; `retry_after` seconds; `moved_to` a supergroup's id."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, Any]) -> None:
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


class BotApi:
    """One bot's methods. `seconds` bounds each call."""

    def __init__(self, token: str, api_url: str, seconds: float) -> None:
        self._wire = Wire(api_url, seconds)
        self._path = f"/bot{token}/"

    async def call(self, method: str, seconds: float | None = None, **parameters: Any) -> Any:
        """The result. Raises Refused, Unreachable, Broken, TimeoutError."""
        given = {name: value for name, value in parameters.items() if value is not None}
        answer = await self.post(method, _encode(given), seconds)
        if answer.status != 200:
            raise read_refusal(answer)
        return _read(answer).get("result")

    async def post(self, method: str, body: bytes, seconds: float | None = None) -> Answer:
        """The answer as it came. Raises Unreachable, Broken, TimeoutError."""
        return await self._wire.ask("POST", self._path + method, body, _JSON, seconds)

    async def close(self) -> None:
        await self._wire.close()


def read_refusal(answer: Answer) -> TelegramRefused:
    """Raises Broken where it was not Telegram who answered: something between us spoke, and may have passed the call on."""
    content = _read(answer)
    if content.get("ok") is not False:
        raise Broken("not an answer of the Bot API")
    parameters = content.get("parameters")
    status = _number(content.get("error_code")) or answer.status
    return TelegramRefused(
        status, str(content.get("description") or ""), parameters if isinstance(parameters, dict) else {}
    )


def _read(answer: Answer) -> dict[str, Any]:
    try:
        content = _decode(answer.body)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Broken("not an answer of the Bot API") from error
    if not isinstance(content, dict):
        raise Broken("not an answer of the Bot API")
    return content


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
