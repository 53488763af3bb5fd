"""Questions about the rules: the answer with the clause it stands on, or that the rules don't say.

Leaves finding the clause to `domain.search` and how a clause is shown to `citing`. Nothing is stated here that is not cited.
"""

from __future__ import annotations

from dialogs import citing, opening, support
from dialogs.conversation import Json
from dialogs.masking import mask_person
from dialogs.menu import MENU, PERSON, PROMOTIONS, announce, menu, other_language, promotions
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Asked, Outcome, Scene, Turn, Voted
from domain.promotion import Promotion
from domain.rulebook import SECTIONS, Clause, Section
from domain.search import Finding

CHOICE = "choose"
"""Stands for the clause of an answer that is not chosen yet."""
READ = 600
"""Characters of a question that are searched: the beginning and the end of a long story hold the question."""
REMEMBERED = 12
"""Answers of a talk that can still be voted on."""


def ask(turn: Turn) -> Outcome:
    """A free text. It may name a promotion, be a greeting, or a question; the talk's promotion is meant unless it names another."""
    text = turn.incoming.text
    if turn.conversation.handoff is not None:
        return support.waiting(turn)
    named = turn.library.named(text, plainly=turn.conversation.promotion is not None)
    if named:
        turn = turn.with_(promotion=named)
        if turn.library.only_names(text, named):
            return about(turn) if turn.conversation.language else opening.greet(turn)
    turn = turn.hearing(turn.library.language(shorten(text)))
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
        return support.call(turn, ())
    if not finding.answered:
        return _not_answered(turn, promotion, finding, question)
    numbers = tuple(scored.number for scored in finding.clauses)
    asked = Asked(turn.token, promotion.slug, turn.language, mask_person(question), finding.kind, numbers)
    if finding.kind == "choose":
        return _which(turn.slots(asked={**_asked(turn), CHOICE: turn.token}), promotion, numbers, (asked,))
    name = f"{promotion.slug}.{citing.index(promotion, finding.best)}"
    return _answer(turn.slots(asked=_remember(turn, name, turn.token)), promotion, finding.best, (asked,))


def shorten(text: str) -> str:
    return text if len(text) <= READ else f"{text[: READ * 2 // 3]} {text[-READ // 3 :]}"


def _without_promotion(turn: Turn) -> Outcome:
    """No promotion is known: a greeting is greeted, a question is kept until it is known which promotion it is about."""
    kind = turn.library.talk(turn.incoming.text)
    if kind == "person":
        return support.call(turn, ())
    if kind is not None:
        if opening.is_new(turn):
            return opening.greet(turn)
        if kind != "greeting":
            return turn.done(Outgoing((say(f"rules.{kind}"),), (PROMOTIONS, other_language(turn.language), MENU)))
        return opening.choose_promotion(turn)
    return which_promotion(turn.slots(pending=shorten(turn.incoming.text)))


def which_promotion(turn: Turn) -> Outcome:
    """The question stays pending until it is known which promotion it is about."""
    offer = promotions(turn.library.promotions, turn.now)
    options = offer if turn.conversation.chosen else (*offer, other_language(turn.language))
    return turn.at("start", "promotion").done(Outgoing((say("rules.which_promotion"),), options))


def _answer(turn: Turn, promotion: Promotion, number: str, effects: tuple[Asked, ...] = ()) -> Outcome:
    clause = promotion.rulebook.cite(number)
    parts = citing.answer(promotion, clause, turn.language)
    if turn.conversation.slots.get("told") != promotion.slug:
        parts.append(announce(promotion, turn.now))
        turn = turn.slots(told=promotion.slug)
    name = f"{promotion.slug}.{citing.index(promotion, number)}"
    options = []
    if name in _asked(turn):
        options += [Option(f"vote.up.{name}", say("button.up")), Option(f"vote.down.{name}", say("button.down"))]
    if clause.text.is_translation(turn.language):
        options.append(Option(f"original.{name}", say("button.original")))
    options += [other_language(turn.language), MENU]
    return turn.slots(last=name).at("rules", "ask").done(Outgoing(tuple(parts), tuple(options)), effects=effects)


def _which(turn: Turn, promotion: Promotion, numbers: tuple[str, ...], effects: tuple[Asked, ...]) -> Outcome:
    """Two clauses are close: the person says which one is meant."""
    clauses = [promotion.rulebook.cite(number) for number in numbers]
    lines = [say("rules.meant_line", label=c.label, place=citing.place_of(c), title=c.title) for c in clauses]
    options = (*(_open(promotion, clause) for clause in clauses), Option("else", say("button.else")), MENU)
    outgoing = Outgoing((say("rules.meant"), citing.lines(lines)), options)
    return turn.slots(last=None).at("rules", "ask").done(outgoing, effects=effects)


def _open(promotion: Promotion, clause: Clause) -> Option:
    """The button that shows a clause."""
    id = f"clause.{promotion.slug}.{citing.index(promotion, clause.number)}"
    return Option(id, say("button.clause", label=clause.label), say("button.clause", label=clause.title))


def _not_answered(turn: Turn, promotion: Promotion, finding: Finding, question: str) -> Outcome:
    nearest = (finding.best,) if finding.clauses else ()
    asked = Asked(turn.token, promotion.slug, turn.language, mask_person(question), finding.kind, nearest)
    if finding.kind != "rules_silent":
        if opening.is_new(turn):
            return opening.greet(turn)
        turn = _leave(turn)
        effects = (asked,) if finding.kind == "offtopic" else ()
        options = menu(turn, turn.language) if finding.kind == "greeting" else (MENU,)
        return turn.done(Outgoing((say(f"rules.{finding.kind}"),), options), effects=effects)
    parts = [say("rules.silent", promotion=promotion.name)]
    clauses = [promotion.rulebook.cite(number) for number in nearest]
    parts += [say("rules.nearest", place=citing.place_of(clause), title=clause.title) for clause in clauses]
    parts.append(say("rules.silent_person"))
    options = (*(_open(promotion, clause) for clause in clauses), PERSON, other_language(turn.language), MENU)
    return _leave(turn).done(Outgoing(tuple(parts), options), effects=(asked,))


