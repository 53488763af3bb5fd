"""The Bot API's rules that its description only tells in prose: formatted text, keyboards, commands, webhooks.

Names, types and plain lengths are left to telegram_spec; what exists in which chat is left to telegram_chats.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from .telegram_html import CannotParse, parse_html
from .telegram_spec import Json, bot_api, units

LABEL = {"text", "icon_custom_emoji_id", "style"}
STYLES = {"danger", "success", "primary"}
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LANGUAGE = re.compile(r"([a-z]{2})?")
ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"),
    *("choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}
ENTITY_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
MOST_BUTTONS = 100


class Refusal(Exception):
    """An error answer of the Bot API; `broken` when a rule was broken, not merely bad luck."""

    def __init__(
        self, description: str, status: int = 400, broken: bool = False, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.description = description if status != 400 else f"Bad Request: {description}"
        self.status = status
        self.broken = broken
        self.parameters = parameters or {}


def check_limits(method: str, params: Json) -> list[str]:
    """List the rules that a well-typed call breaks."""
    problems: list[str] = []
    for item, key, fields in formatted_places(method, params):
        try:
            read_text(item, key, fields)
        except Refusal as refusal:
            problems.append(refusal.description.removeprefix("Bad Request: "))
    markup = params.get("reply_markup")
    if isinstance(markup, dict):
        problems += inline_problems(markup) if "inline_keyboard" in markup else []
        problems += reply_problems(markup, params.get("chat_id")) if "keyboard" in markup else []
    chat_id = params.get("chat_id")
    if isinstance(chat_id, str) and not chat_id.startswith("@"):
        problems.append("chat_id must be a number or @username")
    return problems + list(special(method, params))


def formatted_places(method: str, params: Json) -> Iterator[tuple[Json, str, list[Json]]]:
    """Name every text with formatting: the method's own and those of media in an album."""
    fields = bot_api().methods[method]["fields"]
    for key in ("text", "caption"):
        if key in params and any(field["name"] == "parse_mode" for field in fields):
            yield params, key, fields
    media = params.get("media")
    for item in media if isinstance(media, list) else [media]:
        if isinstance(item, dict) and "caption" in item:
            yield item, "caption", bot_api().types["InputMediaDocument"]["fields"]


def read_text(item: Json, key: str, fields: list[Json]) -> tuple[str, list[Json]]:
    """Give a text as people will see it and its entities, or refuse it."""
    source: str = item[key]
    given: list[Json] = item.get("entities" if key == "text" else "caption_entities") or []
    mode = item.get("parse_mode", "")
    if mode and given:
        raise Refusal("entities and parse_mode exclude each other", broken=True)
    if mode.lower() not in ("", "html"):
        raise Refusal(f"unsupported parse_mode: this fake reads HTML only, not {mode}", broken=True)
    try:
        text, entities = parse_html(source) if mode else (source, given)
    except CannotParse as error:
        raise Refusal(f"can't parse entities: {error}", broken=True) from None
    entity_problems = [problem for entity in given for problem in entity_rules(entity, text)]
    if entity_problems:
        raise Refusal(f"can't parse entities: {entity_problems[0]}", broken=True)
    least, most = next(field["length"] for field in fields if field["name"] == key)
    if least and not text.strip():
        raise Refusal("message text is empty", broken=True)
    if units(text) > most:
        what = "message" if key == "text" else "message caption"
        raise Refusal(f"{what} is too long: {units(text)} of {most}", broken=True)
    return text, entities


def entity_rules(entity: Json, text: str) -> Iterator[str]:
    offset, length = entity["offset"], entity["length"]
    if offset < 0 or length <= 0 or offset + length > units(text):
        yield f"entity {entity['type']} at {offset}+{length} lies outside of the text"
    encoded = text.encode("utf-16-le", "surrogatepass")
    for edge in (offset, offset + length):
        if 0 <= edge < units(text) and 0xDC <= encoded[2 * edge + 1] <= 0xDF:
            yield f"entity {entity['type']} cuts a character at {edge}"
    needed = ENTITY_NEEDS.get(entity["type"])
    if needed and needed not in entity:
        yield f"entity {entity['type']} needs {needed}"


