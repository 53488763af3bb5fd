"""Questions about the rules: a free text is answered with the sentences it asks for, or honestly not.

Not here: how a reply looks (see reply.py), finding (see domain/search/), what a talk remembers (see memory.py). Nothing is stated here
that is not cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dialogs import citing, opening
from dialogs.conversation import Conversation
from dialogs.masking import mask_person
from dialogs.menu import MENU, PERSON, PROMOTIONS, menu, other_language, promotions
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.rules import answers, browsing, memory, reply, understanding
from dialogs.rules.reply import Sentence
from dialogs.turn import Entry, Outcome, QuestionAsked, ReplyKind, Scene, Turn, with_promotion
from domain.promotion import Promotion
from domain.search.finder import FLOOR, Hit, SearchResult
from domain.search.parts import parts

READ = 600
"""Characters of a question that are searched: the beginning and the end of a long story hold the question."""


def ask(turn: Turn) -> Outcome:
    """A free text. It may name a promotion, be a greeting, or a question; the talk's promotion is meant unless it names another."""
    text = turn.incoming.text
    turn, before = switch(turn)
    if turn.promotion and turn.library.only_names(text, turn.promotion.slug):
        return (about(turn) if turn.conversation.language else opening.greet(turn)).replied(None, function="promotions")
    return ask_about(turn.slots(pending=None), text, before) if turn.promotion else _without_promotion(turn)


def switch(turn: Turn) -> tuple[Turn, Promotion | None]:
    """The turn in the promotion that its text names, and the one before if that was another."""
    before = turn.promotion
    named = turn.library.named(turn.incoming.text, before.slug if before else None)
    if named is None or (before is not None and before.slug == named):
        return turn, None
    return turn.with_(promotion=named), before


def about(turn: Turn) -> Outcome:
    """The promotion has just become known: the question that waited for it is answered, else the promotion is introduced."""
    pending = turn.conversation.slots.get("pending")
    turn = turn.slots(pending=None)
    return ask_about(turn, str(pending)) if pending else opening.welcome(turn)


def ask_about(turn: Turn, text: str, before: Promotion | None = None) -> Outcome:
    """A question about the talk's promotion. `before` is the one that the talk was about until this text named another."""
    promotion = turn.promotion
    assert promotion is not None
    head, more = aloud(promotion, before)
    question = shorten(text)
    if before is None and (outcome := _why(turn, promotion, question)):
        return outcome
    question, result = understanding.understood(turn, promotion, question, fresh=before is not None)
    pieces = parts(question)
    counted = understanding.counted_term(turn, promotion, result, question)
    found = understanding.several(turn, promotion, pieces, result) if len(pieces) > 1 and not counted else []
    if len(found) < 2:
        if result.kind == "choose" and counted is None:
            return _which(turn, promotion, result, question)
        if result.kind != "answer" and counted is None:
            return _not_answered(turn, promotion, result, question, head, more)
        hits = result.hits[:2] if result.both else result.hits[:1]
        first = counted or understanding.sided(turn, promotion, hits[0], question, result)
        found = [first] if counted else [first, *(Sentence(hit, question) for hit in hits[1:])]
    silent = all(answer.hit.silent for answer in found)
    asked = _asked(turn, promotion, question, "rules_silent" if silent else "answer", [each.hit for each in found])
    return reply.tell(turn, promotion, found, (asked,), kind="silent" if silent else "answer", head=head, more=more)


def aloud(promotion: Promotion, before: Promotion | None) -> tuple[list[Phrase], list[Option]]:
    """Another promotion is answered aloud, with one tap to stay with the one before."""
    if before is None:
        return [], []
    return [say("answer.other_promotion", promotion=promotion.name)], [
        Option(f"promotion.{before.slug}", say("answer.stay"))
    ]


