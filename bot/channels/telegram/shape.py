"""What a message looks like on Telegram: its limits, entities and keyboards, as the bytes of a Bot API call.

Not here: sending them (see channel.py). Limits: https://core.telegram.org/bots/api (text 4096 after entities, callback_data 64 bytes).
"""

from __future__ import annotations

from typing import Any

import msgspec

from bot.text import markup as marked
from bot.text.fitting import Fitted, fit
from bot.text.limits import Limits
from bot.text.phrases import Rendered

LIMITS = Limits(
    text=4096, buttons=100, button_label=64, button_text=4096, option_bytes=64, asks_contact=True, folds=True
)
SHORT = 16
"""Characters of a label that can share its row."""
_encode = msgspec.json.Encoder().encode


def compose(address: str, message: Rendered) -> list[bytes]:
    """Method and JSON body of each call, a line each."""
    return [_call(address, piece, message) for piece in fit(message, LIMITS)]


def _call(address: str, piece: Fitted, message: Rendered) -> bytes:
    text, entities = _entities(piece.text)
    body: dict[str, Any] = {"chat_id": int(address), "text": text, "link_preview_options": {"is_disabled": True}}
    if entities:
        body["entities"] = entities
    if message.thread is not None:
        body["message_thread_id"] = message.thread
    if piece.options and message.ask_contact:
        # a reply keyboard cannot stand beside inline buttons; the words for the way back stand in the text
        share = {"text": piece.options[0].label, "request_contact": True}
        body["reply_markup"] = {"keyboard": [[share]], "resize_keyboard": True, "one_time_keyboard": True}
    elif piece.options:
        keys = [{"text": option.label, "callback_data": option.id} for option in piece.options]
        layout = rows([option.label for option in piece.options])
        body["reply_markup"] = {"inline_keyboard": [[keys[index] for index in row] for row in layout]}
    elif message.drops_contact:
        body["reply_markup"] = {"remove_keyboard": True}
    return b"sendMessage\n" + _encode(body)


def _entities(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and its entities (offsets in UTF-16 units): no parse_mode, so nothing a person wrote can be markup."""
    pieces: list[str] = []
    entities: list[dict[str, Any]] = []
    at = 0
    for span in marked.spans(text):
        size = marked.utf16(span.text)
        for wanted, kind in ((span.fold, "expandable_blockquote"), (span.quote, "blockquote"), (span.bold, "bold")):
            if not wanted:
                continue
            last = next((e for e in reversed(entities) if e["type"] == kind), None)
            if last is not None and last["offset"] + last["length"] == at:
                last["length"] += size
            else:
                entities.append({"type": kind, "offset": at, "length": size})
        pieces.append(span.text)
        at += size
    return "".join(pieces), entities


def rows(labels: list[str]) -> list[list[int]]:
    """Which buttons stand side by side: two short ones a row, long ones alone; readable at phone width."""
    result: list[list[int]] = []
    for index, label in enumerate(labels):
        last = result[-1] if result else []
        if len(label) <= SHORT and len(last) == 1 and len(labels[last[0]]) <= SHORT:
            last.append(index)
        else:
            result.append([index])
    return result
