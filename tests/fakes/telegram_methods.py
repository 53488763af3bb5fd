"""What the modelled methods of the Bot API do to chats, files, topics and profile, and what they answer.

Whether a call is well formed was checked before (telegram_spec, telegram_limits); HTTP and recording are the server's.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from .server import Call, Upload
from .telegram_chats import CONTENT, Chats, SentMessage, Topic
from .telegram_files import Files
from .telegram_limits import Refusal, read_text
from .telegram_queue import Updates, Webhook
from .telegram_spec import Json, bot_api

PROFILE = {
    "Commands": "commands",
    "Name": "name",
    "Description": "description",
    "ShortDescription": "short_description",
}


class Methods:
    """The methods of one bot, one Python method each; `stubs` answers for the rest."""

    def __init__(self, bot: Json, chats: Chats, files: Files, updates: Updates) -> None:
        self.bot = bot
        self.chats = chats
        self.files = files
        self.updates = updates
        self.stubs: dict[str, Callable[[Json], Any]] = {}
        self.profile: dict[tuple[str, str, str], Any] = {}

    async def do(self, call: Call) -> Any:
        """Do what a checked call asks for and give the `result`."""
        if call.method in self.stubs:
            return self.stubs[call.method](call.params)
        if call.method in ("getUpdates", "setWebhook"):
            return await self._updates(call)
        known = getattr(self, re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), call.method), None)
        if known is not None:
            return known(call)
        profile = re.fullmatch(r"(get|set|delete)My(Commands|Name|Description|ShortDescription)", call.method)
        if profile:
            return self._profile(profile[1], profile[2], call.params)
        if bot_api().returns(call.method) == ["Boolean"]:
            if "chat_id" in call.params:
                self.chats.reach(call.params["chat_id"])
            return True
        raise Refusal(f"the fake does not model {call.method}: give it a stub", broken=True)

    # -- the bot and its updates ---------------------------------------------------------------------------------

    async def _updates(self, call: Call) -> Any:
        p = call.params
        if call.method == "getUpdates":
            wanted = (p.get("offset", 0), p.get("limit", 100), p.get("timeout", 0), p.get("allowed_updates"))
            return await self.updates.poll(*wanted)
        self.updates.allow(p.get("allowed_updates"))
        hook = Webhook(p["url"], p.get("secret_token"), p.get("max_connections", 40), "certificate" in call.files)
        self.updates.set_webhook(hook, p.get("drop_pending_updates", False))
        return True

    def delete_webhook(self, call: Call) -> bool:
        self.updates.set_webhook(None, call.params.get("drop_pending_updates", False))
        return True

    def get_webhook_info(self, call: Call) -> Json:
        return self.updates.describe()

    def get_me(self, call: Call) -> Json:
        abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return self.bot | abilities

    def _profile(self, verb: str, what: str, params: Json) -> Any:
        scope = json.dumps(params.get("scope", {"type": "default"}), sort_keys=True)
        place = (what, scope, params.get("language_code", ""))
        field = PROFILE[what]
        if verb == "get":
            found = self.profile.get(place, [] if what == "Commands" else "")
            return found if what == "Commands" else {field: found}
        if verb == "delete":
            self.profile.pop(place, None)
        else:
            self.profile[place] = params.get(field, "")
        return True

    # -- messages ------------------------------------------------------------------------------------------------

    def _reach(self, params: Json) -> int:
        return self.chats.reach(params["chat_id"], params.get("message_thread_id"))

    def _post(self, call: Call, content: Json) -> Json:
        return self.chats.post(call.method, self._reach(call.params), content, call.params).raw

    def _words(self, method: str, item: Json, key: str) -> Json:
        if key not in item:
            return {}
        text, entities = read_text(item, key, bot_api().methods[method]["fields"])
        return {key: text, "entities" if key == "text" else "caption_entities": entities}

    def _file(self, call: Call, kind: str, value: Any) -> Json:
        """Draw a photo or document: uploaded under its own name, attached, by id or by address."""
        upload: Upload | None = call.files.get(str(value).removeprefix("attach://") if value else kind)
        if upload is not None:
            stored = self.files.upload(kind, upload.content, upload.filename, upload.content_type)
        elif re.match(r"https?://", str(value)):
            stored = self.files.keep(kind, b"", str(value).rpartition("/")[2], "application/octet-stream")
        else:
            stored = self.files.get(str(value))
        if kind == "photo":
            return {"photo": [stored.describe() | {"width": 90, "height": 90}]}
        return {"document": stored.describe() | {"file_name": stored.name, "mime_type": stored.mime}}

    def send_message(self, call: Call) -> Json:
        return self._post(call, self._words(call.method, call.params, "text"))

    def send_photo(self, call: Call) -> Json:
        self._reach(call.params)
        content = self._file(call, "photo", call.params.get("photo"))
        return self._post(call, content | self._words(call.method, call.params, "caption"))

    def send_document(self, call: Call) -> Json:
        self._reach(call.params)
        content = self._file(call, "document", call.params.get("document"))
        return self._post(call, content | self._words(call.method, call.params, "caption"))

    def send_media_group(self, call: Call) -> list[Json]:
        self._reach(call.params)
        album = f"album{self.chats.next_id()}"
        contents = [self._file(call, item["type"], item["media"]) for item in call.params["media"]]
        for content, item in zip(contents, call.params["media"], strict=True):
            content |= self._words("sendDocument", item, "caption") | {"media_group_id": album}
        return [self._post(call, content) for content in contents]

    def copy_message(self, call: Call) -> Json:
        return {"message_id": self._post(call, self._copied(call, "copy"))["message_id"]}

    def forward_message(self, call: Call) -> Json:
        origin = {"type": "hidden_user", "sender_user_name": "Person", "date": self.chats.date()}
        return self._post(call, self._copied(call, "forward") | {"forward_origin": origin})

    def _copied(self, call: Call, verb: str) -> Json:
        source = self.chats.find(self.chats.reach(call.params["from_chat_id"]), call.params["message_id"])
        if source is None:
            raise Refusal(f"message to {verb} not found")
        words = self._words("copyMessage", call.params, "caption") if verb == "copy" else {}
        return {key: value for key, value in source.items() if key in CONTENT} | words

    def edit_message_text(self, call: Call) -> Json | bool:
        return self._edit(call, "text")

    def edit_message_caption(self, call: Call) -> Json | bool:
        return self._edit(call, "caption")

    def edit_message_reply_markup(self, call: Call) -> Json | bool:
        return self._edit(call, None)

    def _edit(self, call: Call, key: str | None) -> Json | bool:
        p = call.params
        if "inline_message_id" in p:
            return True
        message: SentMessage = self.chats.own(self.chats.reach(p["chat_id"]), p["message_id"], "edit")
        if key == "text" and "text" not in message.raw:
            raise Refusal("there is no text in the message to edit")
        return self.chats.edit(message, self._words(call.method, p, key) if key else {}, p.get("reply_markup")).raw

    def delete_message(self, call: Call) -> bool:
        self.chats.delete(self.chats.reach(call.params["chat_id"]), call.params["message_id"])
        return True

    def answer_callback_query(self, call: Call) -> bool:
        if call.params["callback_query_id"] not in self.chats.queries:
            raise Refusal("query is too old and response timeout expired or query ID is invalid")
        return True

    def get_file(self, call: Call) -> Json:
        return self.files.describe_download(call.params["file_id"])

    def get_chat(self, call: Call) -> Json:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, True)}
        return self.chats.chat(self._reach(call.params)) | full

    # -- forum topics --------------------------------------------------------------------------------------------

    def create_forum_topic(self, call: Call) -> Json:
        topic = self.chats.add_topic(self._reach(call.params), call.params["name"])
        topic.icon_color = call.params.get("icon_color", topic.icon_color)
        return {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}

    def _topic(self, call: Call) -> Topic:
        return self.chats.topics[self._reach(call.params), call.params["message_thread_id"]]

    def edit_forum_topic(self, call: Call) -> bool:
        topic = self._topic(call)
        topic.name = call.params.get("name") or topic.name
        return True

    def close_forum_topic(self, call: Call) -> bool:
        return self._close(call, True)

    def reopen_forum_topic(self, call: Call) -> bool:
        return self._close(call, False)

    def _close(self, call: Call, closed: bool) -> bool:
        topic = self._topic(call)
        if topic.closed is closed:
            raise Refusal("TOPIC_NOT_MODIFIED")
        topic.closed = closed
        return True

    def delete_forum_topic(self, call: Call) -> bool:
        topic = self._topic(call)
        del self.chats.topics[topic.chat_id, topic.thread_id]
        return True
