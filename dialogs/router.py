"""Which scene answers: one pure function from a Turn to an Outcome.

Not here: the answers (see the scenes). The order matters: a person who holds the talk comes first, then buttons and what is no text. Of a
text the words that work everywhere come first, then fraud, then a wish, then the scene.
"""

from __future__ import annotations

from dataclasses import replace as replace_fields

from msgspec.structs import replace

from dialogs import (
    edits,
    interruption,
    length,
    listed,
    opening,
    privacy,
    reminders,
    rights,
    safety,
    sharing,
    start,
    support,
    wishes,
)
from dialogs import files as tables
from dialogs.chances import scene as chances
from dialogs.chances.follow_up import follow_up
from dialogs.claims import genuine, reminding
from dialogs.claims import scene as claims
from dialogs.conversation import Conversation
from dialogs.eligibility import scene as eligibility
from dialogs.eligibility.own_case import own_case
from dialogs.flood import throttle
from dialogs.lookups import Lookups
from dialogs.masking import MASK, mask_person
from dialogs.menu import out_of_date
from dialogs.messages import Incoming, Outgoing, say
from dialogs.rules import by_number, reply
from dialogs.rules import scene as rules
from dialogs.scenes import Scenes
from dialogs.turn import Awaited, Library, Need, Outcome, QuestionAsked, Replied, Turn, reply_of
from dialogs.words import has_words
from domain.claims.links import link_in
from domain.rulebook import LANGUAGES
from domain.search.wishes import Wish
from domain.spoken.polarity import LONGEST
from domain.spoken.winning import read_winning

SCENES = Scenes(
    (
        start.SCENE,
        rules.SCENE,
        eligibility.SCENE,
        chances.SCENE,
        listed.SCENE,
        claims.SCENE,
        support.SCENE,
        privacy.SCENE,
        reminders.SCENE,
    )
)


HARM = ("abuse", "complaint")
"""Wishes that are kept for the organiser like questions, without the person, as tales of fraud are."""
WORDS_OF_A_QUESTION = 3
"""Words from which the language of a text is heard where an answer is awaited; a shorter one may be a name."""
LED_TO = {
    **{
        name: name
        for name in (
            "chances",
            "check",
            "listed",
            "menu",
            "bot",
            "promotions",
            "forget",
            "person",
            "rules",
            "help",
            "claim",
        )
    },
    **{"clause": "clause", "section": "rules", "promotion": "promotions", "checkstop": "stop", "more": "menu"},
}
"""What a tap or a word of that name leads to, as `Replied.function` says it."""


def respond(turn: Turn) -> Outcome:
    """What is said and kept. Pure: the same turn gives the same outcome."""
    if edits.is_unchanged(turn):
        return turn.done()
    turn = replace(turn, entries=SCENES.entries, library=Lookups(turn.library, turn.once))
    return sharing.closed(turn, edits.remembered(turn, _in_both(turn, rights.take_up(turn, _respond(turn)))))


def _in_both(turn: Turn, outcome: Outcome) -> Outcome:
    """The outcome in both languages where nothing that was said tells one: a picture, «оператор» or a contact as the first message."""
    incoming = turn.incoming
    wordless = incoming.kind not in ("text", "edited", "option", "start", "table") or bool(SCENES.meant(incoming.text))
    return opening.in_both(turn, outcome) if wordless else outcome


def _respond(turn: Turn) -> Outcome:
    incoming = turn.incoming
    if incoming.kind == "left":
        return turn.done()
    if incoming.kind == "deadline":
        return reminding.remind(turn)
    if incoming.kind == "table":
        return support.still_waiting(turn, tables.take(turn))
    if rights.held(turn):
        return rights.keep_for_later(turn, SCENES.meant(incoming.text))
    turn, outcome = throttle(turn)
    if outcome is not None:
        return outcome
    if incoming.kind == "option":
        return _tap(turn, incoming.option or "")
    if incoming.kind == "start":
        return start.begin(turn)
    if incoming.kind == "contact" and turn.conversation.scene == "listed":
        return listed.shared(turn)
    if incoming.kind == "contact" and turn.conversation.scene == "claims":
        return claims.shared(turn)
    if incoming.kind not in ("text", "edited"):
        return support.still_waiting(turn, start.receive(turn))
    outcome = length.warn(turn, support.still_waiting(turn, _edited(turn) or _read(_hear(turn))))
    return privacy.warn(outcome) if MASK in incoming.text else outcome