def _why(turn: Turn, promotion: Promotion, question: str) -> Outcome | None:
    """«Почему?»: the organiser's words behind the answer just given; the rules give no other reason."""
    last = reply.last(turn)
    if last is None or not memory.asks_why(question) or last[0] is not promotion:
        return None
    numbers = [number for answer in last[1] for number in answer.hit.clauses if number in promotion.rulebook][:2]
    if not numbers:
        return None
    quotes = [part for number in numbers for part in citing.quotation(promotion, number, turn.language)]
    said = turn.done(Outgoing((say("reply.why", place=citing.cite_all(numbers)), *quotes), (PERSON, MENU)))
    return said.replied("answer", tuple(numbers))


def _asked(turn: Turn, promotion: Promotion, question: str, result: str, hits: Sequence[Hit]) -> QuestionAsked:
    numbers = tuple(dict.fromkeys(number for hit in hits for number in hit.clauses))
    return QuestionAsked(turn.token, promotion.slug, turn.language, mask_person(question), result, numbers)


_GREETING = re.compile(
    r"^\W*(?:с[аә]лем\w*(?:\s+бе)?|салам\w*|ассалау\w*|сәлеметсі[зң]\s+бе|здравствуй\w*|здрасьте|привет\w*|добр\w+\s+(?:утро|день|вечер)|қайырлы\s+\w+)"
    r"[\s,.!)]+(?=\S+\s+\S+)",
    re.IGNORECASE,
)


def shorten(text: str) -> str:
    """The question without the greeting before it, and of a long story its beginning and end."""
    text = f"{_GREETING.sub('', text[:READ])}{text[READ:]}"
    return text if len(text) <= READ else f"{text[: READ * 2 // 3]} {text[-READ // 3 :]}"


def _without_promotion(turn: Turn) -> Outcome:
    """No promotion is known: a greeting is greeted, a question is kept until it is known which promotion it is about."""
    kind = turn.library.talk(turn.incoming.text)
    if kind is not None and kind != "person":
        if opening.is_new(turn):
            return opening.greet(turn)
        if kind != "greeting":
            options = (PROMOTIONS, other_language(turn.language), MENU)
            return turn.done(Outgoing((_word(kind),), options)).replied(_small(kind))
        return opening.choose_promotion(turn)
    return which_promotion(turn.slots(pending=shorten(turn.incoming.text)))


def which_promotion(turn: Turn) -> Outcome:
    """The question stays pending until it is known which promotion it is about."""
    offer = promotions(turn.library.promotions, turn.now)
    options = offer if turn.conversation.chosen else (*offer, other_language(turn.language))
    return turn.at("start", "promotion").done(Outgoing((say("rules.which_promotion"),), options)).replied("ask")


def _which(turn: Turn, promotion: Promotion, result: SearchResult, question: str) -> Outcome:
    """A word or two that may ask for several things: the answers themselves, one a line, and a button for each clause."""
    lines, numbers = [], []
    for hit in result.hits[:3]:
        point = promotion.point(hit.point) if hit.point else None
        sentence = point.say if point else promotion.rulebook.cite(hit.clauses[-1]).answer
        name = point.about if point else promotion.rulebook.cite(hit.clauses[-1]).title
        lines.append(say("rules.meant_line", label=name, title=sentence, place=citing.cite_all(hit.clauses[:2])))
        numbers += [number for number in hit.clauses[-1:] if number not in numbers]
    buttons = [answers.button(promotion, promotion.rulebook.cite(number)) for number in numbers]
    asked = _asked(turn, promotion, question, "choose", result.hits)
    turn = turn.slots(asked={**answers.asked_of(turn), answers.CHOICE: turn.token}, last=None)
    outgoing = Outgoing((say("rules.meant"), citing.lines(lines)), (*buttons, Option("else", say("button.else")), MENU))
    return turn.at("rules", "ask").done(outgoing, effects=(asked,)).replied("choice", result.clauses)


