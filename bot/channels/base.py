"""What a channel is: its limits as data, how it composes provider calls and sends them, and what it brings into the program.

Not here: each provider's own form (see the folders beside this file) and which channels there are (see `CHANNELS` in bot/app.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.channels.fetching import Fetcher
from bot.channels.program import UNLIMITED, Duty, Program, Routes, SendRate
from bot.doctor.finding import DoctorFinding
from bot.loading import Cannot
from bot.settings import Settings
from bot.text.limits import Limits
from bot.text.phrases import Rendered


class BadToken(Cannot):
    """The provider does not know the token."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a provider call ended.

    sent: `provider_id` is the message's id there. later: surely not sent, try again after `after` seconds. gone: the person cannot be
    reached, stop. refused: this message will never be accepted. unknown: it may or may not have been sent (timeout, broken connection,
    an error on the provider's side), try again after `after` seconds at least. `throttled`: it is later because the provider asks for fewer
    calls, whatever the message; `after` is then 0 where it does not say for how long.
    """

    outcome: Literal["sent", "later", "gone", "refused", "unknown"]
    provider_id: str | None = None
    after: float = 0.0
    reason: str = ""
    throttled: bool = False


def may_have_sent(status: int) -> bool:
    """Whether a call that was answered with this HTTP status may have been carried out all the same.

    Errors on the provider's side may come after the work, and a gateway's 408, 502 and 504 only say that it heard nothing. 503 says
    that the call was not taken on (RFC 9110, 15.6.4).
    """
    return status == 408 or (status >= 500 and status != 503)


@dataclass(frozen=True, slots=True)
class Failure:
    """A webhook call that is not let in: the HTTP status to answer and a word for the log."""

    status: int
    reason: str


class Sender(Protocol):
    """What the outbox needs to do what was committed."""

    name: str
    outbox_is_read: bool = False
    """People see what was sent in the outbox itself: last words stay there until they are purged."""

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        """One provider call. `repeated`: an earlier try of this very message has an unknown outcome. Never raises for network faults."""
        ...


class Channel(Sender, Protocol):
    """Whoever names it as a base only writes what is theirs: a channel has no routes, duty and files of its own unless it says so."""

    rate: SendRate = UNLIMITED

    def limits(self, address: str) -> Limits: ...

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        """Provider calls, serialised once, in order. Pure."""
        ...

    def routes(self, program: Program) -> Routes:
        return Routes()

    def duty(self, program: Program) -> Duty | None:
        return None

    def fetcher(self, program: Program) -> Fetcher | None:
        """Who fetches the files that people send here."""
        return None

    def look_back(self) -> None:
        """Calls may have been lost: with a process that died, or refused while the database was away."""
        return None

    async def open(self, program: Program) -> None:
        """Raises Cannot."""
        return None

    async def close(self) -> None:
        """Nothing is sent any more."""
        return None


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """A channel as an installation may have it: None where it is not configured. `examine` looks at it for the doctor either way."""

    from_settings: Callable[[Settings], Channel | None]
    examine: Callable[[Settings], Iterator[DoctorFinding]]
