"""Reads Telegram's HTML strictly: text and entities, or the reason why Telegram could not parse it.

It is stricter than Telegram in one thing, a bare `&`; which texts are parsed, and how long they may be, is left to
telegram_limits.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from .telegram_spec import units

Json = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
ATTRIBUTES = {
    "a": {"href"},
    "span": {"class"},
    "code": {"class"},
    "blockquote": {"expandable"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
}
TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'<>]+))?)*)\s*>"
)
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
REFERENCE = re.compile(r"&(lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class CannotParse(Exception):
    """The text is not Telegram's HTML."""


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Give the plain text and its entities, or raise CannotParse."""
    text = ""
    entities: list[Json] = []
    stack: list[_Open] = []
    at = 0
    while at < len(source):
        char = source[at]
        if char == "&":
            decoded, at = _decode(source, at)
            text += decoded
        elif char == "<":
            tag = TAG.match(source, at)
            if tag is None:
                raise CannotParse(
                    f'Unsupported start tag "{source[at + 1 : at + 12]}" at byte offset {_byte(source, at)}'
                )
            at = tag.end()
            name = tag[2].lower()
            if not tag[1]:
                stack.append(_Open(name, units(text), _attributes(name, tag[3], _byte(source, tag.start()))))
                continue
            if not stack or stack[-1].tag != name:
                expected = f', expected "</{stack[-1].tag}>"' if stack else ""
                raise CannotParse(
                    f'Unexpected end tag "</{name}>" at byte offset {_byte(source, tag.start())}{expected}'
                )
            _close(stack.pop(), units(text), entities)
        else:
            text += char
            at += 1
    if stack:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode("utf-8", "surrogatepass"))


def _decode(source: str, at: int) -> tuple[str, int]:
    """Read the character reference that begins here; give the character and the place after it."""
    found = REFERENCE.match(source, at)
    if found is None:
        raise CannotParse(f'Unescaped "&" at byte offset {_byte(source, at)}')
    name = found[1]
    if name in NAMED:
        return NAMED[name], found.end()
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if not 0 < number < 0x110000 or 0xD800 <= number <= 0xDFFF:
        raise CannotParse(f'Wrong character reference "&{name};" at byte offset {_byte(source, at)}')
    return chr(number), found.end()


def _attributes(tag: str, source: str, offset: int) -> dict[str, str]:
    if tag not in TAGS:
        raise CannotParse(f'Unsupported start tag "{tag}" at byte offset {offset}')
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(source):
        found[match[1].lower()] = _unescape(match[2] or match[3] or match[4] or "")
    unknown = found.keys() - ATTRIBUTES.get(tag, set())
    if unknown:
        raise CannotParse(f'Unsupported attribute "{min(unknown)}" of tag "{tag}" at byte offset {offset}')
    if tag == "span" and found.get("class") != "tg-spoiler":
        raise CannotParse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    for name in {"tg-emoji": ["emoji-id"], "tg-time": ["unix"], "a": ["href"]}.get(tag, []):
        if not found.get(name):
            raise CannotParse(f'Tag "{tag}" needs attribute "{name}" at byte offset {offset}')
    return found


def _unescape(value: str) -> str:
    text = ""
    at = 0
    while at < len(value):
        char, at = _decode(value, at) if value[at] == "&" else (value[at], at + 1)
        text += char
    return text


def _close(opened: _Open, end: int, entities: list[Json]) -> None:
    if end == opened.start:
        return  # Telegram drops empty entities
    kind = TAGS[opened.tag]
    entity: Json = {"type": kind, "offset": opened.start, "length": end - opened.start}
    match opened.tag:
        case "a":
            entity["url"] = opened.attributes["href"]
        case "blockquote" if "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        case "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes["emoji-id"]
        case "tg-time":
            entity["unix_time"] = int(opened.attributes["unix"])
    entities.append(entity)
