"""Questions about the rules: the answer with the clause it stands on, or that the rules don't say.

Leaves finding the clause to `domain.search` and how a clause is shown to `citing`. Nothing is stated here that is not cited.
"""

from __future__ import annotations

from dialogs import citing, opening, support
from dialogs.masking import mask_person
from dialogs.menu import MENU, PERSON, PROMOTIONS, menu, other_language, promotions, state
from dialogs.messages import Option, Outgoing, Phrase, say
from dialogs.turn import Asked, Outcome, Scene, Turn, Voted
from domain.promotion import Promotion
from domain.rulebook import SECTIONS, Language, Localized, Section
from domain.search import Finding

READ = 600
"""Characters of a question that are searched: the beginning and the end of a long story hold the question."""
REMEMBERED = 12
"""Answers of a talk that can still be voted on."""


def ask(turn: Turn) -> Outcome:
    """A free text. It may name a promotion, be a greeting, or a question; the talk's promotion is meant unless it names another."""
    text = turn.incoming.text
    known = turn.conversation.promotion
    named = turn.library.named(text, plainly=known is not None)
    slug = named or known
    language = turn.library.language(text)
    if turn.conversation.handoff is not None:
        return support.waiting(turn)
    if not turn.conversation.chosen and language:
        turn = turn.with_(language=language)
    if named:
        turn = turn.with_(promotion=named)
    if slug is None:
        return _without_promotion(turn, language)
    if named and turn.library.only_names(text, named):
        return opening.welcome(turn) if turn.conversation.language else opening.greet(turn)
    return ask_about(turn, text)


def ask_about(turn: Turn, text: str) -> Outcome:
    """A question about the talk's promotion."""
    promotion = turn.promotion
    assert promotion is not None
    question = shorten(text)
    finding = turn.library.find(promotion.slug, question)
    language = turn.library.language(question) or turn.language
    new = not turn.conversation.chosen
    if finding.kind == "person":
        return support.call(turn, ())
    if finding.kind == "greeting" and new:
        return opening.greet(turn)
    if not finding.answered:
        return _not_answered(turn, promotion, finding, language, text)
    numbers = tuple(scored.number for scored in finding.clauses)
    asked = Asked(turn.token, promotion.slug, language, mask_person(question), finding.kind, numbers)
    if finding.kind == "choose":
        turn = turn.slots(asked={**_asked(turn), "choose": turn.token})
        return _which(turn, promotion, numbers, language, (asked,))
    return _answer(turn, promotion, numbers[0], language, (asked,))


def shorten(text: str) -> str:
    return text if len(text) <= READ else f"{text[: READ * 2 // 3]} {text[-READ // 3 :]}"


def _without_promotion(turn: Turn, language: Language | None) -> Outcome:
    """No promotion is known: a greeting is greeted, a question is kept until it is known which promotion it is about."""
    kind = turn.library.talk(turn.incoming.text)
    if kind == "person":
        return support.call(turn, ())
    if kind is not None:
        if not turn.conversation.chosen:
            return opening.greet(turn)
        if kind != "greeting":
            return turn.done(Outgoing((say(f"rules.{kind}"),), (PROMOTIONS, MENU), language=language))
        return opening.choose_promotion(turn)
    turn = turn.slots(pending=turn.incoming.text[:READ])
    offer = promotions(turn.library.promotions, turn.now)
    shown = language or turn.language
    options = (*offer, other_language(shown)) if not turn.conversation.chosen else offer
    return turn.at("start", "promotion").done(Outgoing((say("rules.which_promotion"),), options, language=language))


def _answer(
    turn: Turn,
    promotion: Promotion,
    number: str,
    language: Language,
    effects: tuple[Asked, ...] = (),
    lead: Phrase | None = None,
) -> Outcome:
    clause = promotion.rulebook.cite(number)
    at = citing.index(promotion, number)
    parts = ([lead] if lead else []) + citing.answer(promotion, clause, language)
    if turn.conversation.slots.get("told") != promotion.slug:
        parts.append(state(promotion, turn.now))
        turn = turn.slots(told=promotion.slug)
    name = f"{promotion.slug}.{at}"
    options = []
    if effects:
        turn = turn.slots(asked=dict(list({**_asked(turn), name: turn.token}.items())[-REMEMBERED:]))
        options += [Option(f"vote.up.{name}", say("button.up")), Option(f"vote.down.{name}", say("button.down"))]
    if clause.text.is_translation(language):
        options.append(Option(f"original.{name}", say("button.original")))
    options += [other_language(language), MENU]
    turn = turn.slots(last=name).at("rules", "ask")
    return turn.done(Outgoing(tuple(parts), tuple(options), language=language), effects=effects)


