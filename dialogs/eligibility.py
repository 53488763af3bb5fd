"""May I take part: one short question at a time, with the way back, and at the end every criterion with its clause.

Leaves judging to `domain.eligibility`, the words of questions and criteria to the promotion's wording, and reading answers to `asking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from dialogs import asking, citing, opening, rules
from dialogs.conversation import Json
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import read_rows
from dialogs.turn import Audited, Outcome, Scene, Turn
from domain.eligibility import FactQuestion, judge, questions, questions_of, rulings
from domain.promotion import Promotion
from domain.verdict import Finding, Unknown, Verdict

STOP = Option("checkstop", say("button.stop"))
SIGNS = {"met": "check.met", "not met": "check.not_met", "unknown": "check.not_known"}


def choose(turn: Turn, _: tuple[str, ...]) -> Outcome:
    """Which question: taking part comes first, then what winners ask."""
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    options = [
        Option(
            f"check.{promotion.slug}.{name}",
            say("button.clause", label=promotion.wording.questions[name].label),
            _title(promotion, name),
        )
        for name in (*questions_of(promotion), *rulings(promotion).silent)
        if name in promotion.wording.questions
    ]
    return turn.done(Outgoing((say("check.which", promotion=promotion.name),), (*options, MENU)))


def _title(promotion: Promotion, question: str) -> Phrase:
    return say("button.clause", label=promotion.wording.questions[question].title)


def begin(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.library.promotions.get(words[0]) if len(words) == 2 else None
    if promotion is None or words[1] not in promotion.wording.questions:
        return out_of_date(turn)
    turn = turn.with_(promotion=promotion.slug).slots(
        check={"question": words[1], "facts": {}, "asked": [], "run": turn.token[:6]}
    )
    return _next(turn)


def answer(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """A tap on an answer: `fact.<run>.<fact>.<n>`, n an option, `skip`, or for a list `done`."""
    check = _check(turn)
    if check is None or len(words) != 3 or words[0] != check["run"]:
        return out_of_date(turn)
    fact = _fact(turn, words[1])
    if fact is None or fact.fact != _current(turn):
        return out_of_date(turn)
    if words[2] == "skip":
        return _keep(turn, fact.fact, None)
    if fact.type == "list":
        return _tick(turn, fact, words[2])
    values: list[Json] = [True, False] if fact.type == "yes_no" else list(fact.options)
    if fact.type == "month" and turn.promotion:
        values = [draw.period for draw in turn.promotion.draws]
    if not words[2].isdecimal() or int(words[2]) >= len(values):
        return out_of_date(turn)
    return _keep(turn, fact.fact, values[int(words[2])])


def typed(turn: Turn) -> Outcome:
    """A typed answer to the question that was asked last."""
    promotion, name = turn.promotion, _current(turn)
    fact = _fact(turn, name) if name else None
    if promotion is None or fact is None:
        return _next(turn)
    if fact.type == "table":
        rows = read_rows(turn, promotion, fact.fact)
        return _keep(turn, fact.fact, rows) if not isinstance(rows, Phrase) else _ask(turn, fact, rows)
    understood = asking.read(fact, turn.incoming.text, promotion, promotion.day(turn.now))
    if understood.wrong is None:
        return _keep(turn, fact.fact, understood.value)
    if turn.incoming.text.rstrip().endswith("?"):
        return _aside(turn, fact)
    return _ask(turn, fact, understood.wrong)


def _aside(turn: Turn, fact: FactQuestion) -> Outcome:
    """A question about the rules in the middle: it is answered, and then ours is asked again."""
    answered = rules.ask_about(turn, turn.incoming.text)
    again = _ask(replace(turn, conversation=answered.conversation), fact)
    return Outcome(again.conversation, (*answered.says, *again.says), answered.effects)


def back(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """The question before this one, its answer forgotten."""
    check = _check(turn)
    if check is None or words[:1] != (check["run"],):
        return out_of_date(turn)
    asked = cast(list[str], check["asked"])
    facts = dict(cast(Mapping[str, Json], check["facts"]))
    if not asked:
        return choose(turn, ())
    facts.pop(asked[-1], None)
    return _next(turn.slots(check={**check, "facts": facts, "asked": asked[:-1]}))


def correct(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """Another answer to one question: `factfix.<run>.<fact>`; without a fact, the list of answers given."""
    check, promotion = _check(turn), turn.promotion
    if check is None or promotion is None or words[:1] != (check["run"],):
        return out_of_date(turn)
    asked, facts = cast(list[str], check["asked"]), dict(cast(Mapping[str, Json], check["facts"]))
    if len(words) == 1:
        lines = [
            say(
                "check.given",
                question=promotion.wording.facts[name].ask,
                answer=asking.shown(promotion, name, facts.get(name)),
            )
            for name in asked
        ]
        options = [
            Option(f"factfix.{check['run']}.{name}", say("check.fix", number=number))
            for number, name in enumerate(asked, 1)
        ]
        return turn.done(Outgoing((say("check.fix_which"), citing.lines(lines)), (*options, STOP)))
    if words[1] not in asked:
        return out_of_date(turn)
    facts.pop(words[1], None)
    return _next(turn.slots(check={**check, "facts": facts, "asked": [name for name in asked if name != words[1]]}))


def stop(turn: Turn, _: tuple[str, ...]) -> Outcome:
    return turn.slots(check=None).at("rules", "ask").done(Outgoing((say("check.stopped"),), (MENU,)))


def _next(turn: Turn) -> Outcome:
    check, promotion = _check(turn), turn.promotion
    if check is None or promotion is None:
        return choose(turn, ())
    question, facts = str(check["question"]), cast(Mapping[str, Json], check["facts"])
    wanted = questions(promotion, question, facts)
    wanted = tuple(fact for fact in wanted if fact.fact in promotion.wording.facts)
    if not wanted:
        return _tell(turn, promotion, judge(promotion, question, facts, turn.now))
    turn = turn.slots(check={**check, "current": wanted[0].fact, "ticked": []})
    return _ask(turn, wanted[0])


def _ask(turn: Turn, fact: FactQuestion, wrong: Phrase | None = None) -> Outcome:
    check, promotion = _check(turn), turn.promotion
    assert check is not None
    assert promotion is not None
    run, words = check["run"], promotion.wording.facts[fact.fact]
    values: list[Phrase] = []
    if fact.type == "yes_no":
        values = [say("button.yes"), say("button.no")]
    elif fact.type == "month" and promotion.draws:
        values = [citing.month(draw.period) for draw in promotion.draws]
    elif fact.type in ("choice", "list"):
        ticked = cast(list[str], check.get("ticked") or [])
        values = [
            say("check.ticked" if value in ticked else "button.clause", label=words.options[value])
            for value in fact.options
        ]
    options = [Option(f"fact.{run}.{fact.fact}.{n}", label) for n, label in enumerate(values)]
    if fact.type == "list":
        options.append(Option(f"fact.{run}.{fact.fact}.done", say("button.done")))
    options.append(Option(f"fact.{run}.{fact.fact}.skip", say("button.dont_know")))
    if check["asked"]:
        options.append(Option(f"factback.{run}", say("button.back")))
    lead = say("check.ask", ask=words.ask)
    parts = tuple(part for part in (wrong, lead) if part)
    numbers = fact.type not in ("number", "date", "moment", "table", "text")
    return turn.at("eligibility", "answer").done(Outgoing(parts, (*options, STOP), numbers=numbers))


def _tick(turn: Turn, fact: FactQuestion, word: str) -> Outcome:
    check = _check(turn)
    assert check is not None
    ticked = list(cast(list[str], check.get("ticked") or []))
    if word == "done":
        return _keep(turn, fact.fact, cast(Json, ticked))
    if not word.isdecimal() or int(word) >= len(fact.options):
        return out_of_date(turn)
    value = fact.options[int(word)]
    ticked = [each for each in ticked if each != value] if value in ticked else [*ticked, value]
    return _ask(turn.slots(check={**check, "ticked": ticked}), fact)


def _keep(turn: Turn, name: str, value: Json) -> Outcome:
    check = _check(turn)
    assert check is not None
    facts = {**cast(Mapping[str, Json], check["facts"]), name: value}
    asked = [*(n for n in cast(list[str], check["asked"]) if n != name), name]
    return _next(turn.slots(check={**check, "facts": facts, "asked": asked, "current": None}))


def _tell(turn: Turn, promotion: Promotion, verdict: Verdict) -> Outcome:
    """The verdict: the answer, then each criterion, first what can still be changed, then what to do next."""
    check = _check(turn)
    assert check is not None
    ended = promotion.state(turn.now) == "ended"
    key = verdict.answer.replace(" ", "_") + (
        "" if verdict.answer != "cannot say" else f"_{verdict.reason or 'rules_silent'}"
    )
    head = say(f"verdict.{key}", question=promotion.wording.questions[verdict.question].title)
    parts: list[Phrase] = [head]
    named = [finding for finding in verdict.findings if finding.criterion in promotion.wording.criteria]
    if named:
        parts.append(citing.lines([_line(promotion, finding) for finding in named]))
    elif verdict.clauses:
        parts.append(say("verdict.clauses", places=citing.places(verdict.clauses)))
    if isinstance(verdict.month, str):
        parts.append(say("verdict.month", month=citing.month(verdict.month)))
    elif isinstance(verdict.month, Unknown):
        parts.append(say("verdict.month_open"))
    if any(finding.changeable and finding.status != "met" for finding in verdict.findings):
        parts.append(say("verdict.changeable"))
    elif ended and verdict.question in ("draw", "participant", "chance", "discount"):
        parts.append(say("verdict.ended"))
    clause = next((c for c in verdict.clauses if c in promotion.rulebook), None)
    options = [Option("check", say("button.other_question"))]
    if check["asked"]:
        options.insert(0, Option(f"factfix.{check['run']}", say("button.fix")))
    if clause:
        label = promotion.rulebook.cite(clause).label
        options.insert(
            0, Option(f"clause.{promotion.slug}.{citing.index(promotion, clause)}", say("button.clause", label=label))
        )
    if verdict.answer == "cannot say":
        options.append(PERSON)
    effect = Audited("checked", f"{promotion.slug} {verdict.question} {verdict.answer}")
    return turn.at("rules", "ask").done(Outgoing(tuple(parts), (*options, MENU)), effects=(effect,))


def _line(promotion: Promotion, finding: Finding) -> Phrase:
    return say(
        SIGNS[finding.status],
        criterion=promotion.wording.criteria[finding.criterion],
        places=citing.places(finding.clauses),
    )


def _check(turn: Turn) -> dict[str, Json] | None:
    check = turn.conversation.slots.get("check")
    return check if isinstance(check, dict) and turn.promotion else None


def _current(turn: Turn) -> str | None:
    check = _check(turn)
    current = check.get("current") if check else None
    return str(current) if current else None


def _fact(turn: Turn, name: str | None) -> FactQuestion | None:
    return rulings(turn.promotion).facts.get(name) if turn.promotion and name else None


def out_of_date(turn: Turn) -> Outcome:
    return turn.done(Outgoing((say("start.out_of_date"),), (MENU,)))


def check(turn: Turn, words: tuple[str, ...]) -> Outcome:
    return begin(turn, words) if words else choose(turn, ())


SCENE = Scene(
    "eligibility",
    steps={"answer": typed},
    options={"check": check, "fact": answer, "factback": back, "factfix": correct, "checkstop": stop},
)
