"""May I take part: one short question at a time, with the way back, to correct, to skip and to stop.

Not here: judging (see domain/eligibility.py); the words of questions to the promotion's wording, reading answers (see reading.py);
telling the answer (see verdicts.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from dialogs import citing, interruption, opening
from dialogs.conversation import Json
from dialogs.eligibility import progress as checks
from dialogs.eligibility import reading as asking
from dialogs.eligibility.steps import STOP, ask, next_step
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.purchases import read_rows
from dialogs.turn import Awaited, Entry, Outcome, Scene, Turn, with_promotion
from domain.eligibility import FactQuestion, outdated, questions_of, rulings
from domain.facts import key
from domain.promotion import Promotion
from domain.spoken.facts import FactsRead, read_heard
from domain.spoken.heard import Hearing, hear
from domain.spoken.own_question import facts_of, own_question

_STOPS = "отмена, хватит, стоп, достаточно, выйти, не хочу отвечать, болды жетер, жетер, тоқта, тоқтат, доғар, керек емес, stop"
_LEAVING = frozenset(map(key, _STOPS.split(",")))
ANSWER_WORDS = 5
"""A text with a question mark and more words than this is no answer, even if a day or a number stands in it."""


def leaves(text: str) -> bool:
    """Whether a whole text only says to leave the check."""
    return key(text.strip(" .!")) in _LEAVING


def choose(turn: Turn) -> Outcome:
    """Which question: taking part comes first, then what winners ask."""
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    words = promotion.wording.questions
    options = [
        Option(
            f"check.{promotion.slug}.{name}",
            say("button.clause", label=words[name].label),
            say("button.clause", label=words[name].title),
        )
        for name in (*questions_of(promotion), *rulings(promotion).silent)
        if name in words
    ]
    return turn.done(Outgoing((say("check.which", promotion=promotion.name),), (*options, MENU))).replied("ask")


def begin(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.library.promotions.get(words[0]) if len(words) == 2 else None
    if promotion is None or words[1] not in promotion.wording.questions:
        return out_of_date(turn)
    check: Json = {
        "promotion": promotion.slug,
        "question": words[1],
        "facts": {},
        "asked": [],
        "run": turn.token[:6],
    }
    return next_step(turn.with_(promotion=promotion.slug).slots(check=check))


def answer(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """A tap on an answer: `fact.<run>.<fact>.<n>`, n an option, `skip`, or for a list `done`."""
    fact = checks.fact(turn, words[1]) if len(words) == 3 and checks.is_run(turn, words) else None
    if fact is None or fact.fact != checks.current(turn):
        return out_of_date(turn)
    if words[2] == "skip":
        return _keep(turn, {fact.fact: None})
    if fact.type == "list":
        return _tick(turn, fact, words[2])
    values = checks.values(turn, fact)
    if not words[2].isdecimal() or int(words[2]) >= len(values):
        return out_of_date(turn)
    value = values[int(words[2])]
    return _keep(turn, {fact.fact: asking.none(fact) if value == asking.NONE and fact.type != "choice" else value})


def typed(turn: Turn) -> Outcome:
    """A typed answer: every fact that it states is taken, not only the one that was asked for last. A question about the rules is
    answered, and then ours is asked again."""
    promotion, fact = turn.promotion, checks.fact(turn, checks.current(turn))
    if promotion is None or fact is None:
        return interruption.ask(turn)
    text = turn.incoming.text
    if leaves(text):
        return stop(turn)
    heard, said, understood = _heard(turn, promotion, fact)
    if fact.type == "table" and (understood.wrong or understood.value not in (None, asking.none(fact))):
        understood = _rows(turn, promotion, fact, said)
    more = (
        _more(turn, fact, said) if understood.value is None or understood.wrong else _more(turn, fact, said, understood)
    )
    asks = text.rstrip().endswith("?")
    if (asks and len(text.split()) > ANSWER_WORDS and not own_question(promotion, heard, said.values)) or (
        understood.wrong is not None and (asks or not more) and interruption.is_question(turn, promotion)
    ):
        return interruption.answer(turn, lambda later: ask(later, fact))
    if understood.wrong is not None:
        return _keep(turn, more) if more else ask(turn, fact, understood.wrong)
    return _keep(turn, {**more, fact.fact: understood.value})


def _heard(turn: Turn, promotion: Promotion, fact: FactQuestion) -> tuple[Hearing, FactsRead, asking.Understood]:
    """The text as all readers see it, the facts that it states, and what it answers to this question: read once a turn."""

    def read() -> tuple[Hearing, FactsRead, asking.Understood]:
        text, today = turn.incoming.text, promotion.day(turn.now)
        heard = hear(promotion, text, today)
        said = read_heard(heard)
        return heard, said, asking.answer(fact, text, promotion, today, said)

    return turn.once(("answer", promotion.slug, fact.fact, turn.incoming.text), read)


def _rows(turn: Turn, promotion: Promotion, fact: FactQuestion, said: FactsRead) -> asking.Understood:
    """The rows of a table: line by line as an answer, else as a sentence tells them."""
    rows = read_rows(turn, promotion, fact.fact)
    if not isinstance(rows, Phrase):
        return asking.Understood(rows)
    told = said.values.get(fact.fact)
    return asking.Understood(told) if told else asking.Understood(wrong=rows)


_COUNTED = ("date", "moment", "month", "number", "table")


def _more(
    turn: Turn, fact: FactQuestion, said: FactsRead, answered: asking.Understood | None = None
) -> dict[str, Json]:
    """What a text says beside the answer to the question: facts that this check turns on and does not know yet.

    A day or number that was the answer is not taken for another fact.
    """
    check, known = checks.under_way(turn), rulings(turn.promotion).facts if turn.promotion else {}
    assert check is not None
    assert turn.promotion is not None
    turning = facts_of(rulings(turn.promotion).questions[str(check["question"])])
    return {
        name: value
        for name, value in said.values.items()
        if name != fact.fact
        and name in turning
        and name in known
        and name in turn.promotion.wording.facts
        and name not in checks.facts(check)
        and not (answered and fact.type in _COUNTED and known[name].type in _COUNTED)
    }


def take_rows(turn: Turn, rows: Sequence[Mapping[str, Json]], wrong: Sequence[Phrase]) -> Outcome:
    """The rows of a file as the answer to the question that was asked last; where some could not be read, nothing is taken."""
    fact = checks.fact(turn, checks.current(turn))
    assert fact is not None
    if wrong or not rows:
        return ask(turn, fact, *(wrong or [say("check.wrong_text")]))
    return _keep(turn, {fact.fact: [dict(row) for row in rows]})


def back(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """The question before this one, its answer forgotten; from a correction, to where it was begun."""
    check = checks.under_way(turn)
    if check is None or not checks.is_run(turn, words) or len(words) > 1:
        return out_of_date(turn)
    asked, facts = checks.asked(check), dict(checks.facts(check))
    if check.get("fixing") or not asked:
        return next_step(turn.slots(check={**check, "fixing": False})) if asked else choose(turn)
    facts.pop(asked[-1], None)
    return next_step(turn.slots(check={**check, "facts": facts, "asked": asked[:-1]}))


def correct(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """Another answer to one question: `factfix.<run>.<fact>`; without a fact, the list of answers given."""
    check, promotion = checks.under_way(turn), turn.promotion
    if check is None or promotion is None or not checks.is_run(turn, words) or len(words) > 2:
        return out_of_date(turn)
    asked, facts = checks.asked(check), checks.facts(check)
    if len(words) == 1:
        lines = [
            say(
                "check.given_line",
                number=number,
                question=asking.short(promotion.wording.facts[name].ask),
                answer=asking.shown(promotion, name, facts.get(name)),
            )
            for number, name in enumerate(asked, 1)
        ]
        options = [
            Option(f"factfix.{check['run']}.{name}", say("check.fix", number=number))
            for number, name in enumerate(asked, 1)
        ]
        return turn.done(
            Outgoing((say("check.fix_which"), *([citing.lines(lines)] if lines else [])), (*options, STOP))
        ).replied("ask")
    fact = checks.fact(turn, words[1])
    if fact is None or fact.fact not in asked:
        return out_of_date(turn)
    return ask(turn.slots(check={**check, "current": fact.fact, "ticked": [], "fixing": True}), fact)


def stop(turn: Turn) -> Outcome:
    options = (Option("check", say("button.other_question")), MENU)
    return turn.slots(check=None).at("rules", "ask").done(Outgoing((say("check.stopped"),), options))


def _tick(turn: Turn, fact: FactQuestion, word: str) -> Outcome:
    check = checks.under_way(turn)
    assert check is not None
    ticked = list(cast(list[str], check.get("ticked") or []))
    if word == "done":
        return _keep(turn, {fact.fact: cast(Json, ticked)})
    if not word.isdecimal() or int(word) >= len(fact.options):
        return out_of_date(turn)
    value = fact.options[int(word)]
    ticked = [each for each in ticked if each != value] if value in ticked else [*ticked, value]
    return ask(turn.slots(check={**check, "ticked": ticked}), fact)


def _keep(turn: Turn, values: Mapping[str, Json]) -> Outcome:
    """Answers, each in its old place where it corrects one; answers that were only asked for because of the old one go."""
    check, promotion = checks.under_way(turn), turn.promotion
    assert check is not None
    assert promotion is not None
    facts = {**checks.facts(check), **values}
    while gone := outdated(promotion, facts):
        facts = {fact: given for fact, given in facts.items() if fact not in gone}
    asked = [fact for fact in dict.fromkeys([*checks.asked(check), *values]) if fact in facts]
    return next_step(turn.slots(check={**check, "facts": facts, "asked": asked, "current": None, "fixing": False}))


def awaits(turn: Turn) -> Awaited | None:
    """An answer to the question that was asked last; where any text is one, nothing typed is taken for an answer in advance."""
    promotion, fact = turn.promotion, checks.fact(turn, checks.current(turn))
    if promotion is None or fact is None:
        return None
    text = turn.incoming.text
    _, said, understood = _heard(turn, promotion, fact)
    answered = understood.wrong is None or bool(_more(turn, fact, said)) or key(text.strip(" .!")) in _LEAVING
    return Awaited(answered and fact.type != "text", lambda later: ask(later, fact))


SCENE = Scene(
    "eligibility",
    steps={"answer": typed},
    options={"check": begin, "fact": answer, "factback": back, "factfix": correct},
    plain={"check": choose, "checkstop": stop},
    awaits=awaits,
    entries=(
        Entry(
            "check",
            say("button.eligible"),
            say("hint.eligible"),
            words="могу ли участвовать, могу ли я участвовать, участвую ли я, қатыса аламын ба, қатысамын ба, check",
            command="check",
            rank=30,
            shown=with_promotion,
        ),
    ),
)
