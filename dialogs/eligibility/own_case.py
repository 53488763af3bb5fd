"""A free question about the person's own case: the verdict on what it says, or the one question that is still missing.

Not here: reading the text (see domain/spoken/facts.py and own_question.py), the steps of a check (see steps.py), its verdict (see
verdicts.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.conversation import Json
from dialogs.eligibility import verdicts
from dialogs.eligibility.kinds import tell_kind
from dialogs.eligibility.steps import ask
from dialogs.turn import Outcome, Turn
from domain.eligibility import judge, outdated, rulings
from domain.facts import FactError
from domain.promotion import Promotion
from domain.search.naming import without_name
from domain.spoken.facts import read_heard
from domain.spoken.heard import hear
from domain.spoken.own_question import OwnQuestion, facts_of, own_question
from domain.verdict import Verdict


def own_case(turn: Turn, promotion: Promotion, text: str) -> Outcome | None:
    """The answer to a text that tells the person's own situation and asks whether it will do; None where it asks about the rules."""
    if turn.conversation.scene == "eligibility" or not rulings(promotion).questions:
        return None
    today = promotion.day(turn.now)
    heard = hear(promotion, text, today)
    read = read_heard(heard)
    asked = own_question(promotion, heard, read.values)
    if asked is None or (read.drawn and asked.id in verdicts.WINNING):
        return None
    if len(read.values) == 1 and not read_heard(hear(promotion, without_name(text, promotion), today)).values:
        return None  # the promotion's name alone tells nothing of the person
    facts = _relevant(promotion, asked, read.values, read.doubtful)
    try:
        verdict = judge(promotion, asked.id, facts, turn.now)
    except FactError:
        return None
    if verdict.eligible and read.unclear:
        return None
    if not _enough(promotion, asked, read.values, verdict):
        return None
    known = promotion.wording.facts
    check: dict[str, Json] = {
        "promotion": promotion.slug,
        "question": asked.id,
        "facts": facts,
        "asked": [name for name in facts if name in known],
        "run": turn.token[:6],
        "brief": True,
    }
    if asked.supposed:
        return tell_kind(turn, promotion, verdict)
    wanted = [name for name in verdict.missing if name in known and name in rulings(promotion).facts]
    if verdict.reason != "fact_missing" or not wanted:
        return verdicts.tell(
            turn.slots(check={**check, "current": None}),
            promotion,
            verdict,
            check,
            negated=asked.negated,
            opposite=asked.opposite,
        )
    turn = turn.slots(check={**check, "current": wanted[0], "ticked": []})
    return ask(turn, rulings(promotion).facts[wanted[0]], *verdicts.understood(promotion, facts))


def _enough(promotion: Promotion, asked: OwnQuestion, values: Mapping[str, Any], verdict: Verdict) -> bool:
    """Whether the text says enough to be a case: something that the answer cannot do without, or that decides it."""
    question = rulings(promotion).questions[asked.id]
    core = {name for criterion in question.criteria for name in criterion.core}
    turning = facts_of(question) & values.keys()
    if asked.id == "chance" and turning == {"purchases"}:
        return False  # chances are counted, not judged
    core |= {"eighteenth_birthday"} & turning
    if asked.supposed and not any(
        rulings(promotion).facts[name].type == "choice" for name in turning if name in rulings(promotion).facts
    ):
        return False
    lone = asked.id != "receive_prize" and not core
    return bool(core & turning) or len(turning) > 1 or lone or verdict.answer == "not eligible"


def _relevant(
    promotion: Promotion, asked: OwnQuestion, values: Mapping[str, Any], doubtful: Mapping[str, str]
) -> dict[str, Json]:
    """The facts that the question turns on; who speaks of themselves is what the promotion's people are, unless they say otherwise."""
    turning = facts_of(rulings(promotion).questions[asked.id])
    implied = {
        name: value
        for name, value in promotion.wording.implied.items()
        if name in turning and name not in doubtful and not asked.supposed
    }
    said = {name: value for name, value in values.items() if name in turning or name == "eighteenth_birthday"}
    facts: dict[str, Json] = {**implied, **said}
    # what only matters beside another fact, such as a region beside a day, is left out where that is not so
    unwanted = {*outdated(promotion, facts)} - {"eighteenth_birthday"}
    return {name: value for name, value in facts.items() if name not in unwanted}
