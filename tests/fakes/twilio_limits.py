"""What WhatsApp by Twilio allows in a message or a template: lengths, counts, addresses, variables.

Names and types are left to twilio_spec; whether a template exists and a reply window is open, to FakeTwilio.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

BODY = 1600
QUICK_REPLY = {"body": 1024, "buttons": 3, "title": 20, "id": 256}
LIST_PICKER = {"body": 1024, "button": 20, "items": 10, "item": 24, "id": 200, "description": 72}
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ADDRESS = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
TEMPLATE_NAME = re.compile(r"[a-z0-9_]{1,512}")
CATEGORIES = {"UTILITY", "MARKETING", "AUTHENTICATION"}
ERRORS = {
    20001: "Unknown parameters",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    21211: "Invalid 'To' Phone Number",
    21603: "A 'From' phone number is required",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21619: "A text message body or media urls must be specified",
    21620: "Invalid media URL(s)",
    21623: "Number of media files exceeds allowed limit",
    21655: "The ContentSid is Invalid",
    21656: "The ContentVariables Parameter is invalid",
    21910: "Invalid From and To pair. From and To should be of the same channel",
    63007: "Twilio could not find a Channel with the specified From address",
}
CODES = {"To": 21211, "From": 21603, "MediaUrl": 21620, "ContentSid": 21655, "ContentVariables": 21656}


class TwilioRefusal(Exception):
    """An error answer of Twilio; `broken` when a rule was broken, not merely bad luck."""

    def __init__(self, code: int, status: int = 400, why: str = "", broken: bool = False) -> None:
        text = ERRORS.get(code, "Error")
        super().__init__(f"{text}: {why}" if why else text)
        self.code = code
        self.status = status
        self.broken = broken


def size(text: str) -> int:
    """Length in UTF-16 code units: Twilio does not say how it counts, and this never counts too few."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_message(form: Mapping[str, list[str]]) -> Iterator[TwilioRefusal]:
    """List what is wrong with a message that is about to be created."""
    to, sender = form.get("To", [""])[0], form.get("From", [""])[0]
    if not ADDRESS.fullmatch(to):
        yield broken(21211, f"{to!r} is neither whatsapp:+<number> nor whatsapp:<CC>.<id>")
    if not sender and "MessagingServiceSid" not in form:
        yield broken(21603, "neither From nor MessagingServiceSid")
    if sender and not sender.startswith("whatsapp:"):
        yield broken(21910, f"{sender} to {to}")
    body = form.get("Body", [""])[0]
    if size(body) > BODY:
        yield broken(21617, f"{size(body)} characters")
    if len(form.get("MediaUrl", [])) > 1:
        yield broken(21623, "WhatsApp takes one media per message")
    if not body.strip() and not form.get("MediaUrl") and "ContentSid" not in form:
        yield broken(21619)
    if "ContentVariables" in form and "ContentSid" not in form:
        yield broken(21656, "ContentVariables without ContentSid")


def broken(code: int, why: str = "") -> TwilioRefusal:
    return TwilioRefusal(code, why=why, broken=True)


def read_variables(source: str) -> dict[str, str]:
    """Read ContentVariables: a JSON object from names to strings."""
    try:
        found = json.loads(source)
    except ValueError:
        raise broken(21656, "not JSON") from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise broken(21656, "must be a JSON object of strings")
    return found


def check_content(types: Json) -> Iterator[str]:
    """List what is wrong with a template's types, or with the same types after variables were filled in."""
    for kind, content in types.items():
        where = kind.partition("/")[2]
        if content and "body" in content:
            body = content["body"]
            yield from check_text(body, QUICK_REPLY["body"] if kind != "twilio/text" else BODY, f"{where} body")
        if kind == "twilio/quick-reply":
            yield from check_quick_reply(content["actions"])
        elif kind == "twilio/list-picker":
            yield from check_list_picker(content)
        elif kind == "twilio/media" and len(content["media"]) != 1:
            yield f"WhatsApp takes one media per message, not {len(content['media'])}"


def check_quick_reply(actions: list[Json]) -> Iterator[str]:
    if not 1 <= len(actions) <= QUICK_REPLY["buttons"]:
        yield f"quick-reply has 1-{QUICK_REPLY['buttons']} buttons, not {len(actions)}"
    for action in actions:
        yield from check_text(action["title"], QUICK_REPLY["title"], "button title")
        yield from check_text(action.get("id", "x"), QUICK_REPLY["id"], "button id")
    yield from check_unique([action["title"] for action in actions], "button titles")
    yield from check_unique([action["id"] for action in actions if "id" in action], "button ids")


def check_list_picker(content: Json) -> Iterator[str]:
    items: list[Json] = content["items"]
    if not 1 <= len(items) <= LIST_PICKER["items"]:
        yield f"list-picker has 1-{LIST_PICKER['items']} items, not {len(items)}"
    yield from check_text(content["button"], LIST_PICKER["button"], "list button")
    for item in items:
        yield from check_text(item["item"], LIST_PICKER["item"], "list item")
        yield from check_text(item["id"], LIST_PICKER["id"], "list item id")
        if "description" in item:
            yield from check_text(item["description"], LIST_PICKER["description"], "list item description", least=0)
    yield from check_unique([item["id"] for item in items], "list item ids")


def check_text(text: str, most: int, where: str, least: int = 1) -> Iterator[str]:
    """Check a length; a variable counts as one character until it is filled in."""
    length = size(VARIABLE.sub("x", text))
    if not least <= length <= most or (least and not text.strip()):
        yield f"{where} is {length} characters long, allowed are {least}-{most}: {text[:40]!r}"


def check_unique(values: list[str], what: str) -> Iterator[str]:
    if len(set(values)) < len(values):
        yield f"{what} must differ: {values}"


def check_approvable(types: Json) -> Iterator[str]:
    """List why WhatsApp would never approve a template."""
    if "twilio/list-picker" in types:
        yield "a list-picker cannot be approved"
    for content in types.values():
        body = content.get("body", "").strip()
        if re.match(r"\{\{", body) or body.endswith("}}"):
            yield "the body starts or ends with a variable"
        if re.search(r"\}\}\s*\{\{", body):
            yield "the body has two adjacent variables"


def check_template_values(variables: Mapping[str, str]) -> Iterator[str]:
    """List why WhatsApp would not put these values into an approved template."""
    for name, value in variables.items():
        if not value.strip():
            yield f"variable {name} is empty"
        if re.search(r"[\n\t]| {5}", value):
            yield f"variable {name} has a line break, a tab or more than four spaces"
