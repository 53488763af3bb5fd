"""The beginning of a talk and what works at every step: greeting, language, promotion, menu, help, and what is no text.

Not here: questions (see dialogs/rules/scene.py).
"""

from __future__ import annotations

from dialogs import files as tables
from dialogs import opening, support
from dialogs.menu import MENU, PERSON, menu, out_of_date, rest, state
from dialogs.messages import Outgoing, say
from dialogs.purchases import ladder
from dialogs.rules import scene as rules
from dialogs.turn import Audited, Entry, Outcome, Replied, Scene, Turn
from dialogs.words import is_number
from domain.rulebook import Language


def first(turn: Turn) -> Outcome:
    """The very first message: a question is answered at once, anything else is greeted in both languages."""
    return rules.ask(turn)


def begin(turn: Turn) -> Outcome:
    """A start link (`t.me/<bot>?start=<slug>`) or the Start button."""
    payload = turn.incoming.text.strip().lower()
    turn = support.back(turn)
    if payload in turn.library.promotions:
        turn = turn.with_(promotion=payload)
    if not turn.conversation.chosen:
        return opening.greet(turn)
    return show_start(turn)


def show_start(turn: Turn) -> Outcome:
    return rules.about(turn) if turn.promotion else opening.choose_promotion(turn)


def language_of(turn: Turn) -> Language | None:
    """The language of the talk; the wish to change it may be written in any."""
    return turn.conversation.language or turn.conversation.spoken


def set_language(turn: Turn, words: tuple[str, ...]) -> Outcome:
    if words not in (("kk",), ("ru",)):
        return out_of_date(turn)
    language: Language = words[0]
    effects = (Audited("language", language),)
    before = language_of(turn)
    if before is not None and before != language:
        turn = turn.slots(language_before=before)
    turn = turn.with_(language=language, spoken=None, chosen=True)
    outcome = support.again(turn) or rules.again(turn) or show_start(turn)
    told = Replied(None, function=f"language.{language}")
    return Outcome(outcome.conversation, outcome.says, (*effects, told, *outcome.effects))


def set_promotion(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """A promotion that is gone leads to those that are there."""
    if len(words) > 1:
        return out_of_date(turn)
    (slug,) = words
    if slug not in turn.library.promotions:
        return opening.choose_promotion(turn)
    outcome = rules.about(turn.with_(promotion=slug))
    return Outcome(outcome.conversation, outcome.says, (Audited("promotion", slug), *outcome.effects))


def show_menu(turn: Turn) -> Outcome:
    turn = support.back(turn)
    if not turn.conversation.language and not turn.conversation.chosen:
        return opening.greet(turn)
    parts = [say("start.menu")]
    if turn.promotion:
        parts.append(say("promotion.now", name=turn.promotion.name, state=state(turn.promotion, turn.now)))
    return turn.at("rules", "ask").slots(last=None).done(Outgoing(tuple(parts), menu(turn)))


def show_more(turn: Turn) -> Outcome:
    """The entries that the menu had no room for."""
    return turn.done(Outgoing((say("start.menu"),), rest(turn)))


def show_help(turn: Turn) -> Outcome:
    return turn.done(Outgoing((say("start.help"), say("start.help_words")), menu(turn)))


def restart(turn: Turn) -> Outcome:
    return opening.greet(support.back(turn))


def receive(turn: Turn) -> Outcome:
    """What is no text: each kind gets a sensible word, an album one word for all its pictures."""
    incoming = turn.incoming
    if outcome := tables.ask(turn):
        return outcome
    album = next((a.album for a in incoming.attachments if a.album), None)
    if album and turn.conversation.slots.get("album") == album:
        return turn.done()
    turn = turn.slots(album=album)
    parts = [say(f"receive.{incoming.kind}")]
    if incoming.kind == "attachment":
        if incoming.text and all(incoming.text != file.name for file in incoming.attachments):
            parts.append(say("receive.caption"))
        if tables.awaits(turn):
            counts = turn.promotion is not None and ladder(turn.promotion) is not None
            parts[0] = say("receive.table") if counts else say("receive.table_text")
        elif turn.promotion and turn.promotion.rulebook.section("claim"):
            parts.append(say("receive.claim"))
    if incoming.kind == "contact" and incoming.contact is not None and not incoming.contact.own:
        parts = [say("receive.contact_other")]
    return turn.done(Outgoing(tuple(parts), (MENU, PERSON)))


def wordless(turn: Turn) -> Outcome:
    """Emoji or punctuation alone, or a number that nothing bears. What was offered stays, so that another number can be typed."""
    if not turn.conversation.language:
        return opening.greet(turn)
    if is_number(turn.incoming.text) and turn.conversation.offered:
        return turn.done(Outgoing((say("start.no_number"),))).replied("unsure")
    return turn.done(Outgoing((say("start.wordless"),), (MENU,))).replied("unsure")


SCENE = Scene(
    "start",
    steps={"first": first, "language": rules.ask, "promotion": rules.ask},
    options={"language": set_language, "promotion": set_promotion},
    plain={
        "start": restart,
        "menu": show_menu,
        "help": show_help,
        "more": show_more,
        "language": opening.choose_language,
        "promotions": lambda turn: opening.choose_promotion(support.back(turn)),
    },
    entries=(
        Entry("start", words="start, начать, бастау, /restart"),
        Entry("menu", words="меню, мәзір, мазир, menu, бас мәзір, главное меню, в меню, негізгі мәзір", command="menu"),
        Entry(
            "promotions",
            say("button.promotions"),
            say("hint.promotions"),
            words="акция, акции, акциялар, promotions, /promotion, выбрать акцию, другая акция, басқа акция, "
            "сменить акцию",
            command="promotions",
            rank=60,
        ),
        Entry(
            "language.kk",
            say("button.kk"),
            words="қазақша, казакша, қазақ тілі, на казахском, по-казахски, қазақ, qazaqsha, kazaksha, /kk, "
            "тіл қазақша, язык қазақша",
            rank=70,
            shown=lambda turn: turn.language == "ru",
        ),
        Entry(
            "language.ru",
            say("button.ru"),
            words="русский, на русском, по-русски, орысша, russkii, russkiy, орыс тілі, /ru, русский язык",
            rank=70,
            shown=lambda turn: turn.language == "kk",
        ),
        Entry(
            "language",
            words="язык, тіл, тил, language, /lang, тілді ауыстыру, сменить язык, поменять язык",
            command="language",
            rank=75,
        ),
        Entry(
            "help",
            say("button.help"),
            say("hint.help"),
            words="помощь, көмек, комек, help, справка, анықтама",
            command="help",
            rank=90,
        ),
    ),
)
