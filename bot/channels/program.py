"""What a channel gets of the running program, and what it brings into it: routes, a duty, a rate.

Not here: putting them together (see bot/app.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.settings import Settings
from bot.text.phrases import Phrases
from dialogs.messages import Incoming
from domain.pace import FREE, Pace
from storage.reads import Reads
from storage.sealing import Seal
from storage.turns.writer import Writer

Accept = Callable[[Incoming], Awaitable[bool]]
"""Makes an event durable. False: it was seen before. Raises StorageDown: it must not be acknowledged."""


@dataclass(frozen=True, slots=True)
class Program:
    """What a channel may use of the running program. `key` names a conversation by channel and address; `stopping` is set before the
    port closes."""

    accept: Accept
    key: Callable[[str, str], bytes]
    writer: Writer
    reads: Reads
    seal: Seal
    phrases: Phrases
    settings: Settings
    stopping: asyncio.Event
    pauses: float = 1.0
    """A factor on our own pauses before something is tried again; those that a provider asks for are kept."""


class WebAnswer(NamedTuple):
    """To a provider's call."""

    status: int
    body: bytes = b""
    media_type: bytes = b"text/plain"


WebHeaders = Mapping[bytes, bytes]
"""Names in small letters."""
BODY = 1_000_000
"""Bytes of a body at most, where nothing smaller is said."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """What answers a POST. `refuse` looks at the head before anything of the body is read: the status for who does not belong here.
    `answer` raises StorageDown where nothing was kept, ValueError and msgspec.DecodeError for a body that is no call."""

    refuse: Callable[[WebHeaders], int | None]
    answer: Callable[[WebHeaders, bytes], Awaitable[WebAnswer]]
    most: int = BODY


@dataclass(frozen=True, slots=True)
class Routes:
    """What a channel answers over HTTP: `webhooks` by path, on the hot path; `pages` are handlers of Litestar."""

    webhooks: Mapping[str, Webhook] = field(default_factory=dict)
    pages: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Work that exactly one process does until it is cancelled. `scope` tells this bot's from another's on the same database server."""

    scope: str
    work: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SendRate:
    """Messages a second over all chats, and the pace within one chat or `group`. `asks`: after a crash the provider can be asked what was
    sent, so there is no need to be careful with what is on its way."""

    overall: float
    chat: Pace = FREE
    group: Pace | None = None
    asks: bool = False


UNLIMITED = SendRate(1e6)
"""For channels of our own: there is nobody to spare."""
