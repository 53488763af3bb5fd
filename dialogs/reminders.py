"""Reminders can be switched off and on again: STOP and its kin say once what that means here, «отмена» leaves what is under way.

Not here: sending reminders (whoever does asks `Conversation.reminders_off`), forgetting the person (see privacy.py).
"""

from __future__ import annotations

import re
from typing import Final

from dialogs import privacy, start, support
from dialogs.eligibility import progress as checks
from dialogs.eligibility import scene as eligibility
from dialogs.menu import MENU
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Audited, Entry, Outcome, Scene, Turn

_ON: Final = Option("remind", say("button.remind"))
_FORGET: Final = Option("forget", say("button.forget"))
_LONGEST: Final = 60
"""Characters of a text that only says to write no more; a longer one is a question or a story."""
_ASKS: Final = re.compile(
    r"(?:пожалуйста,?\s+)?(?:"
    r"(?:(?:хватит|довольно|прекрати(?:те)?|перестань(?:те)?|не\s+(?:надо|нужно|смейте))\s+(?:мне\s+|меня\s+)?(?:больше\s+)?"
    r"(?:пис\w+|слать|присылать|напомин\w+|беспокоить|спамить|рассылать)(?:\s+мне)?)"
    r"|(?:больше\s+)?(?:мне\s+)?(?:больше\s+)?не\s+(?:пишите?|присылай(?:те)?|шлите?|напоминай(?:те)?|беспокой(?:те)?)(?:\s+мне)?(?:\s+больше)?"
    r"|отпи(?:ши(?:те)?|сать)(?:\s+меня)?(?:\s+от\s+(?:рассылки|уведомлений|напоминаний))?"
    r"|(?:отключи(?:те|ть)?|выключи(?:те|ть)?|убери(?:те)?)\s+(?:рассылку|уведомления|напоминания)"
    r"|(?:маған\s+)?(?:енді\s+|бұдан\s+былай\s+)?(?:хабарлама\s+|хат\s+)?(?:жазба(?:ңыз|ңдар|шы|ңызшы)?|жіберме(?:ңіз|ші|ңізші)?)"
    r"|(?:еске\s+салу\w*|хабарлама\w*|ескерту\w*)\s+(?:тоқтат\w*|өшір\w*|керек\s+емес)"
    r"|жазылымнан\s+(?:бас\s+тарт\w*|шығар\w*)"
    r")[\s.!]*",
    re.IGNORECASE,
)


def asked(text: str) -> bool:
    """Whether a whole text asks, in own words, to be written to no more."""
    return len(text) <= _LONGEST and _ASKS.fullmatch(text.strip()) is not None


def _checks(turn: Turn) -> bool:
    return checks.under_way(turn) is not None and turn.conversation.scene == "eligibility"


def off(turn: Turn) -> Outcome:
    """From now on; said with what it means the first time, later only since when. Inside a check it leaves the check."""
    if _checks(turn) and eligibility.leaves(turn.incoming.text):
        return eligibility.stop(turn)
    since = turn.conversation.reminders_off
    if since is not None:
        told = turn.done(Outgoing((say("reminders.off_since", moment=since),), (_ON, _FORGET, MENU)))
        return told.replied("function", function="stop")
    turn = turn.with_(reminders_off=turn.now)
    outgoing = Outgoing((say("small.stop"), say("reminders.meaning")), (_ON, _FORGET, MENU))
    return turn.done(outgoing, effects=(Audited("reminders_off"),)).replied("function", function="stop")


def on(turn: Turn) -> Outcome:
    effects = (Audited("reminders_on"),) if turn.conversation.reminders_off is not None else ()
    turn = turn.with_(reminders_off=None)
    return turn.done(Outgoing((say("reminders.on"),), (MENU,)), effects=effects).replied("function")


def cancel(turn: Turn) -> Outcome:
    """Leaves what is under way: a check, the question whether to forget, the queue for a person, the writing down of purchases."""
    conversation = turn.conversation
    if conversation.slots.get("forgetting") is True:
        return privacy.decide(turn, ("no",))
    if _checks(turn):
        return eligibility.stop(turn)
    if conversation.handoff is not None:
        return support.to_bot(turn)
    if (conversation.scene, conversation.step) in (("chances", "purchases"), ("listed", "contact")):
        return start.show_menu(turn)
    return turn.done(Outgoing((say("reminders.nothing"),), (MENU,))).replied("function", function="stop")


SCENE = Scene(
    "reminders",
    steps={"off": off},
    options={},
    plain={"stop": off, "remind": on, "cancel": cancel},
    entries=(
        Entry(
            "stop",
            words="stop, стоп, /stop, unsubscribe, отписаться, отписка, отпишись, отпишите, хватит, тоқта, токта, тоқтат, тоқтатыңыз, "
            "доғар, доғарыңыз, бас тарту, жазылымнан шығу",
        ),
        Entry("remind", words="включить напоминания, включи напоминания, еске салуды қос, еске салуды қосу, unstop"),
        Entry("cancel", words="отмена, отменить, отмени, cancel, /cancel, болдырмау, бас тартамын, күшін жою"),
    ),
)
