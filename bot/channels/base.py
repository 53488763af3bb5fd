"""What a channel is: its limits as data, how it composes provider calls, and how it sends them.

Leaves each provider's own form to the files beside this one. A new channel is one file here and one line in `bot.app`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.text.limits import Limits
from bot.text.phrases import Rendered
from dialogs.messages import Incoming


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


Accept = Callable[[Incoming], Awaitable[bool]]
"""Makes an event durable. False: it was seen before. Raises StorageDown: it must not be acknowledged."""


class Sender(Protocol):
    """What the outbox needs to do what was committed."""

    @property
    def name(self) -> str: ...

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        """One provider call. `repeated`: an earlier try of this very message has an unknown outcome. Never raises for network faults."""
        ...


class Channel(Sender, Protocol):
    def limits(self, address: str) -> Limits: ...

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        """Provider calls, serialised once, in order. Pure."""
        ...

    async def open(self, accept: Accept) -> None: ...

    async def close(self) -> None: ...
