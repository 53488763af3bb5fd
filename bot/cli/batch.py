"""Lines of a batch become talks, and their replies lines: a broken line gives one that says what is wrong with it.

Not here: answering (see asking.py) and opening the file (see ask_command.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.cli.asking import Asker, BatchQuestion, Unclear
from domain.rulebook import LANGUAGES


def ask_all(asker: Asker, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank, in order; a broken line gives one with `error`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield asker.ask(read_question(line)).line()
        except Unclear as error:
            yield {"id": _id_of(line), "line": number, "error": str(error)}


def read_question(line: bytes) -> BatchQuestion:
    """A line of a batch. Raises Unclear."""
    fields = _decode(line)
    text, promotion, language = fields.get("question"), fields.get("promotion"), fields.get("lang")
    before, doing = fields.get("before") or [], fields.get("doing")
    if not isinstance(text, str):
        raise Unclear("«question» should be a text")
    if promotion is not None and not isinstance(promotion, str):
        raise Unclear("«promotion» should be a slug or null")
    if language is not None and language not in LANGUAGES:
        raise Unclear("«lang» should be kk, ru or null")
    if not isinstance(before, list) or not all(isinstance(each, str) for each in before):
        raise Unclear("«before» should be a list of texts")
    if doing is not None and not isinstance(doing, str):
        raise Unclear("«doing» should be purchases, check:<question> or null")
    now = _instant(fields.get("now"))
    return BatchQuestion(text, promotion or None, language, fields.get("id"), now, tuple(before), doing)


def _instant(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Unclear("«now» should be an instant with its zone, like 2026-01-09T12:00:00+05:00")
    return moment


def _decode(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unclear("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Unclear("the line is not valid JSON") from error
    if not isinstance(fields, dict):
        raise Unclear("the line is not a JSON object")
    return fields


def _id_of(line: bytes) -> Any:
    try:
        return _decode(line).get("id")
    except Unclear:
        return None
