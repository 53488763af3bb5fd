"""A Telegram update (raw JSON) becomes an Incoming; only the fields that we use are parsed, once, by msgspec.

Not here: talking to the Bot API (see channel.py). Field meanings: https://core.telegram.org/bots/api#update (Bot API 10.3).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

import msgspec

from dialogs.messages import Attachment, Incoming, SharedContact

NAME = "telegram"


Id = Annotated[int, msgspec.Meta(ge=-(2**52), le=2**52)]
"""Of a user or a chat: at most 52 significant bits (core.telegram.org/bots/api#chat)."""


class User(msgspec.Struct, gc=False):
    id: Id
    language_code: str | None = None
    is_bot: bool = False


class Chat(msgspec.Struct, gc=False):
    id: Id
    type: str


class TelegramFile(msgspec.Struct, gc=False):
    file_id: str
    file_size: int | None = None
    mime_type: str | None = None
    file_name: str | None = None


class TelegramContact(msgspec.Struct, gc=False):
    phone_number: str
    user_id: int | None = None


class Message(msgspec.Struct, gc=False):
    message_id: int
    date: int
    chat: Chat
    message_thread_id: int | None = None
    is_topic_message: bool = False
    from_: User | None = msgspec.field(default=None, name="from")
    edit_date: int | None = None
    text: str | None = None
    caption: str | None = None
    photo: list[TelegramFile] | None = None
    document: TelegramFile | None = None
    video: TelegramFile | None = None
    animation: TelegramFile | None = None
    audio: TelegramFile | None = None
    voice: TelegramFile | None = None
    video_note: TelegramFile | None = None
    sticker: TelegramFile | None = None
    contact: TelegramContact | None = None
    location: dict[str, Any] | None = None
    media_group_id: str | None = None
    poll: dict[str, Any] | None = None
    dice: dict[str, Any] | None = None
    game: dict[str, Any] | None = None
    story: dict[str, Any] | None = None
    venue: dict[str, Any] | None = None
    checklist: dict[str, Any] | None = None
    paid_media: dict[str, Any] | None = None
    live_photo: dict[str, Any] | None = None
    invoice: dict[str, Any] | None = None

    @property
    def thread(self) -> int | None:
        return self.message_thread_id if self.is_topic_message else None

    @property
    def is_typed(self) -> bool:
        """Whether a person sends such a message though we cannot read it; all other kinds are service messages, which nobody typed."""
        kinds = (
            self.poll,
            self.dice,
            self.game,
            self.story,
            self.checklist,
            self.paid_media,
            self.live_photo,
            self.invoice,
        )
        return any(kind is not None for kind in kinds)


class TappedMessage(msgspec.Struct, gc=False):
    """The message under which a button was tapped; of an old one nothing more is told (`InaccessibleMessage`)."""

    chat: Chat
    message_thread_id: int | None = None
    is_topic_message: bool = False


class CallbackQuery(msgspec.Struct, gc=False):
    id: str
    from_: User = msgspec.field(name="from")
    data: str | None = None
    message: TappedMessage | None = None
    inline_message_id: str | None = None


class Member(msgspec.Struct, gc=False):
    status: str


class MemberUpdated(msgspec.Struct, gc=False):
    chat: Chat
    date: int
    new_chat_member: Member


class Update(msgspec.Struct, gc=False):
    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberUpdated | None = None


KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask Telegram for (`allowed_updates`)."""


class _Numbered(msgspec.Struct, gc=False):
    update_id: int


class _Polled(msgspec.Struct):
    ok: bool
    result: list[msgspec.Raw] = []


class Received(NamedTuple):
    """An update as it was read: its number, its event where it is one of ours, the tap whose spinner is to be stopped."""

    number: int
    incoming: Incoming | None = None
    callback_id: str | None = None


_read_polled = msgspec.json.Decoder(_Polled).decode
_read = msgspec.json.Decoder(Update, strict=False).decode
_read_number = msgspec.json.Decoder(_Numbered, strict=False).decode


def read(body: bytes | msgspec.Raw, now: datetime) -> Received:
    """Raises msgspec.DecodeError or ValueError for what is no update.

    Of an update that is not shaped as we know it only the number is read: nothing is done with it, and it holds nothing up.
    """
    update = _parse(body)
    tap = update.callback_query
    return Received(update.update_id, _understand(update, now), tap.id if tap is not None else None)


def read_polled(body: bytes, now: datetime) -> list[Received]:
    """The answer to getUpdates. Raises msgspec.DecodeError or ValueError for what is none."""
    try:
        raws = _read_polled(body).result
    except (msgspec.DecodeError, UnicodeError):
        raws = _read_polled(_mended(body)).result
    return [read(raw, now) for raw in raws]


def _parse(body: bytes | msgspec.Raw) -> Update:
    try:
        return _read(body)
    except msgspec.ValidationError:
        return Update(_read_number(body).update_id)
    except (msgspec.DecodeError, UnicodeError):
        return _read(_mended(bytes(body)))


def _mended(body: bytes) -> bytes:
    """JSON that holds half of a surrogate pair, or bytes that are no UTF-8, with a hole in their place."""
    return json.dumps(json.loads(body.decode("utf-8", "replace")), ensure_ascii=False).encode("utf-8", "replace")


def _understand(update: Update, now: datetime) -> Incoming | None:
    """The event of a private chat, or None for what is none of ours (groups, bots, channel posts)."""
    if update.callback_query is not None:
        query = update.callback_query
        tapped = query.message
        # a tap in a group is none in the private talk of who tapped, and nor is one under a message that a chat holds by inline mode
        if query.inline_message_id is not None or (tapped is not None and tapped.chat.type != "private"):
            return None
        thread = tapped.message_thread_id if tapped is not None and tapped.is_topic_message else None
        return _event(
            update,
            str(query.from_.id),
            now,
            "option",
            option=query.data or "",
            hint=query.from_.language_code,
            thread=thread,
        )
    if update.my_chat_member is not None:
        member = update.my_chat_member
        if member.chat.type != "private" or member.new_chat_member.status not in ("kicked", "left"):
            return None
        return _event(update, str(member.chat.id), now, "left")
    message = update.message or update.edited_message
    if message is None or message.chat.type != "private" or (message.from_ and message.from_.is_bot):
        return None
    return _message(update, message, now)


def _message(update: Update, message: Message, now: datetime) -> Incoming | None:
    address, hint = str(message.chat.id), message.from_.language_code if message.from_ else None
    text = message.text or message.caption or ""
    if update.edited_message is not None:
        # a live location that moves, a file whose caption was edited: nobody wrote to us
        return _event(update, address, now, "edited", text=text, hint=hint) if message.text is not None else None
    if message.text is not None:
        if message.text.startswith("/start"):
            head, _, payload = message.text.partition(" ")
            if head.split("@")[0] == "/start":
                return _event(update, address, now, "start", text=payload.strip(), hint=hint)
        return _event(update, address, now, "text", text=message.text, hint=hint)
    if attachment := _attachment(message):
        return _event(update, address, now, "attachment", text=text, attachments=(attachment,), hint=hint)
    if message.contact is not None:
        own = message.from_ is not None and message.contact.user_id == message.from_.id
        contact = SharedContact(message.contact.phone_number, own)
        return _event(update, address, now, "contact", contact=contact, hint=hint)
    if message.voice is not None or message.video_note is not None:
        return _event(update, address, now, "voice", hint=hint)
    if message.sticker is not None:
        return _event(update, address, now, "sticker", hint=hint)
    if message.location is not None:
        return _event(update, address, now, "location", hint=hint)
    return _event(update, address, now, "unsupported", hint=hint) if message.is_typed else None


def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        best = message.photo[-1]
        return Attachment(best.file_id, "image/jpeg", "", best.file_size, message.media_group_id)
    for file, default in (
        (message.document, "application/octet-stream"),
        (message.video, "video/mp4"),
        (message.animation, "video/mp4"),
        (message.audio, "audio/mpeg"),
    ):
        if file is not None:
            kind = file.mime_type or default
            return Attachment(file.file_id, kind, file.file_name or "", file.file_size, message.media_group_id)
    return None


def _event(
    update: Update,
    address: str,
    now: datetime,
    kind: Any,
    *,
    text: str = "",
    option: str | None = None,
    attachments: tuple[Attachment, ...] = (),
    contact: SharedContact | None = None,
    hint: str | None = None,
    thread: int | None = None,
) -> Incoming:
    message = update.message or update.edited_message
    return Incoming(
        id=str(update.update_id),
        channel=NAME,
        address=address,
        at=now.astimezone(UTC),
        kind=kind,
        text=text,
        option=option,
        attachments=attachments,
        contact=contact,
        language_hint=hint,
        message=str(message.message_id) if message is not None else None,
        thread=message.thread if message is not None else thread,
    )
