"""What the web and the composition root ask of the two channels that providers call, without loading what they need.

Leaves fulfilling it to `telegram` and `whatsapp`, which are imported only where they are configured: Twilio's library alone takes 20 MiB.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.channels.base import Channel, Failure
from bot.channels.fetching import Fetcher
from domain.rulebook import Language


class BadToken(Exception):
    """The provider does not know the token."""


class TelegramHook(Channel, Fetcher, Protocol):
    def admit(self, headers: Mapping[bytes, bytes]) -> Failure | None: ...

    async def webhook(self, body: bytes) -> bytes: ...

    async def connect(self) -> None: ...

    async def introduce(
        self,
        commands: Mapping[Language, Mapping[str, str]],
        about: Mapping[Language, str],
        short: Mapping[Language, str],
    ) -> None: ...


class TwilioHook(Channel, Fetcher, Protocol):
    def admit(self, path: str, form: Mapping[str, str], signature: str) -> Failure | None: ...

    async def webhook(self, form: Mapping[str, str]) -> None: ...

    async def status(self, form: Mapping[str, str]) -> None: ...

    async def keep_up(self) -> None: ...

    def look_back(self) -> None: ...