def _edited(turn: Turn) -> Outcome | None:
    """What an edit of a message does that had its effect: purchases are told anew, an answer that a check has gone on from stays."""
    if edits.had_answered(turn) and (awaited := _awaited(turn)) is not None:
        told = turn.done(Outgoing((say("check.edited"),))).replied("ask")
        return interruption.resumed(turn, told, awaited.ask_again)
    if not edits.had_purchases(turn) or turn.promotion is None:
        return None
    return chances.typed(_hear(edits.undone(turn)).at("chances", "purchases"))


def _hear(turn: Turn) -> Turn:
    """The text as it is read, and the language that it is answered in: here and nowhere else. A name, a word or purchases turn no talk."""
    incoming = replace(turn.incoming, text=turn.library.reading(turn.incoming.text))
    turn, conversation = replace(turn, incoming=incoming), turn.conversation
    if conversation.language is None and conversation.spoken is None and incoming.language_hint in LANGUAGES:
        # of a single word that is the name of a thing the hint and the letters must agree
        heard = turn.library.language(incoming.text) if SCENES.meant(incoming.text) else None
        turn = turn.with_(spoken=incoming.language_hint if heard in (None, incoming.language_hint) else None)
    # the word of an entry tells no language: «меню» is both, and nor does a command
    if incoming.text.startswith("/") or SCENES.meant(incoming.text):
        return turn
    text = rules.shorten(incoming.text)
    few = sum(sum(map(str.isalpha, word)) > 1 for word in text.split()) < (
        2 if _awaited(turn) is None else WORDS_OF_A_QUESTION
    )
    few = few or (conversation.step == "purchases" and "?" not in text and any(map(str.isdecimal, text)))
    named = turn.library.named(text) if conversation.language is None else None
    if (few and conversation.language is not None) or (named is not None and turn.library.only_names(text, named)):
        return turn
    return turn.hearing(text)


def _read(turn: Turn) -> Outcome:
    """What a text means: the word of an entry, fraud, a wish, purchases, the person's own case, else what the scene makes of it."""
    text = turn.incoming.text
    if id := SCENES.meant(text):
        return _tap(turn, id)
    forget = rights.asks_to_forget(text)
    if forget or reminders.asked(text):
        return _tap(turn, "forget" if forget else "stop")
    # where a number is awaited, it is an answer and not the number of a button that is not there
    if not has_words(text) and (turn.conversation.numbered or not any(map(str.isdecimal, text))):
        puzzled = "?" in text and not text.strip(" ?!") and reply.sentence(turn) is not None
        wish = Wish("not_understood") if puzzled else None
        return wishes.led(turn, wish, awaited=False) or start.wordless(turn)
    if outcome := _wished(turn):
        return outcome
    turn = turn.slots(offered=None)
    return chances.what_if(turn) or follow_up(turn) or chances.pasted(turn) or _own_case(turn) or _step(turn)


def _wished(turn: Turn) -> Outcome | None:
    """Fraud before everything, then a wish that answers no open question; after a short word the open question is asked again."""
    text = rules.shorten(turn.incoming.text)
    wish = Wish("clause") if by_number.asks(text) else rights.wish(text) or turn.library.wish(text)
    awaited = _awaited(turn)
    outcome = safety.warn(turn, wish)
    if outcome is None and awaited is None:
        outcome = _won(turn)
    if outcome is None and (awaited is None or not awaited.answered):
        outcome = wishes.led(turn, wish, awaited=awaited is not None)
    if outcome is not None and wish is not None and (wish.is_fraud or wish.name in HARM):
        slug = outcome.conversation.promotion
        told = QuestionAsked(turn.token, slug, turn.language, mask_person(text), wish.name[:16], ())
        outcome = replace_fields(outcome, effects=(*outcome.effects, told))
    if outcome is None or awaited is None or wish is None or not (wish.is_fraud or wish.name in wishes.ASIDE):
        return outcome
    return interruption.resumed(turn, outcome, awaited.ask_again)


