"""The steps of a check under way: the next question that matters, or the verdict.

Not here: what is done with an answer (see scene.py), beginning with what a free text said (see own_case.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from dialogs import citing
from dialogs.conversation import Json
from dialogs.eligibility import progress as checks
from dialogs.eligibility import verdicts
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Outcome, Turn
from domain.eligibility import FactQuestion, judge, questions, rulings
from domain.promotion import Promotion

STOP = Option("checkstop", say("button.stop"))


def next_step(turn: Turn) -> Outcome:
    """The next question that matters, else the verdict."""
    check, promotion = checks.under_way(turn), turn.promotion
    if check is None or promotion is None:
        return turn.done()
    question, facts = str(check["question"]), checks.facts(check)
    wanted = [fact for fact in _wanted(promotion, check) if fact.fact in promotion.wording.facts]
    if not wanted:
        turn = turn.slots(check={**check, "current": None})
        return verdicts.tell(turn, promotion, judge(promotion, question, facts, turn.now), check)
    return ask(turn.slots(check={**check, "current": wanted[0].fact, "ticked": []}), wanted[0])


def _wanted(promotion: Promotion, check: Mapping[str, Json]) -> Sequence[FactQuestion]:
    """What is still to be asked: one after another in a whole check; in one that a free text began, only what an answer hangs on."""
    question, facts = str(check["question"]), checks.facts(check)
    if not check.get("brief"):
        return questions(promotion, question, facts)
    known = rulings(promotion).facts
    missing = judge(promotion, question, facts).missing
    return [known[name] for name in missing if name in known and (name not in facts or checks.is_month(facts[name]))]


def ask(turn: Turn, fact: FactQuestion, *wrong: Phrase | None) -> Outcome:
    check, promotion = checks.under_way(turn), turn.promotion
    assert check is not None
    assert promotion is not None
    run, words = check["run"], promotion.wording.facts[fact.fact]
    ticked = cast(list[Json], check.get("ticked") or [])
    labels = [
        say("button.yes" if value else "button.no")
        if isinstance(value, bool)
        else say("check.ticked" if value in ticked else "button.clause", label=words.options[str(value)])
        if value in words.options
        else citing.month(str(value))
        for value in checks.values(turn, fact)
    ]
    options = [Option(f"fact.{run}.{fact.fact}.{n}", label) for n, label in enumerate(labels)]
    if fact.type == "list":
        options.append(Option(f"fact.{run}.{fact.fact}.done", say("button.done")))
    options.append(Option(f"fact.{run}.{fact.fact}.skip", say("button.dont_know")))
    if check["asked"]:
        options.append(Option(f"factback.{run}", say("button.back")))
    parts = tuple(part for part in (*wrong, say("check.ask", ask=words.ask)) if part)
    numbers = fact.type not in ("number", "date", "moment", "month", "table", "text")
    return turn.at("eligibility", "answer").done(Outgoing(parts, (*options, STOP), numbers=numbers)).replied("ask")
