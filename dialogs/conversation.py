"""What is remembered of one talk between two events.

Not here: keeping it (encrypted, under a lock) (see the storage).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from msgspec import Struct, field

from domain.rulebook import Language

Json: TypeAlias = bool | int | float | str | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Handoff:
    """A person was asked for at `since`; `agent` is None while nobody has taken the talk."""

    since: datetime
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An option as it was last shown, so that its number or label can be typed."""

    id: str
    label: str


class Conversation(Struct, frozen=True):
    """One channel address, one talk. `language` is the person's, None until it is known; `spoken` that of the last question, so that
    a tap is answered in the language of the button. `promotion` is a slug. `slots` holds JSON only.

    `thread` is the topic of the chat in which the person wrote last. `phone` is one that the channel vouched for, never a typed one.
    `reminders_off` is the instant since which the person wants no reminders. `paced_at` and `throttled` are `crowding`'s.
    """

    participant: str
    channel: str
    address: str
    language: Language | None = None
    chosen: bool = False
    promotion: str | None = None
    scene: str = "start"
    step: str = "first"
    slots: Mapping[str, Json] = field(default_factory=dict)
    handoff: Handoff | None = None
    offered: tuple[Offer, ...] = ()
    numbered: bool = True
    last_heard: datetime | None = None
    phone: str | None = None
    spoken: Language | None = None
    paced_at: int = 0
    thread: int | None = None
    reminders_off: datetime | None = None
    throttled: bool = field(default=False, name="hushed")

    @property
    def speaks(self) -> Language:
        """The language to answer in: of the last question, else the person's, else Kazakh, the state language."""
        return self.spoken or self.language or "kk"