def _won(turn: Turn) -> Outcome | None:
    """«Бұл сізден бе?», «мен ұттым»: of a win of one's own, or of a message about one."""
    if genuine.asks(turn.incoming.text):
        return genuine.show(turn)
    won = claims.meant(turn)
    return claims.said(turn, won) if won is not None else None


def _awaited(turn: Turn) -> Awaited | None:
    """The question of the scene that is still open."""
    scene = SCENES.get(turn.conversation.scene)
    return scene.awaits(turn) if scene else None


def needs(incoming: Incoming, conversation: Conversation, library: Library) -> tuple[Need, ...]:
    """What must be loaded for this event besides the conversation: what the scene needs that will answer it.

    A wish in own words («есть ли мой номер в списке?») leads to a scene as the word of its entry does.
    """
    if incoming.kind == "deadline" or link_in(incoming.text) is not None or rights.waits(conversation):
        return ("claims",)
    if incoming.kind == "option":
        return SCENES.needs(incoming.option or "")
    if incoming.kind in ("text", "edited"):
        if id := SCENES.meant(incoming.text):
            return SCENES.needs(id)
        text = library.reading(incoming.text)
        if read_winning(text) or genuine.asks(text):
            return ("claims",)
        text = rules.shorten(text)
        wish = rights.wish(text) or library.wish(text)
        if wish is not None and (needed := SCENES.needs(wish.name)):
            return needed
    scene = SCENES.get(conversation.scene)
    return scene.needs if scene else ()


def apologise(turn: Turn) -> Outcome:
    """After three failures of ours: the person is told, and a human is asked to look; one who holds the talk already sees it."""
    if rights.held(turn):
        return turn.done()
    return turn.waiting().at("support", "waiting").done(Outgoing((say("support.fault"),), (support.BOT,)))


def _step(turn: Turn) -> Outcome:
    scene = SCENES.get(turn.conversation.scene, start.SCENE)
    step = scene.steps.get(turn.conversation.step) or next(iter(scene.steps.values()))
    return step(turn)


def _own_case(turn: Turn) -> Outcome | None:
    """A question that tells the person's own case, where nothing else is being asked of them."""
    # a case is not judged by a part of what is told of it
    free = turn.conversation.scene in ("start", "rules", "chances") and len(turn.incoming.text) <= LONGEST
    turn, before = rules.switch(turn)
    if not free or turn.promotion is None or turn.conversation.step == "purchases":
        return None
    text = rules.shorten(turn.incoming.text)
    outcome = own_case(turn, turn.promotion, text)
    if outcome is not None:
        outcome = _remembered(outcome, turn.promotion.slug, text)
    if outcome is None or before is None or not outcome.says:
        return outcome
    head, more = rules.aloud(turn.promotion, before)
    first, *others = outcome.says
    first = replace_fields(first, parts=(*head, *first.parts), options=(*more, *first.options))
    return replace_fields(outcome, says=(first, *others))


def _remembered(outcome: Outcome, slug: str, text: str) -> Outcome:
    """«Почему?» and «а если ИП?» after a verdict are about the clauses that it stands on."""
    told = reply_of(outcome.effects)
    if told.kind != "verdict" or not told.clauses:
        return outcome
    slots = {**outcome.conversation.slots, "last": reply.kept(slug, text, [(None, told.clauses, told.says, False)])}
    return replace_fields(outcome, conversation=replace(outcome.conversation, slots=slots))


def _tap(turn: Turn, id: str) -> Outcome:
    """A button or a word of that name. What nobody offers, or no longer, is out of date; the current step stays."""
    outcome = SCENES.tap(turn, id)
    return _led(outcome, id) if outcome else out_of_date(turn)


def _led(outcome: Outcome, id: str) -> Outcome:
    """The same, said to be led there by name, where the step says nothing nearer of its reply."""
    function = id if id.startswith("language.") else LED_TO.get(id.partition(".")[0])
    return replace_fields(outcome, effects=(Replied("function", function=function), *outcome.effects))