def _which(
    turn: Turn, promotion: Promotion, numbers: tuple[str, ...], language: Language, effects: tuple[Asked, ...]
) -> Outcome:
    """Two clauses are close: the person says which one is meant."""
    clauses = [promotion.rulebook.cite(number) for number in numbers]
    lines = [say("rules.meant_line", place=citing.place(clause.number), title=clause.title) for clause in clauses]
    options = [
        Option(
            f"clause.{promotion.slug}.{citing.index(promotion, c.number)}",
            say("button.clause", label=c.label),
            _hint(c.title),
        )
        for c in clauses
    ]
    parts = (say("rules.meant"), citing.lines(lines))
    turn = turn.at("rules", "ask")
    return turn.done(
        Outgoing(parts, (*options, Option("else", say("button.else")), MENU), language=language), effects=effects
    )


def _hint(title: Localized) -> Phrase:
    return say("button.clause", label=title)


def _not_answered(turn: Turn, promotion: Promotion, finding: Finding, language: Language, text: str) -> Outcome:
    nearest = tuple(scored.number for scored in finding.clauses)
    asked = Asked(turn.token, promotion.slug, language, mask_person(shorten(text)), finding.kind, nearest[:1])
    turn = turn.at("rules", "ask").slots(last=None)
    if finding.kind != "rules_silent":
        effects = (asked,) if finding.kind == "offtopic" else ()
        options = menu(turn, language) if finding.kind == "greeting" else (MENU,)
        return turn.done(Outgoing((say(f"rules.{finding.kind}"),), options, language=language), effects=effects)
    parts = [say("rules.silent", promotion=promotion.name)]
    options_: list[Option] = []
    if nearest:
        clause = promotion.rulebook.cite(nearest[0])
        parts.append(say("rules.nearest", place=citing.place(clause.number), title=clause.title))
        at = citing.index(promotion, clause.number)
        options_.append(
            Option(f"clause.{promotion.slug}.{at}", say("button.clause", label=clause.label), _hint(clause.title))
        )
    parts.append(say("rules.silent_person"))
    return turn.done(Outgoing(tuple(parts), (*options_, PERSON, MENU), language=language), effects=(asked,))


def again(turn: Turn) -> Outcome | None:
    """The last answer once more, in the language that was just chosen; None where the last thing said was no answer."""
    found = _clause(turn, tuple(str(turn.conversation.slots.get("last") or "").split(".")))
    if found is None or turn.conversation.scene != "rules":
        return None
    return _answer(turn, *found, turn.language)


def show_clause(turn: Turn, words: tuple[str, ...]) -> Outcome:
    found = _clause(turn, words)
    return _answer(turn, *found, turn.language) if found else _gone(turn)


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
    return turn.at("rules", "ask").done(Outgoing(parts, (*options, MENU)))


def show_section(turn: Turn, words: tuple[str, ...]) -> Outcome:
    promotion = turn.library.promotions.get(words[0]) if len(words) == 2 else None
    if promotion is None or words[1] not in SECTIONS:
        return _gone(turn)
    section: Section = words[1]
    facts = citing.facts(promotion, section)
    clauses = promotion.rulebook.section(section)
    options = [
        Option(
            f"clause.{promotion.slug}.{citing.index(promotion, c.number)}",
            say("button.clause", label=c.label),
            _hint(c.title),
        )
        for c in clauses
    ]
    lead = say("rules.section", promotion=promotion.name, section=say(f"section.{section}"))
    more = (say("rules.choose_clause"),) if clauses else ()
    back = Option("rules", say("button.rules"))
    return turn.at("rules", "ask").done(Outgoing((lead, *facts, *more), (*options, back, MENU)))


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
    see = promotion.rulebook.cite(number).see
    options = [
        Option(
            f"clause.{promotion.slug}.{citing.index(promotion, s)}",
            say("button.clause", label=promotion.rulebook.cite(s).label),
        )
        for s in see
    ]
    back = Option("rules", say("button.rules"))
    return turn.done(Outgoing((say("rules.disliked"),), (*options, back, PERSON, MENU)), effects=(voted,))


def something_else(turn: Turn, _: tuple[str, ...]) -> Outcome:
    return turn.done(Outgoing((say("rules.else"),), (Option("rules", say("button.rules")), PERSON, MENU)))


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
