"""Questions that people asked, as they were kept.

Not here: keeping them (see storage/turns/rows.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from storage.aad import aad_of_question
from storage.keys.owners import opener
from storage.sealing import Seal, SealBroken
from storage.tables import (
    question_keys,
    questions,
)

HARM = ("abuse", "complaint")
"""Results of texts that are no questions about the rules, beside the kinds of fraud (`safety.…`)."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was kept: no person in it. `vote` is 1, -1 or None."""

    asked_at: int
    promotion: str | None
    language: str
    text: str
    result: str
    clauses: tuple[str, ...]
    vote: int | None


def asked(
    connection: Connection, seal: Seal, *, promotion: str | None = None, only: str | None = None, limit: int = 100
) -> list[AskedQuestion]:
    """The newest questions first; `only` is `unanswered`, `disliked`, or `harm`: fraud that people tell of, abuse, complaints."""
    whose = question_keys.c.owner == questions.c.owner
    query = select(questions, question_keys.c.data_key).outerjoin_from(questions, question_keys, whose)
    query = query.order_by(questions.c.asked_at.desc()).limit(limit)
    if promotion:
        query = query.where(questions.c.promotion == promotion)
    if only == "unanswered":
        query = query.where(
            questions.c.result.not_in(("answer", "choose", *HARM)), questions.c.result.not_like("safety.%")
        )
    elif only == "harm":
        query = query.where(questions.c.result.like("safety.%") | questions.c.result.in_(HARM))
    elif only == "disliked":
        query = query.where(questions.c.vote == -1)
    return [
        AskedQuestion(
            row.asked_at,
            row.promotion,
            row.language,
            _open_text(seal, row),
            row.result,
            tuple(row.clauses.split("\n")) if row.clauses else (),
            row.vote,
        )
        for row in connection.execute(query)
    ]


def is_one_of(question: AskedQuestion, only: str) -> bool:
    """What `only` of `asked` chooses."""
    harm = question.result in HARM or question.result.startswith("safety.")
    match only:
        case "unanswered":
            return not harm and question.result not in ("answer", "choose")
        case "disliked":
            return question.vote == -1
    return harm


def _open_text(seal: Seal, row: Any) -> str:
    try:
        plain = opener(seal, row.data_key, row.owner).open(row.text, aad_of_question(row.token))
    except SealBroken:
        return "?"
    return plain.decode("utf-8", "replace")
