"""What a person wants of the bot is done: a text in own words leads where the button of that name leads, or gets a short word back.

Not here: recognising a wish (see domain/search/wishes.py), fraud (see safety.py), questions about the rules (see rules/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from dialogs import listed, opening, own_data, privacy, reminders, rights, start, support
from dialogs.chances import scene as chances
from dialogs.eligibility import scene as eligibility
from dialogs.menu import MENU, PERSON, PROMOTIONS, menu, other_language
from dialogs.messages import Option, Outgoing, say
from dialogs.rules import browsing, by_number, memory, reply
from dialogs.rules import scene as rules
from dialogs.turn import Outcome, Replied, ReplyKind, Step, Turn
from domain.search.folding import words
from domain.search.wishes import PERSON as CALL
from domain.search.wishes import Wish

_WHO: Final = r"(?:оператор|человек|сотрудник|менеджер|специалист|консултант|адам|кизметкер|маман)\w*"
_NEEDED: Final = r"(?:нуж|над|треб|зов|звать|соед|хо[чт])\w*"
_DECLINED: Final = re.compile(
    rf"\bне (?:{_NEEDED} )?(?:\w+ )?{_WHO}|\b{_WHO} (?:\w+ )?не {_NEEDED}"
    rf"|\b{_WHO} (?:\w+ )?(?:керек емес|кажет емес|шакирма\w*|косиа?\w*па\w*|керексиз)"
)
"""«Оператор не нужен», «адам керек емес»: the person is named and declined. Words are folded."""


def led(turn: Turn, wish: Wish | None, *, awaited: bool) -> Outcome | None:
    """None where the text is no wish. `awaited`: a scene asked something, and goes on after a short word."""
    if wish is None or (awaited and wish.name in ANSWERS) or (not wish.sure and _answered(turn)):
        return None
    name, text = wish.name, turn.incoming.text
    if ("?" in text and name in ("yes", "no", "ok")) or (name == "chances" and any(map(str.isdecimal, text))):
        return None  # a question is no answer, and sums are purchases
    if name in LOOSE and turn.promotion and turn.library.named(text, turn.promotion.slug):
        name = "promotions"
    if name == CALL and _declined(text):
        name = "bot" if turn.conversation.handoff else "no"
    if name == "forget" and rights.is_denied(text):
        name = "keep"
    answer = WISHES.get(name)
    if answer is None:
        return None
    if name in SMALL and opening.is_new(turn):
        return opening.greet(turn)
    outcome = answer(turn if name == "yes" else turn.slots(offered=None))
    function = FUNCTIONS.get(name)
    kind: ReplyKind = "function" if function or name.startswith("language") else "small"
    return replace(outcome, effects=(Replied(kind, function=function), *outcome.effects))


def _answered(turn: Turn) -> bool:
    """Whether the rules answer what is perhaps a wish, or it leans on what was answered before."""
    promotion, text = turn.promotion, turn.incoming.text
    if reply.last(turn) is not None and memory.goes_on(text):
        return True
    return promotion is not None and turn.library.find(promotion.slug, rules.shorten(text)).kind == "answer"


def _declined(text: str) -> bool:
    return _DECLINED.search(" ".join(words(text))) is not None


def _about(step: Step) -> Step:
    """In the promotion that the text names, aloud if that is another one."""

    def lead(turn: Turn) -> Outcome:
        turn, before = rules.switch(turn)
        outcome = step(turn)
        if before is None or turn.promotion is None or not outcome.says:
            return outcome
        head, more = rules.aloud(turn.promotion, before)
        first, *others = outcome.says
        first = replace(first, parts=(*head, *first.parts), options=(*more, *first.options))
        return replace(outcome, says=(first, *others))

    return lead


def _promotions(turn: Turn) -> Outcome:
    """The one that is named, else the list; where no language is known, both languages first."""
    turn, before = rules.switch(turn)
    if start.language_of(turn) is None:
        return opening.greet(turn)
    return opening.choose_promotion(turn) if before is None and not _just_named(turn) else opening.welcome(turn)


def _just_named(turn: Turn) -> bool:
    return turn.promotion is not None and turn.library.named(turn.incoming.text) == turn.promotion.slug


def _check(turn: Turn) -> Outcome:
    """The first question of all, taking part, is begun at once."""
    promotion = turn.promotion
    if promotion is None or not promotion.wording.questions:
        return eligibility.choose(turn)
    return eligibility.begin(turn, (promotion.slug, next(iter(promotion.wording.questions))))


def _listed(turn: Turn) -> Outcome:
    """A number that stands in the text could be anybody's: only one that the channel vouches for is looked up."""
    typed = sum(map(str.isdecimal, turn.incoming.text)) >= 4
    outcome = listed.show(turn)
    if not typed or turn.conversation.phone is not None or not outcome.says:
        return outcome
    first, *others = outcome.says
    return replace(outcome, says=(replace(first, parts=(say("listed.typed"), *first.parts)), *others))


