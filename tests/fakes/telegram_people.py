"""People who write to the bot: realistic updates, built but not yet sent.

Sending them (in order, twice, late) is left to the test, through `FakeTelegram.push`.
"""

from typing import Any

from .telegram_chats import Chats, SentMessage
from .telegram_files import Files, StoredFile
from .telegram_spec import Json, units

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)
PDF = b"%PDF-1.4\n%%EOF\n"


class Person:
    """A Telegram account in its private chat with the bot, or, after `in_group`, in a group."""

    def __init__(self, chats: Chats, files: Files, user: Json, chat: Json, thread_id: int | None = None) -> None:
        self._chats = chats
        self._files = files
        self.user = user
        self.chat = chat
        self.thread_id = thread_id
        self.phone = f"+7701{user['id'] % 10**7:07d}"

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def chat_id(self) -> int:
        return int(self.chat["id"])

    def in_group(self, chat_id: int, thread_id: int | None = None) -> "Person":
        """The same person, speaking in a group (and there in a topic)."""
        if thread_id is not None and (chat_id, thread_id) not in self._chats.topics:
            self._chats.add_topic(chat_id, f"Topic {thread_id}", thread_id)
        return Person(self._chats, self._files, self.user, self._chats.chat(chat_id), thread_id)

    # -- messages ------------------------------------------------------------------------------------------------

    def message(self, reply_to: SentMessage | None = None, **content: Any) -> Json:
        """Any message; the others are written in terms of it."""
        message: Json = {"message_id": self._chats.next_id(), "date": self._chats.date(), "chat": self.chat}
        message |= {"from": self.user, **content}
        if self.thread_id is not None:
            message |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if reply_to is not None:
            message["reply_to_message"] = reply_to.raw
        self._chats.received[self.chat_id, message["message_id"]] = message
        return {"message": message}

    def text(self, words: str, reply_to: SentMessage | None = None) -> Json:
        """A text; a leading /command gets its entity, as in real life."""
        content: Json = {"text": words}
        if words.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": units(words.split()[0])}]
        return self.message(reply_to, **content)

    def start(self, payload: str = "") -> Json:
        return self.text(f"/start {payload}".strip())

    def edited(self, update: Json, words: str) -> Json:
        """A later edit of a text that this person sent."""
        return {"edited_message": update["message"] | {"text": words, "edit_date": self._chats.date() + 1}}

    def sticker(self, emoji: str = "👍") -> Json:
        stored = self._files.keep("sticker", b"RIFF....WEBP", "sticker.webp", "image/webp")
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}
        return self.message(sticker=stored.describe() | look)

    def voice(self, seconds: int = 3, content: bytes = b"OggS") -> Json:
        stored = self._files.keep("voice", content, "voice.oga", "audio/ogg")
        return self.message(voice=stored.describe() | {"duration": seconds, "mime_type": "audio/ogg"})

    def contact(self, own: bool = True, phone: str | None = None) -> Json:
        """A contact card: the person's own (as `request_contact` gives it) or someone else's."""
        card: Json = {"phone_number": (phone or self.phone).lstrip("+"), "first_name": self.user["first_name"]}
        card |= {"user_id": self.id} if own else {"first_name": "Someone", "user_id": self.id + 7}
        return self.message(contact=card)

    def location(self, latitude: float = 43.238949, longitude: float = 76.889709) -> Json:
        return self.message(location={"latitude": latitude, "longitude": longitude})

    def photo(self, content: bytes = PNG, caption: str = "", size: int | None = None, album: str = "") -> Json:
        """A photo: Telegram gives it in several sizes, no name, no type; the last one is the largest."""
        thumb = self._files.keep("photo", PNG, "photo.jpg", "image/jpeg")
        large = self._files.keep("photo", content, "photo.jpg", "image/jpeg", size)
        sizes = [thumb.describe() | {"width": 90, "height": 67}, large.describe() | {"width": 1280, "height": 960}]
        more: Json = {"caption": caption} if caption else {}
        more |= {"media_group_id": album} if album else {}
        return self.message(photo=sizes, **more)

    def album(self, *contents: bytes, caption: str = "") -> list[Json]:
        """Several photos at once: one update each, the same media_group_id, the caption on the first, no end mark."""
        group = str(13_000_000_000_000 + self._chats.next_id())
        return [self.photo(content, caption if not i else "", album=group) for i, content in enumerate(contents)]

    def document(
        self,
        content: bytes = PDF,
        name: str = "document.pdf",
        mime: str = "application/pdf",
        size: int | None = None,
        caption: str = "",
    ) -> Json:
        """A file; `size` larger than 20 MB plays one that getFile refuses."""
        stored: StoredFile = self._files.keep("document", content, name, mime, size)
        body = stored.describe() | {"file_name": name, "mime_type": mime}
        more: Json = {"caption": caption} if caption else {}
        return self.message(document=body, **more)

    # -- buttons -------------------------------------------------------------------------------------------------

    def press(self, message: SentMessage, label: str | None = None, data: str | None = None) -> Json:
        """Press an inline button by its label, or send any callback data (old, tampered with) for that message."""
        if data is None:
            button = message.button(label or "")
            if "callback_data" not in button:
                raise LookupError(f"button {label!r} calls nothing back: {button}")
            data = button["callback_data"]
        query_id = str(4_000_000_000_000 + self._chats.next_id())
        self._chats.queries.add(query_id)
        shown: Json = message.raw
        if message.deleted:
            shown = {"chat": message.raw["chat"], "message_id": message.message_id, "date": 0}
        query = {"id": query_id, "from": self.user, "message": shown, "chat_instance": str(self.chat_id), "data": data}
        return {"callback_query": query}

    def tap(self, message: SentMessage, label: str) -> Json:
        """Tap a button of a reply keyboard: its text is sent, or the contact or place that it asks for."""
        button = message.button(label)
        if button.get("request_contact"):
            return self.contact()
        return self.location() if button.get("request_location") else self.text(label)

    # -- coming and going ----------------------------------------------------------------------------------------

    def kicked(self) -> Json:
        """The person blocks the bot (or removes it from the group); from now on sends to the chat get 403."""
        self._chats.blocked.add(self.chat_id)
        return self._membership({"status": "member"}, {"status": "kicked", "until_date": 0})

    def unblocked(self) -> Json:
        self._chats.blocked.discard(self.chat_id)
        return self._membership({"status": "kicked", "until_date": 0}, {"status": "member"})

    def _membership(self, old: Json, new: Json) -> Json:
        bot = {"user": self._chats.bot}
        change: Json = {"chat": self.chat, "from": self.user, "date": self._chats.date()}
        return {"my_chat_member": change | {"old_chat_member": bot | old, "new_chat_member": bot | new}}
