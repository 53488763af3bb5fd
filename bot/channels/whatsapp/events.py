"""What Twilio posts to us and lists for us, made into our own shapes.

Not here: signatures and sending (see channel.py). The set of fields grows without notice
(twilio.com/docs/messaging/guides/webhook-request): only what we use is read, the rest is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from yarl import URL

from dialogs.messages import Attachment, Incoming, Kind, SharedContact

NAME = "whatsapp"
FIELDS = 200
"""Fields of a form at most; Twilio sends about twenty, and five for each file."""
_ADDRESS = re.compile(r"whatsapp:[!-~]{1,131}")
"""A number or a business-scoped user id; opaque to us."""
_NUMBER = re.compile(r"[1-9][0-9]{6,14}", re.ASCII)
"""Digits of a phone number in international form (E.164)."""
_SHOWN = ("image/", "audio/", "video/", "text/vcard", "text/x-vcard")
"""Kinds of files that a message may be without being a document."""

RANKS = {"accepted": 1, "scheduled": 1, "queued": 1, "sending": 2, "sent": 3, "delivered": 4, "read": 5}
FAILED_RANK = 6
"""Statuses come late, doubled and out of order; a rank only moves forward."""


@dataclass(frozen=True, slots=True)
class Posted:
    """An inbound message as Twilio posted it."""

    sid: str
    sender: str
    body: str
    button: str | None
    media: tuple[Attachment, ...]
    located: bool
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A person's message of Twilio's list, as a form without its files; `sent` is when, UTC."""

    sid: str
    sent: datetime
    form: Mapping[str, str]
    media: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How far a message of ours has come; `error` is Twilio's code (63016: the reply window was closed)."""

    sid: str
    rank: int
    failed: bool
    error: int | None


def read_call(body: bytes) -> dict[str, str] | None:
    """The form of a call; None where a field stands twice: Twilio sends no such form, and it would be a way to sign one value and say
    another. Raises ValueError for what is no form."""
    if body.count(b"&") >= FIELDS:
        raise ValueError("more fields than a form of Twilio's has")
    # in C, where urllib's way costs the double
    pairs = URL.build(query_string=body.decode("utf-8"), encoded=True).query
    form = dict(pairs)
    return form if len(form) == len(pairs) else None


def read_form(form: Mapping[str, str]) -> Posted:
    """Raises ValueError for what is no message of a person."""
    sid, sender = form.get("MessageSid", ""), form.get("From", "")
    if not sid or len(sid) > 64 or not _ADDRESS.fullmatch(sender):
        raise ValueError("not a WhatsApp message")
    count = form.get("NumMedia", "0")
    # WhatsApp gives a document's name as the body
    name = form.get("Body", "")[:200] if form.get("MessageType") == "document" else ""
    media = tuple(
        Attachment(form[f"MediaUrl{n}"], form.get(f"MediaContentType{n}", "application/octet-stream"), name)
        for n in range(min(int(count) if count.isdigit() else 0, 10))
        if form.get(f"MediaUrl{n}")
    )
    button = form.get("ButtonPayload") or form.get("ListId") or None
    body = form.get("Body", "").encode("utf-8", "replace").decode()  # JSON can hold half of a surrogate pair
    return Posted(sid, sender, body, button, media, "Latitude" in form, _phone_of(form))


def _phone_of(form: Mapping[str, str]) -> str | None:
    """The number that WhatsApp delivers from, where it says so twice: an opaque id proves no phone, whatever digits it holds."""
    number = form.get("WaId", "")
    return number if _NUMBER.fullmatch(number) and form.get("From") == f"whatsapp:+{number}" else None


def understand(posted: Posted, now: datetime) -> Incoming:
    kind: Kind = "text"
    if posted.button is not None:
        kind = "option"
    elif posted.media:
        kind = _kind_of(posted.media[0].media_type)
    elif posted.located:
        kind = "location"
    elif not posted.body:
        kind = "unsupported"
    return Incoming(
        id=posted.sid,
        channel=NAME,
        address=posted.sender,
        at=now.astimezone(UTC),
        kind=kind,
        text=posted.body,
        option=posted.button,
        attachments=posted.media,
        # WhatsApp vouches for the number that it delivers from; it may also hide it
        contact=SharedContact(posted.phone, own=True) if posted.phone and kind != "contact" else None,
    )


def _kind_of(media_type: str) -> Kind:
    if media_type.startswith("audio/"):
        return "voice"
    if media_type == "image/webp":
        return "sticker"
    if media_type in ("text/vcard", "text/x-vcard"):
        return "contact"
    return "attachment"


def read_status(form: Mapping[str, str]) -> Status:
    """Raises ValueError for what is no status."""
    sid, word = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not sid or len(sid) > 64:
        raise ValueError("not a message status")
    failed = word in ("failed", "undelivered", "canceled")
    code = form.get("ErrorCode", "")
    return Status(sid, FAILED_RANK if failed else RANKS.get(word, 0), failed, int(code) if code.isdigit() else None)


def read_list(answer: Mapping[str, Any], since: datetime) -> Iterator[Listed]:
    """People's messages of a list page that are not older than that; what cannot be read is left out."""
    for message in answer.get("messages", []):
        try:
            sent = parsedate_to_datetime(str(message.get("date_sent") or message.get("date_created")))
            form = {"MessageSid": str(message["sid"]), "From": str(message["from"]), "Body": message.get("body") or ""}
            if (number := form["From"].removeprefix("whatsapp:+")).isdecimal():
                form["WaId"] = number
            if message.get("direction") == "inbound" and sent >= since:
                yield Listed(form["MessageSid"], sent, form, str(message.get("num_media") or "0") != "0")
        except (ValueError, KeyError, TypeError):  # TypeError: an instant without an offset
            continue


def add_media(form: Mapping[str, str], answer: Mapping[str, Any], api: str) -> dict[str, str]:
    """The form with a message's list of files (Media.json), as the webhook would have brought it; `api` is Twilio's address.

    The list does not say that a file was sent as a document; whatever WhatsApp shows as nothing else was.
    """
    files = [file for file in answer.get("media_list", []) if file.get("uri")]
    filled = {**form, "NumMedia": str(len(files))}
    for number, file in enumerate(files):
        kind = str(file.get("content_type") or "application/octet-stream")
        filled[f"MediaUrl{number}"] = api + str(file["uri"]).removesuffix(".json")
        filled[f"MediaContentType{number}"] = kind
        if not kind.startswith(_SHOWN):
            filled["MessageType"] = "document"
    return filled


def listed(answer: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    """Sid, body and time (epoch seconds) of the messages of a list page."""
    for message in answer.get("messages", []):
        when = message.get("date_created") or message.get("date_sent")
        try:
            moment = parsedate_to_datetime(str(when)).timestamp()
        except ValueError:
            continue
        yield str(message.get("sid")), str(message.get("body") or ""), moment
