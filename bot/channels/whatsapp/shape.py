"""What a message looks like on WhatsApp: body, quick replies or list, and the template for a closed reply window.

Not here: sending it (see channel.py). Limits: twilio.com/docs/whatsapp (body 1600; in session quick reply 3 x 20, list 10 x 24, body
1024 under either; free text within 24 h of the person's last message).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.text import markup as marked
from bot.text.fitting import Fitted, fit
from bot.text.limits import Limits
from bot.text.phrases import Rendered

WINDOW = timedelta(hours=24)
NOTICE = "notice"
"""The template that stands in for any message whose reply window has closed before it could be sent."""
LIMITS = Limits(
    text=1500,  # of 1600: the rest is room for * and > of the markup
    buttons=3,
    button_label=20,
    button_text=1000,
    list_rows=10,
    list_label=24,
    list_hint=72,
    option_bytes=200,
    window=WINDOW,
    file_bytes=16_000_000,
)
BODY = 1600


def compose(address: str, message: Rendered, now: datetime, templates: Mapping[str, str]) -> list[bytes]:
    """What is to be sent, a JSON object a message; `closes` is when (epoch seconds) only a template may still be sent."""
    closes = int((now + WINDOW).timestamp())
    # a message without a template of its own is announced by the general one: «there is an answer for you, write to us»
    template = templates.get(f"{message.template or NOTICE}.{message.language}")
    return [_call(address, piece, message.language, closes, template) for piece in fit(message, LIMITS)]


def _call(address: str, piece: Fitted, language: str, closes: int, template: str | None) -> bytes:
    body = _text(piece.text)
    call: dict[str, Any] = {"to": address, "body": body, "closes": closes}
    if template:
        call["template"] = template
    if piece.shape == "buttons":
        actions = [{"type": "QUICK_REPLY", "title": option.label, "id": option.id} for option in piece.options]
        call["content"] = {
            "language": language,
            "types": {"twilio/quick-reply": {"body": body, "actions": actions}},
        }
    elif piece.shape == "list":
        items = [
            {"item": option.label, "id": option.id, "description": option.hint[:72] or None} for option in piece.options
        ]
        items = [{name: value for name, value in item.items() if value is not None} for item in items]
        button = "Таңдау" if language == "kk" else "Выбрать"
        call["content"] = {
            "language": language,
            "types": {"twilio/list-picker": {"body": body, "button": button, "items": items}},
        }
    return json.dumps(call, ensure_ascii=False, separators=(",", ":")).encode()


def _text(text: str) -> str:
    """WhatsApp's own markup: *bold*, and > before each quoted line; left out where it would not fit."""
    lines: list[str] = [""]
    quoted: list[bool] = [False]
    for span in marked.spans(text):
        for number, piece in enumerate(span.text.split("\n")):
            if number:
                lines.append("")
                quoted.append(span.quote)
            quoted[-1] = quoted[-1] or (span.quote and bool(piece))
            bare = piece.strip()
            if span.bold and bare:
                start = piece.index(bare)
                piece = f"{piece[:start]}*{bare}*{piece[start + len(bare) :]}"
            lines[-1] += piece
    marked_up = "\n".join(f"> {line}" if quote and line else line for line, quote in zip(lines, quoted, strict=True))
    return marked_up if marked.utf16(marked_up) <= BODY else marked.plain(text)
