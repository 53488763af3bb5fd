"""What a question asks for: in the light of the last answer, part by part, with the side it takes and a term counted from a day in it.

Not here: saying it (see scene.py, reply.py) and finding (see domain/search/).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.rules import memory, reply, today
from dialogs.rules.reply import Says, Sentence
from dialogs.turn import Turn
from domain.promotion import Promotion
from domain.search.affirming import affirmed
from domain.search.finder import SURE_SIDE, Hit, SearchResult
from domain.search.folding import words
from domain.search.parts import asks_whether
from domain.spoken.polarity import asks_negated

SURE_OF_A_PART, PERHAPS_A_PART = 0.6, 0.35
"""The confidence from which a part of a text is answered as a question of its own; and where the whole text asks for its clause too."""
SURE_ALONE = 0.85
"""The confidence from which a short text is understood without the question before it."""


def understood(turn: Turn, promotion: Promotion, question: str, *, fresh: bool) -> tuple[str, SearchResult]:
    """The question and what it asks for, in the light of what was answered last.

    One that names another month or day of the same thing is read together with the question before.
    """
    last = reply.last(turn)
    if fresh or last is None or last[0] is not promotion:
        return question, turn.library.find(promotion.slug, question)
    near = {number for answer in last[1] for number in answer.hit.clauses[:1]}
    result = turn.library.find(promotion.slug, question, near, memory.pull(question))
    surely = result.kind == "answer" and result.confidence >= SURE_ALONE
    leans = memory.goes_on(question)
    if surely or not (leans or memory.is_short(question)):
        return question, result
    whole = memory.joined(last[1][0].question, question)
    together = turn.library.find(promotion.slug, whole, near, memory.pull(question))
    if not leans:
        least = SURE_ALONE if result.kind == "rules_silent" else result.confidence
        better = result.kind != "answer" and together.kind == "answer" and together.confidence > least
        return (whole, together) if better else (question, result)
    if together.kind not in ("answer", "rules_silent"):
        return question, result
    same = bool(together.hits) and together.hits[0].point == last[1][0].hit.point
    if same and result.kind in ("answer", "rules_silent") and not today.names_a_time(question):
        return question, result
    return whole, together


def several(turn: Turn, promotion: Promotion, pieces: Sequence[str], whole: SearchResult) -> list[Sentence]:
    """The answers to the questions of one text, each point once; fewer than two where the text is one question after all.

    A part that is too short to be sure of («где потом глянуть») counts where the whole text asks for the same clause.
    """
    found: list[Sentence] = []
    for piece in pieces:
        result = turn.library.find(promotion.slug, piece)
        silent = result.kind == "rules_silent" and result.hits and result.hits[0].silent
        known = bool(result.hits) and result.hits[0].number in whole.clauses
        sure = result.kind in ("answer", "choose") and result.confidence >= (
            PERHAPS_A_PART if known else SURE_OF_A_PART
        )
        if not sure and not silent:
            continue
        answer = sided(turn, promotion, result.hits[0], piece, result)
        if all((answer.hit.point, answer.hit.clauses) != (other.hit.point, other.hit.clauses) for other in found):
            found.append(answer)
    return found


_LATE = re.compile(r"поздно|опозда|просроч|кеш\b|кешік|кешиг|өтіп\s+кет|прошл[аио]|истек|сгорел|пропал", re.IGNORECASE)


_EVENT = re.compile(
    r"розыгр|вытян|выигр|выпал|сообщ|уведом|позвон|ұтыс|утыс|ойын|хабарл|болыпты|өтті|отти", re.IGNORECASE
)
_TIME_LEFT = re.compile(
    r"поздно|успе|до\s+како|до\s+скольк|сколько.*остал|кеш|үлгер|улгер|қай\s+күн|кай\s+кун|соңғы|сонгы|срок|мерзім",
    re.IGNORECASE | re.DOTALL,
)
"""An event and a question about the time that is left since."""


def counted_term(turn: Turn, promotion: Promotion, result: SearchResult, question: str) -> Sentence | None:
    """A term that runs from a day which the question names: whether it has passed decides yes and no."""
    named = [point for hit in result.hits if hit.point and (point := promotion.point(hit.point))]
    if _EVENT.search(question) and _TIME_LEFT.search(question):
        named += [point for point in promotion.points if point.deadline]
    for point in named:
        counted = today.term(promotion, point, question, turn.now)
        if counted is not None:
            hit = Hit(point.id, point.clauses, 0.0)
            asks = asks_whether(question) is not False
            in_time = counted.passed == bool(_LATE.search(question)) if asks else None
            says: Says | None = None if in_time is None else "yes" if in_time else "no"
            return Sentence(hit, question, says, word=says is not None and not asks_negated(question))
    return None


def sided(turn: Turn, promotion: Promotion, hit: Hit, question: str, result: SearchResult) -> Sentence:
    """With the side it takes. The word is left out where a negated question would make it ambiguous («копия не подойдёт?» – «нет»)."""
    if hit.silent:
        return Sentence(hit, question)
    side = result.side
    if (plain := affirmed(question)) != " ".join(words(question)):
        again = turn.library.find(promotion.slug, plain)
        side = again.side if again.hits and again.hits[0].point == hit.point and again.side else side
    says: Says | None = "yes" if side > 0 else "no" if side < 0 else None
    whether = asks_whether(question)
    if whether is False and says == "yes":
        says = None
    sure = abs(side) >= SURE_SIDE and (whether or (whether is None and result.yes_no))
    word = says is not None and sure and not asks_negated(question)
    return Sentence(hit, question, says, bool(word))
