"""What a turn asks to be kept besides its state and messages: each kind of effect has its row and its statement in one table.

Not here: deciding the effects (see dialogs/turn.py), the rows of events and messages (see rows.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, bindparam, insert, text, update

from dialogs.turn import Audited, Effect, Fetched, Forgotten, QuestionAsked, Replied, Voted
from domain.claims.effects import (
    ClaimBegun,
    ClaimChanged,
    ClaimLinked,
    ClaimLinkMade,
    ClaimNewsTold,
    ClaimReminded,
    ClaimTask,
)
from storage.aad import aad_of_question
from storage.keys.owners import owner_of_questions, question_key
from storage.sealing import DataKey, Seal
from storage.tables import audit, questions
from storage.turns.types import Arrival

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an effect comes from: the event, and its number among the effects of that event's turn. `key` is that of its talk."""

    seal: Seal
    key: DataKey
    arrival: Arrival
    number: int


@dataclass(frozen=True, slots=True)
class EffectWriter:
    """`statement` takes the rows of a whole group at once. What a row has under "conversation" goes when that person is forgotten; where
    it `goes`, the row itself does."""

    statement: Executable
    row: Callable[[Any, Origin], Row]
    goes: bool = False


def _key_of_questions(effect: QuestionAsked, origin: Origin) -> Row:
    key = question_key(origin.seal, origin.key)
    return {"owner": owner_of_questions(origin.key), "data_key": key.wrapped}


def _asked(effect: QuestionAsked, origin: Origin) -> Row:
    key = question_key(origin.seal, origin.key)
    asked = effect.text.encode("utf-8", "replace")
    return {
        "token": effect.token,
        "asked_at": origin.arrival.received_at,
        "promotion": effect.promotion,
        "language": effect.language,
        "text": key.seal(asked, aad_of_question(effect.token)),
        "result": effect.result,
        "clauses": "\n".join(effect.clauses)[:200],
        "vote": None,
        "owner": owner_of_questions(origin.key),
    }


def _voted(effect: Voted, origin: Origin) -> Row:
    return {"of": effect.token, "vote_": 1 if effect.vote == "up" else -1}


def _audited(effect: Audited, origin: Origin) -> Row:
    return _audit(origin, effect.what, effect.detail, origin.arrival.key)


def _forgotten(effect: Forgotten, origin: Origin) -> Row:
    return _audit(origin, "forgotten", "", None)


def _audit(origin: Origin, what: str, detail: str, conversation: bytes | None) -> Row:
    return {
        "id": origin.seal.digest("audit", origin.arrival.id.hex(), str(origin.number)),
        "conversation": conversation,
        "at": origin.arrival.received_at,
        "what": what,
        "detail": detail,
    }


_AUDIT = insert(audit)
_KEYED = text("INSERT INTO question_keys (owner, data_key) VALUES (:owner, :data_key) ON CONFLICT DO NOTHING")
_VOTED = update(questions).where(questions.c.token == bindparam("of")).values(vote=bindparam("vote_"))
EFFECTS: Mapping[type[Effect], tuple[EffectWriter, ...]] = {
    QuestionAsked: (
        EffectWriter(_KEYED, _key_of_questions, goes=True),
        EffectWriter(insert(questions), _asked, goes=True),
    ),
    Voted: (EffectWriter(_VOTED, _voted),),
    Audited: (EffectWriter(_AUDIT, _audited),),
    Forgotten: (EffectWriter(_AUDIT, _forgotten),),
    Fetched: (),  # its file job is a row of the outbox (`Handled.file_jobs`)
    Replied: (),  # for whoever measures replies; nothing of it is kept
    # of claims: kept in the same transaction by storage/claims/in_turn.py, which also reads them
    **dict.fromkeys(
        (ClaimBegun, ClaimChanged, ClaimLinkMade, ClaimLinked, ClaimReminded, ClaimNewsTold, ClaimTask), ()
    ),
}
"""Statements run in this order: a vote may be on a question of the same group."""
STATEMENTS = tuple(dict.fromkeys(writer.statement for writers in EFFECTS.values() for writer in writers))