def _language_back(turn: Turn) -> Outcome:
    """The language before the last change; where none changed, the other one."""
    before = turn.conversation.slots.get("language_before")
    language = before if before in ("kk", "ru") else "ru" if start.language_of(turn) == "kk" else "kk"
    return start.set_language(turn, (str(language),))


def _repeat(turn: Turn) -> Outcome:
    if turn.conversation.scene == "chances":
        return chances.show(turn)
    return rules.again(turn) or _nothing(turn)


def _nothing(turn: Turn) -> Outcome:
    return turn.done(Outgoing((say("small.nothing_to_repeat"),), (MENU,)))


def _plainly(*lead: str) -> Step:
    """The last answer as its bare sentence, after these words."""

    def tell(turn: Turn) -> Outcome:
        last = reply.sentence(turn)
        if last is None:
            return _nothing(turn)
        sentence, numbers = last
        options = (Option("rules", say("button.rules")), PERSON, MENU)
        return turn.done(Outgoing((*(say(key) for key in lead), sentence), options)).replied("function", numbers)

    return tell


def _stop(turn: Turn) -> Outcome:
    if turn.conversation.scene == "eligibility":
        return eligibility.stop(turn)
    return reminders.off(turn)


def _yes(turn: Turn) -> Outcome:
    """Yes to an offer of ours takes it; what destroys is only done by its own words."""
    if turn.conversation.slots.get("offered") == "person":
        return support.call(turn.slots(offered=None))
    return privacy.ask(turn) if _asks_to_forget(turn) else turn.done(Outgoing((say("small.yes"),), (MENU,)))


def _no(turn: Turn) -> Outcome:
    if _asks_to_forget(turn):
        return privacy.decide(turn, ("no",))
    return turn.done(Outgoing((say("small.no"),), (MENU,)))


def _asks_to_forget(turn: Turn) -> bool:
    return any(offer.id == "forget.yes" for offer in turn.conversation.offered)


def _small(key: str) -> Step:
    """A word, and where no promotion is known yet the way to one."""

    def tell(turn: Turn) -> Outcome:
        options = () if turn.promotion else (PROMOTIONS, other_language(turn.language))
        return turn.done(Outgoing((say(key),), (*options, MENU)))

    return tell


def _with_person(key: str) -> Step:
    """A word after which a person is offered; the next yes takes the offer."""
    return lambda turn: turn.slots(offered="person").done(Outgoing((say(key),), (PERSON, MENU)))


def _greet(turn: Turn) -> Outcome:
    return (
        turn.done(Outgoing((say("small.greeting"),), menu(turn))) if turn.promotion else opening.choose_promotion(turn)
    )


WISHES: Final[Mapping[str, Callable[[Turn], Outcome]]] = {
    "chances": _about(chances.show),
    "check": _about(_check),
    "listed": _about(_listed),
    "language.kk": lambda turn: start.set_language(turn, ("kk",)),
    "language.ru": lambda turn: start.set_language(turn, ("ru",)),
    "language.back": _language_back,
    "menu": start.show_menu,
    "bot": support.to_bot,
    "promotions": _promotions,
    "forget": privacy.ask,
    "keep": lambda turn: privacy.decide(turn, ("no",)),
    "mydata": own_data.show,
    "person": support.call,
    "clause": _about(by_number.show),
    "rules": _about(browsing.show_sections),
    "repeat": _repeat,
    "shorter": _plainly(),
    "simpler": _plainly("small.simpler"),
    "not_understood": _plainly("small.not_understood"),
    "stop": _stop,
    "help": start.show_help,
    "thanks": _small("small.thanks"),
    "ok": _small("small.ok"),
    "yes": _yes,
    "no": _no,
    "robot": _with_person("small.robot"),
    "complaint": _with_person("small.complaint"),
    "abuse": _with_person("small.abuse"),
    "greeting": _greet,
}
SMALL: Final = frozenset({"thanks", "ok", "yes", "no", "abuse", "greeting"})
"""Said as the very first words they are a greeting."""
LOOSE: Final = frozenset({"bot", "menu", "ok", "yes", "no", "repeat", "stop", "help"})
"""«Давай лучше январский сюрприз»: beside another promotion's name these words only turn to it."""
ANSWERS: Final = frozenset({"ok", "yes", "no", "check", "chances"})
"""What may be meant as an answer where something was asked."""
ASIDE: Final = SMALL | {
    *(
        "language.kk",
        "language.ru",
        "language.back",
        "mydata",
        "clause",
        "repeat",
        "shorter",
        "simpler",
        "not_understood",
    ),
    *("help", "robot", "complaint"),
}
"""What leaves an open question open: it is asked again afterwards."""
FUNCTIONS: Final[Mapping[str, str]] = {
    **{
        name: name
        for name in (
            *("chances", "check", "listed", "menu", "bot", "promotions", "forget", "mydata", "person", "clause"),
            *("rules", "repeat", "shorter", "stop", "help"),
        )
    },
    **{"simpler": "shorter", "not_understood": "shorter"},
}
"""How `Replied.function` calls a wish."""