def again(turn: Turn) -> Outcome | None:
    """The last answer, or the last question back, once more in the language just chosen; None where the last thing said was neither."""
    if turn.conversation.slots.get("pending") and turn.promotion is None:
        return which_promotion(turn)
    found = _clause(turn, tuple(str(turn.conversation.slots.get("last") or "").split(".")))
    if found is None or turn.conversation.scene != "rules":
        return None
    return _answer(turn, *found)


def show_clause(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """A clause from a list; after "did you mean" it is the answer to that question, and voted on as such."""
    found = _clause(turn, words)
    if found is None:
        return _gone(turn)
    token = _asked(turn).get(CHOICE)
    return _answer(turn.slots(asked=_remember(turn, ".".join(words), token)) if token else turn, *found)


def show_original(turn: Turn, words: tuple[str, ...]) -> Outcome:
    found = _clause(turn, words)
    if not found:
        return _gone(turn)
    promotion, number = found
    return turn.done(Outgoing(citing.original(promotion, promotion.rulebook.cite(number), turn.language), (MENU,)))


def show_sections(turn: Turn, _: tuple[str, ...]) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    options = [
        Option(f"section.{promotion.slug}.{name}", say(f"section.{name}"))
        for name in SECTIONS
        if promotion.rulebook.section(name) or (name == "contacts" and promotion.contacts)
    ]
    parts = (say("rules.sections", promotion=promotion.name),)
    return _leave(turn).done(Outgoing(parts, (*options, MENU)))


def show_section(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.library.promotions.get(words[0]) if len(words) == 2 else None
    if promotion is None or words[1] not in SECTIONS:
        return _gone(turn)
    section: Section = words[1]
    facts = citing.facts(promotion, section)
    clauses = promotion.rulebook.section(section)
    options = [_open(promotion, clause) for clause in clauses]
    lead = say("rules.section", promotion=promotion.name, section=say(f"section.{section}"))
    more = (say("rules.choose_clause"),) if clauses else ()
    back = Option("rules", say("button.rules"))
    return _leave(turn).done(Outgoing((lead, *facts, *more), (*options, back, MENU)))


def show_prizes(turn: Turn, _: tuple[str, ...]) -> Outcome:
    if turn.promotion is None:
        return opening.choose_promotion(turn)
    return show_section(turn, (turn.promotion.slug, "prizes"))


def vote(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """👍 or 👎 under an answer of this talk; under anybody else's, or an old one, it is out of date."""
    asked, name = _asked(turn), ".".join(words[1:])
    token = asked.get(name)
    found = _clause(turn, words[1:])
    if len(words) != 3 or words[0] not in ("up", "down") or not token or not found:
        return _gone(turn)
    voted = Voted(token, "up" if words[0] == "up" else "down")
    if words[0] == "up":
        return turn.done(Outgoing((say("rules.liked"),), (MENU,)), effects=(voted,))
    promotion, number = found
    options = [_open(promotion, promotion.rulebook.cite(see)) for see in promotion.rulebook.cite(number).see]
    back = Option("rules", say("button.rules"))
    return turn.done(Outgoing((say("rules.disliked"),), (*options, back, PERSON, MENU)), effects=(voted,))


def something_else(turn: Turn, _: tuple[str, ...]) -> Outcome:
    return _leave(turn).done(Outgoing((say("rules.else"),), (Option("rules", say("button.rules")), PERSON, MENU)))


def _clause(turn: Turn, words: tuple[str, ...]) -> tuple[Promotion, str] | None:
    """The promotion and clause that `<slug>.<index>` names."""
    if len(words) != 2 or not words[1].isdecimal() or len(words[1]) > 4:
        return None
    promotion = turn.library.promotions.get(words[0])
    if promotion is None or int(words[1]) >= len(promotion.rulebook.clauses):
        return None
    return promotion, promotion.rulebook.clauses[int(words[1])].number


def _asked(turn: Turn) -> dict[str, str]:
    asked = turn.conversation.slots.get("asked")
    return {str(k): str(v) for k, v in asked.items()} if isinstance(asked, dict) else {}


def _remember(turn: Turn, name: str, token: str) -> dict[str, Json]:
    """The answers of this talk that can be voted on, with this one."""
    others = {each: token for each, token in _asked(turn).items() if each not in (name, CHOICE)}
    return dict([*others.items(), (name, token)][-REMEMBERED:])


def _leave(turn: Turn) -> Turn:
    """On to something else: no answer is to be said again, and a clause that is opened now answers no earlier question."""
    asked: dict[str, Json] = {name: token for name, token in _asked(turn).items() if name != CHOICE}
    return turn.at("rules", "ask").slots(last=None, asked=asked)


def _gone(turn: Turn) -> Outcome:
    return turn.done(Outgoing((say("start.out_of_date"),), (MENU,)))


SCENE = Scene(
    "rules",
    steps={"ask": ask},
    options={
        "rules": show_sections,
        "section": show_section,
        "prizes": show_prizes,
        "clause": show_clause,
        "original": show_original,
        "vote": vote,
        "else": something_else,
    },
)