def inline_problems(markup: Json) -> Iterator[str]:
    buttons: list[Json] = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > MOST_BUTTONS:
        yield f"REPLY_MARKUP_TOO_LONG: {len(buttons)} buttons"
    for button in buttons:
        kinds = button.keys() - LABEL
        if not button["text"].strip():
            yield "inline keyboard button text must be non-empty"
        if not kinds:
            yield f"Text buttons are unallowed in the inline keyboard: {button['text']}"
        elif len(kinds) > 1:
            yield f"inline keyboard button must have exactly one kind, not {sorted(kinds)}"
        yield from style_problems(button)
        if "url" in button:
            yield from url_problems(button["url"], ("http", "https", "tg"))
        if "web_app" in button:
            yield from url_problems(button["web_app"]["url"], ("https",))


def reply_problems(markup: Json, chat_id: Any) -> Iterator[str]:
    buttons: list[Any] = [button for row in markup["keyboard"] for button in row]
    if not buttons:
        yield "reply keyboard has no buttons"
    for button in buttons:
        label: Json = {"text": button} if isinstance(button, str) else button
        kinds = {name for name in label.keys() - LABEL if label[name] is not False}
        if not label["text"].strip():
            yield "keyboard button text must be non-empty"
        if len(kinds) > 1:
            yield f"keyboard button must have at most one kind, not {sorted(kinds)}"
        if kinds & {"request_contact", "request_location"} and isinstance(chat_id, int) and chat_id < 0:
            yield f"{min(kinds)} can be used in private chats only"
        yield from style_problems(label)


def style_problems(button: Json) -> Iterator[str]:
    if "style" in button and button["style"] not in STYLES:
        yield f"unknown button style {button['style']}"


def url_problems(url: str, schemes: tuple[str, ...]) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme not in schemes or (parts.scheme != "tg" and "." not in (parts.hostname or "")):
        yield f"button URL '{url}' is invalid: Wrong HTTP URL"


def special(method: str, params: Json) -> Iterator[str]:
    """Rules of single methods."""
    if method.startswith("editMessage") and "inline_message_id" not in params:
        yield from (f"missing required parameter {name}" for name in ("chat_id", "message_id") if name not in params)
    if not LANGUAGE.fullmatch(str(params.get("language_code", ""))):
        yield f"language code {params['language_code']!r} is not two letters"
    check = RULES.get(method)
    if check:
        yield from check(params)


def command_rules(params: Json) -> Iterator[str]:
    if len(params["commands"]) > 100:
        yield "BOT_COMMANDS_TOO_MUCH"
    for command in params["commands"]:
        if not COMMAND.fullmatch(command["command"]):
            yield f"BOT_COMMAND_INVALID: {command['command']}"


def action_rules(params: Json) -> Iterator[str]:
    if params["action"] not in ACTIONS:
        yield "wrong parameter action in request"


def webhook_rules(params: Json) -> Iterator[str]:
    if "secret_token" in params and not SECRET.fullmatch(params["secret_token"]):
        yield "secret token contains unallowed characters"
    if not 1 <= params.get("max_connections", 40) <= 100:
        yield "max_connections must be 1-100"
    yield from update_rules(params)


def update_rules(params: Json) -> Iterator[str]:
    kinds = {field["name"] for field in bot_api().types["Update"]["fields"]} - {"update_id"}
    yield from (f"unknown update type {name}" for name in params.get("allowed_updates", []) if name not in kinds)


def poll_rules(params: Json) -> Iterator[str]:
    if not 1 <= params.get("limit", 100) <= 100:
        yield "limit must be 1-100"
    yield from update_rules(params)


def album_rules(params: Json) -> Iterator[str]:
    if not 2 <= len(params["media"]) <= 10:
        yield f"an album has 2-10 items, not {len(params['media'])}"
    kinds = {item["type"] for item in params["media"]}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        yield "documents and audio can only be grouped with their own kind"


def many_rules(params: Json) -> Iterator[str]:
    if not 1 <= len(params["message_ids"]) <= 100:
        yield "message_ids must have 1-100 items"


RULES: dict[str, Callable[[Json], Iterator[str]]] = {
    "setMyCommands": command_rules,
    "sendChatAction": action_rules,
    "setWebhook": webhook_rules,
    "getUpdates": poll_rules,
    "sendMediaGroup": album_rules,
    "deleteMessages": many_rules,
    "copyMessages": many_rules,
    "forwardMessages": many_rules,
}
