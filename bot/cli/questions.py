"""`utys questions`: what people asked, the newest first, with what became of it.

Not here: the query (see storage/talks/history.py). There is no person in what it lists.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.cli.database import opened
from bot.cli.errors import plainly
from bot.loading import ZONE
from bot.settings import BadSetting, Settings
from storage.database import Unusable
from storage.talks.questions import AskedQuestion, asked

_VOTES = {1: "👍", -1: "👎", None: ""}


def show(settings: Settings, only: str | None, promotion: str | None, limit: int, *, as_json: bool) -> None:
    with plainly(BadSetting, Unusable), opened(settings) as (connection, seal):
        found = asked(connection, seal, promotion=promotion, only=only, limit=limit)
    for question in found:
        print(_as_json(question) if as_json else _as_line(question))
    if not found and not as_json:
        print("no question yet" if only is None else f"no {only} question yet")


def _as_line(question: AskedQuestion) -> str:
    at = datetime.fromtimestamp(question.asked_at / 1000, ZONE)
    clauses = ", ".join(question.clauses)
    what = f"{question.result}{f' ({clauses})' if clauses else ''} {_VOTES.get(question.vote, '')}".rstrip()
    return f"{at:%Y-%m-%d %H:%M}  {question.promotion or '-'}  {question.language}  {what}\n    {' '.join(question.text.split())}"


def _as_json(question: AskedQuestion) -> str:
    return json.dumps(
        {
            "at": datetime.fromtimestamp(question.asked_at / 1000, UTC).isoformat(timespec="seconds"),
            "promotion": question.promotion,
            "lang": question.language,
            "question": question.text,
            "result": question.result,
            "clauses": question.clauses,
            "vote": {1: "up", -1: "down"}.get(question.vote or 0),
        },
        ensure_ascii=False,
    )