def _not_answered(
    turn: Turn,
    promotion: Promotion,
    result: SearchResult,
    question: str,
    head: Sequence[Phrase],
    more: Sequence[Option],
) -> Outcome:
    asked = _asked(turn, promotion, question, result.kind, result.hits[:1])
    if result.kind == "rules_silent":
        return _silent(turn, promotion, result, question, (asked,), head, more)
    if result.kind in ("unsure", "person"):
        return _not_found(turn, promotion, result, question, (asked,), head, more)
    if opening.is_new(turn):
        return opening.greet(turn)
    turn = answers.leave(turn)
    effects = (asked,) if result.kind == "offtopic" else ()
    options = menu(turn) if result.kind == "greeting" else (MENU,)
    said = turn.done(Outgoing((_word(result.kind),), options), effects=effects)
    return said.replied(_small(result.kind))


def _silent(
    turn: Turn,
    promotion: Promotion,
    result: SearchResult,
    question: str,
    effects: tuple[QuestionAsked, ...],
    head: Sequence[Phrase],
    more: Sequence[Option],
) -> Outcome:
    """The rules are known not to say it."""
    hit = next((hit for hit in result.hits[:1] if hit.silent), None)
    if hit is None:
        parts_ = (*head, say("rules.silent", promotion=promotion.name), say("rules.silent_person"))
        return answers.leave(turn).done(Outgoing(parts_, (*more, PERSON, MENU)), effects=effects).replied("silent")
    found = [Sentence(hit, question)]
    return reply.tell(turn, promotion, found, effects, kind="silent", head=head, more=(*more, PERSON))


def _not_found(
    turn: Turn,
    promotion: Promotion,
    result: SearchResult,
    question: str,
    effects: tuple[QuestionAsked, ...],
    head: Sequence[Phrase],
    more: Sequence[Option],
) -> Outcome:
    """Not found is not the same as not written. After two misses in a row: other words, sections, the organiser, a person."""
    missed = turn.conversation.slots.get("misses")
    count = (missed if isinstance(missed, int) else 0) + 1
    sections = Option("rules", say("button.rules"))
    if count >= 2:
        contacts = citing.facts(promotion, "contacts")
        turn = answers.leave(turn).slots(misses=count)
        outgoing = Outgoing((*head, say("answer.not_found_twice"), *contacts), (*more, sections, PERSON, MENU))
        return turn.done(outgoing, effects=effects).replied("unsure")
    near = result.hits[0] if result.hits and result.confidence >= FLOOR else None
    if near is None:
        turn = answers.leave(turn).slots(misses=count)
        outgoing = Outgoing((*head, say("answer.not_found")), (*more, sections, PERSON, MENU))
        return turn.done(outgoing, effects=effects).replied("unsure")
    lead = (*head, say("answer.not_found_best"))
    told = reply.tell(
        turn, promotion, [Sentence(near, question)], effects, kind="unsure", head=lead, more=(*more, PERSON)
    )
    return Outcome(_counting(told, count), told.says, told.effects)


def _counting(told: Outcome, count: int) -> Conversation:
    return replace(told.conversation, slots={**told.conversation.slots, "misses": count})


def _word(kind: str) -> Phrase:
    return say(f"rules.{kind}") if kind in ("offtopic", "smalltalk") else say(f"small.{kind}")


def _small(kind: str) -> ReplyKind:
    return "unsure" if kind == "offtopic" else "small"


def again(turn: Turn) -> Outcome | None:
    """The last answer, or the last question back, once more in the language just chosen; None where the last thing said was neither."""
    if turn.conversation.slots.get("pending") and turn.promotion is None:
        return which_promotion(turn)
    kept = turn.conversation.slots.get("last")
    if not isinstance(kept, dict) or turn.conversation.scene != "rules":
        return None
    if last := reply.last(turn):
        return reply.tell(turn, *last, kind="silent" if last[1][0].hit.silent else "answer")
    promotion = turn.library.promotions.get(str(kept.get("promotion")))
    number = kept.get("clause")
    if promotion is None or not isinstance(number, str) or number not in promotion.rulebook:
        return None
    return answers.tell(turn, promotion, number)


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
