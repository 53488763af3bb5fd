"""What stands in the chats: messages with their buttons, topics, and who can be reached at all.

Which method changes it how is left to telegram_methods; what people send to telegram_people.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .telegram_limits import Refusal
from .telegram_spec import Json

CONTENT = {
    *("text", "entities", "caption", "caption_entities", "photo", "document", "voice", "sticker", "contact"),
    *("location", "venue", "video", "audio", "animation", "video_note"),
}


@dataclass
class SentMessage:
    """A message of the bot as the person sees it now; `history` holds the texts before each edit."""

    chat_id: int
    message_id: int
    method: str
    raw: Json
    markup: Json | None = None
    history: list[str] = field(default_factory=list)
    deleted: bool = False

    @property
    def text(self) -> str:
        """The text or the caption, without formatting."""
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def thread_id(self) -> int | None:
        thread: int | None = self.raw.get("message_thread_id")
        return thread

    @property
    def buttons(self) -> list[Json]:
        """All buttons, inline or of the reply keyboard, in reading order."""
        rows = (self.markup or {}).get("inline_keyboard") or (self.markup or {}).get("keyboard") or []
        return [{"text": button} if isinstance(button, str) else button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [str(button["text"]) for button in self.buttons]

    def button(self, label: str) -> Json:
        for button in self.buttons:
            if button["text"] == label:
                return button
        raise LookupError(f"no button {label!r} among {self.labels} of {self.text!r}")


@dataclass
class Topic:
    """A forum topic."""

    chat_id: int
    thread_id: int
    name: str
    icon_color: int = 7322096
    closed: bool = False


class Chats:
    """All chats of one bot."""

    def __init__(self, bot: Json, now: Callable[[], float] = time.time, first_message_id: int = 1) -> None:
        self.bot = bot
        self.now = now
        self.known: dict[int, Json] = {}
        self.blocked: set[int] = set()
        self.missing: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.sent: dict[int, dict[int, SentMessage]] = {}
        self.received: dict[tuple[int, int], Json] = {}
        self.topics: dict[tuple[int, int], Topic] = {}
        self.queries: set[str] = set()
        self._next_id = first_message_id

    def next_id(self) -> int:
        """Message ids grow, and skip a number now and then like the real ones."""
        self._next_id += 2 if self._next_id % 7 == 0 else 1
        return self._next_id

    def date(self) -> int:
        return int(self.now())

    def chat(self, chat_id: int) -> Json:
        kind = "private" if chat_id > 0 else "supergroup"
        default: Json = {"id": chat_id, "type": kind}
        default |= {"first_name": "Person"} if chat_id > 0 else {"title": "Group", "is_forum": True}
        return self.known.setdefault(chat_id, default)

    def reach(self, chat_id: int | str, thread_id: int | None = None) -> int:
        """Check that the bot can write there."""
        if isinstance(chat_id, str):
            raise Refusal("chat not found")
        if chat_id in self.migrated:
            moved = {"migrate_to_chat_id": self.migrated[chat_id]}
            raise Refusal("group chat was upgraded to a supergroup chat", parameters=moved)
        if chat_id in self.missing:
            raise Refusal("chat not found")
        if chat_id in self.blocked:
            who = "blocked by the user" if chat_id > 0 else "kicked from the supergroup chat"
            raise Refusal(f"Forbidden: bot was {who}", status=403)
        if chat_id < 0 and thread_id is not None and (chat_id, thread_id) not in self.topics:
            raise Refusal("message thread not found")
        return chat_id

    def post(self, method: str, chat_id: int, content: Json, params: Json) -> SentMessage:
        """Put a message of the bot into a chat."""
        markup: Json | None = params.get("reply_markup")
        raw: Json = {
            "message_id": self.next_id(),
            "date": self.date(),
            "chat": self.chat(chat_id),
            "from": self.bot,
            **{key: value for key, value in content.items() if value != []},
        }
        if "message_thread_id" in params:
            raw |= {"message_thread_id": params["message_thread_id"], "is_topic_message": True}
        if "reply_parameters" in params and "message_id" in params["reply_parameters"]:
            self._reply(raw, chat_id, params["reply_parameters"])
        if markup and "inline_keyboard" in markup:
            raw["reply_markup"] = markup
        message = SentMessage(chat_id, raw["message_id"], method, raw, markup)
        self.sent.setdefault(chat_id, {})[message.message_id] = message
        return message

    def _reply(self, raw: Json, chat_id: int, reply: Json) -> None:
        origin = self.find(chat_id, reply["message_id"])
        if origin is not None:
            raw["reply_to_message"] = {key: value for key, value in origin.items() if key != "reply_to_message"}
        elif not reply.get("allow_sending_without_reply"):
            raise Refusal("message to be replied not found")

    def find(self, chat_id: int, message_id: int) -> Json | None:
        """Find a living message, the bot's or a person's."""
        message = self.sent.get(chat_id, {}).get(message_id)
        if message is not None:
            return None if message.deleted else message.raw
        return self.received.get((chat_id, message_id))

    def own(self, chat_id: int, message_id: int, what: str) -> SentMessage:
        """Find a living message of the bot or refuse: 'message to edit not found'."""
        message = self.sent.get(chat_id, {}).get(message_id)
        if message is None or message.deleted:
            raise Refusal(f"message to {what} not found")
        return message

    def edit(self, message: SentMessage, content: Json, markup: Json | None) -> SentMessage:
        """Change a message; an edit that changes nothing is refused."""
        same_words = all((message.raw.get(key) or []) == (value or []) for key, value in content.items())
        if same_words and (message.markup or {}) == (markup or {}):
            raise Refusal(
                "message is not modified: specified new message content and reply markup are exactly the same as a "
                "current content and reply markup of the message"
            )
        message.history.append(message.text)
        raw = {key: value for key, value in message.raw.items() if key != "reply_markup"}
        message.raw = raw | content | {"edit_date": self.date()}
        message.raw = {key: value for key, value in message.raw.items() if value != []}
        message.markup = markup
        if markup:
            message.raw["reply_markup"] = markup
        return message

    def delete(self, chat_id: int, message_id: int) -> None:
        if (chat_id, message_id) in self.received:
            del self.received[chat_id, message_id]
        else:
            self.own(chat_id, message_id, "delete").deleted = True

    def living(self, chat_id: int) -> list[SentMessage]:
        return [message for message in self.sent.get(chat_id, {}).values() if not message.deleted]

    def add_topic(self, chat_id: int, name: str, thread_id: int | None = None) -> Topic:
        topic = Topic(chat_id, thread_id or self.next_id(), name)
        self.topics[chat_id, topic.thread_id] = topic
        return topic
