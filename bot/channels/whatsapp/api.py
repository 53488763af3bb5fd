"""Calls of Twilio's API with the account's login, and what a refusal means for a message.

Not here: what is asked (see channel.py, missed.py), the connections (see client.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from twilio.rest import Client

from bot.channels.base import Delivery, may_have_sent
from bot.channels.whatsapp.client import TwilioHttp

API = "https://api.twilio.com"
TIMEOUT_S = 15.0
"""Seconds that one call may take."""
_CANNOT_REACH = {63024, 63003, 63013, 63014, 63033, 21610, 21211, 21614}
_decode = msgspec.json.Decoder().decode


class TwilioRefused(Exception):
    """Twilio answered, but not with what was asked for."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.reason)
        self.delivery = delivery


class TwilioApi:
    """One account. `url` replaces scheme and host of every call. Use it inside the running loop."""

    def __init__(self, account: str, token: str, url: str | None) -> None:
        self._account, self._token, self._url = account, token, url
        self.base_path = f"{API}/2010-04-01/Accounts/{account}"
        self.messages = f"{self.base_path}/Messages.json"
        self._client: Client | None = None

    def open(self) -> Client:
        if self._client is None:
            self._client = Client(self._account, self._token, http_client=TwilioHttp(self._url, TIMEOUT_S))
        return self._client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.http_client.close()

    async def ask(
        self,
        method: str,
        url: str,
        data: Any,
        headers: dict[str, str] | None = None,
        params: dict[str, Any] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Status and answer. Raises NotSent, OutcomeUnknown, TimeoutError, ValueError for what is no answer of Twilio's."""
        response = await self.open().http_client.request(
            method, url, params=params, data=data, headers=headers, auth=(self._account, self._token)
        )
        try:
            answer = _decode(response.text) if response.text else {}
        except msgspec.DecodeError as error:
            raise ValueError("not an answer of Twilio's") from error
        answer = answer if isinstance(answer, dict) else {}
        if response.status_code == 429:
            answer["retry_after"] = response.headers.get("retry-after")
        return int(response.status_code), answer


def judge(status: int, answer: Mapping[str, Any]) -> Delivery:
    """What becomes of a message that was answered so."""
    code = answer.get("code")
    reason = f"{status}/{code}"
    if status == 429 or code in (20429, 63018):
        asked = str(answer.get("retry_after") or "")
        return Delivery("later", after=float(asked) if asked.isdecimal() else 0.0, reason="429", throttled=True)
    if may_have_sent(status):
        return Delivery("unknown", after=3.0, reason=reason)
    if status in (401, 503):
        return Delivery("later", after=3.0, reason=reason)
    return Delivery("gone" if code in _CANNOT_REACH else "refused", reason=reason)
