"""The shapes in which everything is heard and said, the same for every channel and for timers.

Not here: words to the locale catalogues (a Phrase is a key) and limits (see the channels).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from dialogs.conversation import Json
from domain.rulebook import Language, Localized

Kind = Literal[
    "text",
    "edited",
    "option",
    "start",
    "attachment",
    "contact",
    "location",
    "voice",
    "sticker",
    "unsupported",
    "table",
    "left",
    "deadline",
]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody sent. `ref` is the channel's own handle for fetching it; `size` is bytes, if the channel told."""

    ref: str
    media_type: str
    name: str = ""
    size: int | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A phone number that came with the message; `own` is true only where the channel vouches that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a file that could not be read: its number as a spreadsheet shows it, and why (a key under `spoken.`).

    `text` is the part that is meant.
    """

    row: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PurchaseFile:
    """A person's file of purchases as it was read. `source` names the attachment, `promotion` is the slug it was read for.

    `rows` are purchases as golden tables write them, `refused` the first of the `wrong` rows that could not be read. `alike` rows say
    what another row has said; `outside` ones lie outside the promotion and were left out, because there was no room for all.
    `totals` rows sum up others and were left out; `hidden` ones were read though the sheet does not show them; `unused` are the headers of
    columns that were not needed. `fault` says why nothing could be read: a key under `table.`; `detail` is what it speaks of.
    """

    source: str = ""
    promotion: str = ""
    rows: tuple[Mapping[str, Json], ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    wrong: int = 0
    alike: int = 0
    outside: int = 0
    totals: int = 0
    hidden: int = 0
    unused: tuple[str, ...] = ()
    fault: str | None = None
    detail: str = ""
    number: int = 0


class Incoming(Struct, frozen=True):
    """One event. `(channel, id)` is unique; `address` is an opaque string of the channel, never parsed for a phone.

    `at` is an instant (UTC). `text` holds the message text, the caption of an attachment, or the payload of a start link. An event of
    the kind "table" comes from no person: it brings what was read of a file that the person sent before. `message` is the provider's id of
    the message, where it can be edited; `thread` names the topic of the chat that it stands in.
    """

    id: str
    channel: str
    address: str
    at: datetime
    kind: Kind
    text: str = ""
    option: str | None = None
    attachments: tuple[Attachment, ...] = ()
    contact: SharedContact | None = None
    language_hint: str | None = None
    table: PurchaseFile | None = None
    message: str | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """Whole tenge."""

    kzt: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key of the locale catalogues with its parameters. `count` selects the plural form."""

    key: str
    params: Mapping[str, Param] = field(default_factory=dict)
    count: int | None = None


Param = str | int | Money | date | datetime | Localized | Phrase


def say(key: str, count: int | None = None, **params: Param) -> Phrase:
    return Phrase(key, params, count)


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be tapped. `id` is ASCII, at most 64 bytes (Telegram callback_data).

    `unfolds`: it shows what a channel that can fold text shows folded already; there the button is left out.
    """

    id: str
    label: Phrase
    hint: Phrase | None = None
    unfolds: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message. `parts` are paragraphs, shown with a blank line between them. `folded` are paragraphs that are shown folded, where a
    channel can do that; elsewhere an option that `unfolds` leads to them.

    `language` overrides the conversation's language; `both` says the parts in Kazakh and then in Russian (the very first greeting).
    `template` names the pre-approved text to use where a reply window has closed. `numbers` is False where a typed number is
    an answer and must not be taken for the number of an option. `ask_contact` shows the button that shares a phone in place of the
    keyboard, `drops_contact` takes that away again.
    """

    parts: tuple[Phrase, ...]
    options: tuple[Option, ...] = ()
    language: Language | None = None
    both: bool = False
    template: str | None = None
    numbers: bool = True
    ask_contact: bool = False
    drops_contact: bool = False
    folded: tuple[Phrase, ...] = ()
