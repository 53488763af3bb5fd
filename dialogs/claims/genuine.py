"""Is this from you: a forwarded text, link, number or code is judged by the code that every notice of ours carries.

Not here: fraud, which is warned of before (see dialogs/safety.py).
"""

from __future__ import annotations

import re
from typing import Final

from dialogs import citing
from dialogs.claims.finding import own_claims
from dialogs.claims.notice import find_codes, notice_code
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Outcome, Turn
from domain.search.folding import words

_ASKS: Final = re.compile(
    r"\b(?:бул|осини|мина\w*|сол|осу) (?:\w+ ){0,4}?(?:сиздер?ден|сизден|сендерден|боттан) (?:\w+ ){0,2}?(?:ме|ма|бе|ба|пе|па)\b"
    r"|\b(?:сиздер|сиз|сендер) (?:\w+ ){0,3}?(?:жазди\w*|жибери?д\w*|коныраушал\w*|звондади\w*) (?:ме|ма|ба|бе|на|не)\b"
    r"|\b(?:ето|его|вот ето|его) (?:\w+ ){0,4}?(?:от вас|ваше|ваш номер|ваша силка|ви писали|ви звонили|ви прислали|"
    r"ви отправили|ваше сообшение)\b"
    r"|\b(?:ви|вами|от вас) (?:\w+ ){0,2}?(?:ето|мне) (?:\w+ ){0,2}?(?:писали|прислали|отправили|пришло|звонили)\b"
)


def asks(text: str) -> bool:
    """«Бұл сіздерден келді ме?», «это от вас?»: at most 600 characters are looked at."""
    return _ASKS.search(" ".join(words(text))) is not None


def show(turn: Turn) -> Outcome:
    """Genuine where the code is one of the person's own claims; not ours where a code is another; else how it can be told."""
    given = find_codes(turn.incoming.text)
    own = {notice_code(claim): (claim, promotion) for claim, promotion in own_claims(turn)}
    ours = [code for code in given if code in own]
    promotion = own[ours[0]][1] if ours else turn.promotion
    if ours:
        parts = [say("genuine.yes", code=ours[0], promotion=promotion.name)] if promotion is not None else []
    elif given:
        parts = [say("genuine.other_code", code=given[0])]
    else:
        parts = [say("genuine.no_code")]
    parts.append(say("genuine.never"))
    contacts = citing.facts(promotion, "contacts") if promotion is not None else ()
    if contacts:
        parts.append(citing.lines([say("safety.contacts"), *contacts]))
    options = (Option("claim", say("button.claim")), PERSON, MENU)
    return turn.done(Outgoing(tuple(parts), options)).replied("answer")
