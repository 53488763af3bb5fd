"""People who write on WhatsApp: the forms that Twilio would post, built but not yet sent.

Posting them (in order, twice, not at all) is left to the test, through `FakeTwilio.receive`.
"""

import json
from collections.abc import Callable

from .twilio_messages import API, Media, TwilioMessage

Form = dict[str, str]

JPEG = b"\xff\xd8\xff\xe0" + bytes(24)
PDF = b"%PDF-1.4\n%%EOF\n"


class WhatsAppPerson:
    """A person by address: `whatsapp:+7701...`, or `whatsapp:KZ.abc123` when WhatsApp hides the phone."""

    def __init__(
        self,
        account: str,
        bot: str,
        address: str,
        name: str,
        new_sid: Callable[[str], str],
        keep: Callable[[str, Media], str],
    ) -> None:
        self._account = account
        self._bot = bot
        self.address = address
        self.name = name
        self._new_sid = new_sid
        self._keep = keep

    @property
    def phone(self) -> str | None:
        """The number, None if it is hidden."""
        bare = self.address.removeprefix("whatsapp:")
        return bare if bare.startswith("+") else None

    def form(self, body: str = "", kind: str = "text", media: Media | None = None, more: Form | None = None) -> Form:
        """Any incoming message; the others are written in terms of it."""
        sid = self._new_sid("MM" if media else "SM")
        context = {"ProfileName": self.name}
        form = {"SmsMessageSid": sid, "MessageSid": sid, "SmsSid": sid, "AccountSid": self._account}
        form |= {"From": self.address, "To": self._bot, "Body": body, "ProfileName": self.name, "MessageType": kind}
        form |= {"NumMedia": "1" if media else "0", "NumSegments": "1", "ReferralNumMedia": "0"}
        form |= {"SmsStatus": "received", "ApiVersion": API}
        if self.phone:
            form["WaId"] = context["WaId"] = self.phone.lstrip("+")
        else:
            form["ExternalUserIdentifier"] = self.address.removeprefix("whatsapp:")
        if media:
            form |= {"MediaUrl0": self._keep(sid, media), "MediaContentType0": media.content_type}
        metadata = {"type": "whatsapp", "data": {"context": context}}
        return form | {"ChannelMetadata": json.dumps(metadata, ensure_ascii=False)} | (more or {})

    def text(self, words: str, reply_to: TwilioMessage | None = None) -> Form:
        return self.form(words, more=self._origin(reply_to) if reply_to else None)

    def press(self, message: TwilioMessage, label: str) -> Form:
        """Tap a quick reply or choose a row of a list."""
        button_id = next((key for key, title in message.buttons if title == label), None)
        if button_id is None:
            raise LookupError(f"no button {label!r} among {message.labels} of {message.text!r}")
        if "twilio/list-picker" in message.shown:
            pressed = {"ListId": button_id, "ListTitle": label}
        else:
            pressed = {"ButtonText": label, "ButtonPayload": button_id}
        kind = "button" if message.params.get("approved") else "interactive"
        return self.form(label, kind, more=pressed | self._origin(message))

    def _origin(self, message: TwilioMessage) -> Form:
        return {"OriginalRepliedMessageSid": message.sid, "OriginalRepliedMessageSender": message.sender}

    def _send(self, kind: str, content: bytes, content_type: str, body: str = "") -> Form:
        return self.form(body, kind, Media(self._new_sid("ME"), content_type, content))

    def photo(self, content: bytes = JPEG, content_type: str = "image/jpeg", caption: str = "") -> Form:
        return self._send("image", content, content_type, caption)

    def document(self, content: bytes = PDF, name: str = "document.pdf", content_type: str = "application/pdf") -> Form:
        """A file; WhatsApp gives its name as the body."""
        return self._send("document", content, content_type, name)

    def voice(self, content: bytes = b"OggS") -> Form:
        return self._send("audio", content, "audio/ogg")

    def sticker(self, content: bytes = b"RIFF....WEBP") -> Form:
        return self._send("sticker", content, "image/webp")

    def contact(self, phone: str = "+77011234567", name: str = "Біреу") -> Form:
        """A contact card: a vCard as media."""
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL;TYPE=CELL:{phone}\r\nEND:VCARD\r\n"
        return self._send("contacts", card.encode(), "text/vcard")

    def location(self, latitude: float = 43.238949, longitude: float = 76.889709, label: str = "") -> Form:
        place = {"Latitude": str(latitude), "Longitude": str(longitude)}
        return self.form("", "location", more=place | ({"Label": label, "Address": label} if label else {}))
