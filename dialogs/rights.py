"""Rights over one's data in people's words: what is denied, what is asked in English, and what is asked while a person holds the talk.

Not here: most of the words (learned, see domain/search/wishes.py), forgetting (see privacy.py), what is kept (see own_data.py).
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from dialogs import own_data, privacy, reminders
from dialogs.conversation import Conversation
from dialogs.rules.scene import shorten
from dialogs.turn import Audited, Forgotten, Outcome, Turn
from domain.search.wishes import Wish
from domain.spoken.polarity import tokens

_FORGET: Final = re.compile(
    r"\b(?:forget me|(?:delete|erase|remove) (?:all )?(?:my|the) (?:personal )?(?:data|information)"
    r"|withdraw (?:my )?consent)\b",
    re.IGNORECASE,
)
_KEPT: Final = re.compile(
    r"\bwhat\b.*\b(?:keep|store|know|hold|have)\b.*\babout me\b|\bwhat (?:personal )?data\b.*\b(?:about me|of mine)\b|\bshow my data\b"
    r"|\b(?:какие|что\s+за)\s+(?:мои\s+)?персональн\w+\s+данн\w+\s+(?:вы\s+)?(?:собра|собир|хран)\w*",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"(?:пожалуйста,?\s+)?(?:удали(?:те|ть)?|сотри(?:те)?|стереть|убери(?:те)?|убрать|исключи(?:те)?)\s+(?:все\s+|всё\s+)?(?:мой|мои|моего|меня|мою)"
    r"(?:\s+(?:номер|телефон|номер\s+телефона|данные|персональные\s+данные|личные\s+данные|контакт\w*|аккаунт))?"
    r"(?:\s+из\s+(?:вашей\s+|вашего\s+)?(?:базы|списка|системы|бота|базы\s+данных))?[\s.!]*"
    r"|(?:менің\s+)?(?:нөмірімді|телефонымды|деректерімді|мәліметтерімді|мені)\s+(?:(?:базадан|тізімнен|жүйеден|боттан)\s+)?"
    r"(?:өшір\w*|жой\w*|алып\s+таста\w*)[\s.!]*",
    re.IGNORECASE,
)
_LONGEST: Final = 80
"""Characters of a text that asks to be forgotten and says nothing else."""
_NOT_ENGLISH: Final = re.compile(r"\b(?:not|don'?t|never)\b", re.IGNORECASE)
_DELETE: Final = (
    r"(?:удал(?:я\w*|и|ит|ите)|стира\w*|сотри\w*|стерет|забива\w*|забуд\w*|забит|убира\w*|убери\w*|убрат"
    r"|отзива\w*|отозват|очиша\w*)"
)
_BESIDE: Final = (
    r"(?:хо[чт]\w*|над\w*|нужн\w*|стоит|буд\w*|прошу|прос\w*|собира\w*|планиру\w*|ничего|мо[ияе]\w*|меня|данн\w*"
    r"|пока|болше|свое\w*|согласи\w*|все)"
)
_DENIED: Final = re.compile(
    rf"\bне (?:{_BESIDE} ){{0,3}}{_DELETE}\b"
    rf"|\b{_DELETE} (?:\w+ ){{0,3}}не (?:над\w*|нужн\w*|стоит|хо[чт]\w*)"
    r"|\b(?:ошир|жои|умит|таста|каитар)\w*[мбп][ае](?:низ\w*|и(?:мин|миз)?|син|шиз)?\b"
    r"|\b(?:каитарип|каитип|оширип|жоип) алма(?:имин|имиз)?\b"
    r"|\b(?:оширу|жоу|умиту)\w* (?:болмаиди|керек емес|кажет емес|кажети жок|керег\w* жок)"
)
"""«Не удаляйте», «не хочу удалять», «өшірмеңіз», «өшірудің қажеті жоқ»; neither «не удалили» nor «не могу удалить». Words are folded."""
_HEARD: Final = ("forget", "mydata")
_SLOT: Final = "right"


def asks_to_forget(text: str) -> bool:
    """Whether a whole text asks, in own words, that what is known of the person be deleted: «удалите мой номер из базы»."""
    return len(text) <= _LONGEST and _ASKS.fullmatch(text.strip()) is not None and not is_denied(text)


def wish(text: str) -> Wish | None:
    """What a text wants of the person's data, None where only the learned words may say it."""
    if _FORGET.search(text):
        return Wish("forget")
    return Wish("mydata") if _KEPT.search(text) else None


def is_denied(text: str) -> bool:
    """Whether what a text says of forgetting is that it must not be."""
    if _FORGET.search(text):
        return _NOT_ENGLISH.search(text) is not None
    said = "".join(f"{', ' if token.apart else ' '}{token.word}" for token in tokens(text))
    return _DENIED.search(said) is not None


def held(turn: Turn) -> bool:
    """Whether a person holds the talk: then nothing of ours is said."""
    return turn.conversation.handoff is not None and turn.conversation.handoff.agent is not None


def waits(conversation: Conversation) -> bool:
    """Whether a right was asked for while a person held the talk."""
    return conversation.slots.get(_SLOT) in _HEARD


def keep_for_later(turn: Turn, entry: str | None) -> Outcome:
    """While a person holds the talk nothing of ours is said, but a right that is asked for is written down, and comes up afterwards.

    `entry` is the way in that the whole text names, as «/forget» does.
    """
    name = entry or _asked(turn)
    if name == "stop" and turn.conversation.reminders_off is None:
        return turn.with_(reminders_off=turn.now).done(effects=(Audited("reminders_off"),))
    if name not in _HEARD or turn.conversation.slots.get(_SLOT) == name:
        return turn.done()
    return turn.slots(**{_SLOT: name}).done(effects=(Audited("right_asked", name),))


def _asked(turn: Turn) -> str | None:
    if turn.incoming.kind == "option":
        return turn.incoming.option
    if turn.incoming.kind not in ("text", "edited"):
        return None
    if reminders.asked(turn.incoming.text):
        return "stop"
    text = shorten(turn.library.reading(turn.incoming.text))
    heard = wish(text) or turn.library.wish(text)
    return heard.name if heard is not None and heard.name in _HEARD and not is_denied(text) else None


def take_up(turn: Turn, outcome: Outcome) -> Outcome:
    """The reply, and what was asked for while a person held the talk: once, as soon as the bot answers again."""
    name = outcome.conversation.slots.get(_SLOT)
    gone = any(isinstance(effect, Forgotten) for effect in outcome.effects)
    unasked = held(turn) or turn.incoming.kind in ("deadline", "table")
    if unasked or name not in _HEARD or not outcome.says or gone:
        return outcome
    later = replace(turn, conversation=outcome.conversation).slots(**{_SLOT: None})
    asked = privacy.ask(later) if name == "forget" else own_data.show(later)
    return Outcome(asked.conversation, (*outcome.says, *asked.says), (*outcome.effects, *asked.effects))
