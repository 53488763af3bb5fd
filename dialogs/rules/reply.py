"""The reply to a question: the sentences that answer it, what they know of today, and the clauses they stand on, folded.

Not here: finding the sentences (see scene.py), and showing a whole clause (see answers.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dialogs import citing
from dialogs.conversation import Json
from dialogs.eligibility.kinds import check_button
from dialogs.menu import MENU, announce, other_language
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.rules import answers, today
from dialogs.turn import Outcome, QuestionAsked, ReplyKind, Turn
from domain.points import Point
from domain.promotion import Promotion
from domain.search.finder import Hit

Says = Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply. `says`: the side it takes in what was asked; `word`: whether it begins with that word."""

    hit: Hit
    question: str
    says: Says | None = None
    word: bool = False


def tell(
    turn: Turn,
    promotion: Promotion,
    found: Sequence[Sentence],
    effects: tuple[QuestionAsked, ...] = (),
    *,
    kind: ReplyKind = "answer",
    head: Sequence[Phrase] = (),
    more: Sequence[Option] = (),
) -> Outcome:
    """`head` is said before the sentences, `more` are buttons before the menu."""
    parts = [*head]
    for answer in found:
        parts += [part for part in _said(turn, promotion, answer) if part not in parts]
    if turn.conversation.slots.get("told") != promotion.slug:
        parts += [] if any(part.key in today.STATES for part in parts) else [announce(promotion, turn.now)]
        turn = turn.slots(told=promotion.slug)
    numbers = tuple(dict.fromkeys(number for answer in found for number in _numbers(answer.hit)))
    first = found[0]
    if effects and first.hit.clauses:
        name = answers.name_of(promotion, _main(first.hit))
        turn = turn.slots(asked=answers.remember(turn, name, turn.token))
    turn = remember(turn, promotion, found)
    folded = tuple(part for number in numbers[:3] for part in citing.quotation(promotion, number, turn.language))
    options = (
        *_votes(turn, promotion, first.hit),
        *_places(promotion, numbers),
        *_check(promotion, first.hit),
        *_original(turn, promotion, first.hit),
        *more,
        *(() if turn.conversation.chosen else (other_language(turn.language),)),
        MENU,
    )
    told = turn.at("rules", "ask").done(Outgoing(tuple(parts), options, folded=folded), effects=effects)
    return told.replied(kind, numbers, first.says)


def _said(turn: Turn, promotion: Promotion, answer: Sentence) -> list[Phrase]:
    point = _point(promotion, answer.hit)
    if point is None:
        clause = promotion.rulebook.cite(answer.hit.clauses[-1])
        return [citing.stated(clause.answer, answer.hit.clauses)]
    word = answer.says if answer.word else None
    said = (
        say(f"reply.{word or 'stated'}", say=citing.bare(point.say), place=citing.cite_all(answer.hit.clauses[:2]))
        if point.clauses and not point.silent
        else say("reply.unsaid", say=point.say)
    )
    return [said, *today.lines(promotion, point, answer.question, turn.now)]


def _point(promotion: Promotion, hit: Hit) -> Point | None:
    return promotion.point(hit.point) if hit.point else None


def _numbers(hit: Hit) -> tuple[str, ...]:
    return hit.clauses


def _main(hit: Hit) -> str:
    """The clause that stands for an answer: the best one of a point, and a table rather than what is around it."""
    return hit.clauses[0] if hit.point else hit.clauses[-1]


def _original(turn: Turn, promotion: Promotion, hit: Hit) -> tuple[Option, ...]:
    """The organiser's own words, where the quotation is a translation."""
    if not hit.clauses or not promotion.rulebook.cite(_main(hit)).text.is_translation(turn.language):
        return ()
    return (Option(f"original.{answers.name_of(promotion, _main(hit))}", say("button.original")),)


def _votes(turn: Turn, promotion: Promotion, hit: Hit) -> tuple[Option, ...]:
    name = answers.name_of(promotion, _main(hit)) if hit.clauses else ""
    if name not in answers.asked_of(turn):
        return ()
    return Option(f"vote.up.{name}", say("button.up")), Option(f"vote.down.{name}", say("button.down"))


def _places(promotion: Promotion, numbers: Sequence[str]) -> tuple[Option, ...]:
    """The clauses in full, where the channel cannot fold them."""
    return tuple(
        Option(
            f"clause.{answers.name_of(promotion, number)}",
            say("button.clause", label=promotion.rulebook.cite(number).label),
            say("button.clause", label=promotion.rulebook.cite(number).title),
            unfolds=True,
        )
        for number in numbers[:2]
        if number in promotion.rulebook
    )


def _check(promotion: Promotion, hit: Hit) -> tuple[Option, ...]:
    point = _point(promotion, hit)
    question = point.check if point else None
    if not question or question not in promotion.wording.questions:
        return ()
    return (check_button(promotion, question),)


def remember(turn: Turn, promotion: Promotion, found: Sequence[Sentence]) -> Turn:
    """Keeps what was told, so that it can be said again, asked about and gone on from."""
    rows = [(answer.hit.point, answer.hit.clauses, answer.says, answer.word) for answer in found]
    last = kept(promotion.slug, found[0].question, rows)
    return turn.slots(last=last, misses=None)


def kept(slug: str, question: str, rows: Sequence[tuple[str | None, Sequence[str], Says | None, bool]]) -> Json:
    """What was told, as a conversation keeps it: of each sentence its point, its clauses, its side and whether it began with that word."""
    hits: list[Json] = [[point, list(clauses), says, word] for point, clauses, says, word in rows]
    return {"promotion": slug, "question": question[:200], "hits": hits}


def sentence(turn: Turn) -> tuple[Phrase, tuple[str, ...]] | None:
    """The first sentence of what was told last, with the clauses it stands on; None where nothing was told."""
    if told := last(turn):
        promotion, found = told
        hit = found[0].hit
        point = _point(promotion, hit)
        words = point.say if point else promotion.rulebook.cite(hit.clauses[-1]).answer
        return citing.stated(words, () if point and point.silent else hit.clauses[:2]), hit.clauses
    kept = turn.conversation.slots.get("last")
    shown = turn.library.promotions.get(str(kept.get("promotion"))) if isinstance(kept, dict) else None
    number = kept.get("clause") if isinstance(kept, dict) else None
    if shown is None or not isinstance(number, str) or number not in shown.rulebook:
        return None
    return citing.stated(shown.rulebook.cite(number).answer, (number,)), (number,)


def last(turn: Turn) -> tuple[Promotion, tuple[Sentence, ...]] | None:
    """What was told last in this talk; None where something else was said since, or it is of rules that are gone."""
    kept = turn.conversation.slots.get("last")
    if not isinstance(kept, dict):
        return None
    promotion = turn.library.promotions.get(str(kept.get("promotion")))
    hits, question = kept.get("hits"), str(kept.get("question", ""))
    if promotion is None or not isinstance(hits, list):
        return None
    found = []
    for row in hits:
        if not isinstance(row, list) or len(row) != 4 or not isinstance(row[1], list):
            return None
        point, clauses = row[0] if isinstance(row[0], str) else None, tuple(map(str, row[1]))
        if any(number not in promotion.rulebook for number in clauses) or (point and promotion.point(point) is None):
            return None
        known = promotion.point(point) if point else None
        says: Says | None = "yes" if row[2] == "yes" else "no" if row[2] == "no" else None
        found.append(Sentence(Hit(point, clauses, 0.0, bool(known and known.silent)), question, says, bool(row[3])))
    return (promotion, tuple(found)) if found else None
