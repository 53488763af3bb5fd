"""Questions about the rules: the answer with the clause it stands on, or that the rules don't say.

Leaves finding the clause to `domain.search` and how a clause is shown to `citing`. Nothing is stated here that is not cited.
"""

from __future__ import annotations

import re

from dialogs import citing, opening, support
from dialogs.masking import mask_person
from dialogs.menu import MENU, PERSON, PROMOTIONS, menu, other_language, promotions
from dialogs.messages import Option, Outgoing, say
from dialogs.rules import answers, browsing
from dialogs.turn import Entry, Outcome, QuestionAsked, ReplyKind, Scene, Turn, with_promotion
from domain.promotion import Promotion
from domain.search.finder import SearchResult

READ = 600
"""Characters of a question that are searched: the beginning and the end of a long story hold the question."""


def ask(turn: Turn) -> Outcome:
    """A free text. It may name a promotion, be a greeting, or a question; the talk's promotion is meant unless it names another."""
    text = turn.incoming.text
    if turn.conversation.handoff is not None:
        return support.waiting(turn)
    named = turn.library.named(text, plainly=turn.conversation.promotion is not None)
    if named:
        turn = turn.with_(promotion=named)
        if turn.library.only_names(text, named):
            return (about(turn) if turn.conversation.language else opening.greet(turn)).replied(
                None, function="promotions"
            )
    turn = turn.hearing(shorten(text))
    return ask_about(turn.slots(pending=None), text) if turn.promotion else _without_promotion(turn)


def about(turn: Turn) -> Outcome:
    """The promotion has just become known: the question that waited for it is answered, else the promotion is introduced."""
    pending = turn.conversation.slots.get("pending")
    turn = turn.slots(pending=None)
    return ask_about(turn, str(pending)) if pending else opening.welcome(turn)


def ask_about(turn: Turn, text: str) -> Outcome:
    """A question about the talk's promotion."""
    promotion = turn.promotion
    assert promotion is not None
    question = shorten(text)
    finding = turn.library.find(promotion.slug, question)
    if finding.kind == "person":
        return support.call(turn)
    if not finding.answered:
        return _not_answered(turn, promotion, finding, question)
    numbers = tuple(scored.number for scored in finding.clauses)
    asked = QuestionAsked(turn.token, promotion.slug, turn.language, mask_person(question), finding.kind, numbers)
    if finding.kind == "choose":
        return _which(
            turn.slots(asked={**answers.asked_of(turn), answers.CHOICE: turn.token}), promotion, numbers, (asked,)
        )
    name = f"{promotion.slug}.{citing.index(promotion, finding.best)}"
    return answers.tell(turn.slots(asked=answers.remember(turn, name, turn.token)), promotion, finding.best, (asked,))


_GREETING = re.compile(
    r"^\W*(?:с[аә]лем\w*(?:\s+бе)?|салам\w*|ассалау\w*|сәлеметсі[зң]\s+бе|здравствуй\w*|здрасьте|привет\w*|добр\w+\s+(?:утро|день|вечер)|қайырлы\s+\w+)"
    r"[\s,.!)]+(?=\S+\s+\S+)",
    re.IGNORECASE,
)


def shorten(text: str) -> str:
    """The question without the greeting before it, and of a long story its beginning and end."""
    text = _GREETING.sub("", text)
    return text if len(text) <= READ else f"{text[: READ * 2 // 3]} {text[-READ // 3 :]}"


def _without_promotion(turn: Turn) -> Outcome:
    """No promotion is known: a greeting is greeted, a question is kept until it is known which promotion it is about."""
    kind = turn.library.talk(turn.incoming.text)
    if kind == "person":
        return support.call(turn)
    if kind is not None:
        if opening.is_new(turn):
            return opening.greet(turn)
        if kind != "greeting":
            options = (PROMOTIONS, other_language(turn.language), MENU)
            return turn.done(Outgoing((say(f"rules.{kind}"),), options)).replied(_small(kind))
        return opening.choose_promotion(turn)
    return which_promotion(turn.slots(pending=shorten(turn.incoming.text)))


def which_promotion(turn: Turn) -> Outcome:
    """The question stays pending until it is known which promotion it is about."""
    offer = promotions(turn.library.promotions, turn.now)
    options = offer if turn.conversation.chosen else (*offer, other_language(turn.language))
    return turn.at("start", "promotion").done(Outgoing((say("rules.which_promotion"),), options)).replied("ask")


def _which(turn: Turn, promotion: Promotion, numbers: tuple[str, ...], effects: tuple[QuestionAsked, ...]) -> Outcome:
    """Two clauses are close: the person says which one is meant."""
    clauses = [promotion.rulebook.cite(number) for number in numbers]
    lines = [say("rules.meant_line", label=c.label, place=citing.cite_clause(c), title=c.title) for c in clauses]
    options = (*(answers.button(promotion, clause) for clause in clauses), Option("else", say("button.else")), MENU)
    outgoing = Outgoing((say("rules.meant"), citing.lines(lines)), options)
    return turn.slots(last=None).at("rules", "ask").done(outgoing, effects=effects).replied("choice", numbers)


def _not_answered(turn: Turn, promotion: Promotion, finding: SearchResult, question: str) -> Outcome:
    nearest = (finding.best,) if finding.clauses else ()
    asked = QuestionAsked(turn.token, promotion.slug, turn.language, mask_person(question), finding.kind, nearest)
    if finding.kind != "rules_silent":
        if opening.is_new(turn):
            return opening.greet(turn)
        turn = answers.leave(turn)
        effects = (asked,) if finding.kind == "offtopic" else ()
        options = menu(turn) if finding.kind == "greeting" else (MENU,)
        return turn.done(Outgoing((say(f"rules.{finding.kind}"),), options), effects=effects).replied(
            _small(finding.kind)
        )
    parts = [say("rules.silent", promotion=promotion.name)]
    clauses = [promotion.rulebook.cite(number) for number in nearest]
    parts += [say("rules.nearest", place=citing.cite_clause(clause), title=clause.title) for clause in clauses]
    parts.append(say("rules.silent_person"))
    options = (*(answers.button(promotion, clause) for clause in clauses), PERSON, other_language(turn.language), MENU)
    return answers.leave(turn).done(Outgoing(tuple(parts), options), effects=(asked,)).replied("silent", nearest)


def _small(kind: str) -> ReplyKind:
    return "unsure" if kind == "offtopic" else "small"


def again(turn: Turn) -> Outcome | None:
    """The last answer, or the last question back, once more in the language just chosen; None where the last thing said was neither."""
    if turn.conversation.slots.get("pending") and turn.promotion is None:
        return which_promotion(turn)
    found = answers.clause_of(turn, tuple(str(turn.conversation.slots.get("last") or "").split(".")))
    if found is None or turn.conversation.scene != "rules":
        return None
    return answers.tell(turn, *found)


SCENE = Scene(
    "rules",
    steps={"ask": ask},
    options=browsing.OPTIONS,
    plain=browsing.PLAIN,
    entries=(
        Entry(
            "rules",
            say("button.rules"),
            say("hint.rules"),
            words="правила, ережелер, ереже, rules",
            command="rules",
            rank=10,
            shown=with_promotion,
        ),
        Entry("prizes", say("button.prizes"), say("hint.prizes"), rank=20, shown=with_promotion),
    ),
)
