"""Forget me: everything that names the person goes, after one question back. And a warning where a secret was sent.

Not here: the deleting (see the storage); in the same transaction as the farewell, and finding secrets (see masking.py).
"""

from __future__ import annotations

import re

from dialogs import own_data
from dialogs.claims.finding import own_claims
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Entry, Forgotten, Outcome, Scene, Turn

_ASKS = re.compile(
    r"(?:пожалуйста,?\s+)?(?:удали(?:те|ть)?|сотри(?:те)?|стереть|убери(?:те)?|убрать|исключи(?:те)?)\s+(?:все\s+|всё\s+)?(?:мой|мои|моего|меня|мою)"
    r"(?:\s+(?:номер|телефон|номер\s+телефона|данные|персональные\s+данные|личные\s+данные|контакт\w*|аккаунт))?"
    r"(?:\s+из\s+(?:вашей\s+|вашего\s+)?(?:базы|списка|системы|бота|базы\s+данных))?[\s.!]*"
    r"|(?:менің\s+)?(?:нөмірімді|телефонымды|деректерімді|мәліметтерімді|мені)\s+(?:(?:базадан|тізімнен|жүйеден|боттан)\s+)?"
    r"(?:өшір\w*|жой\w*|алып\s+таста\w*)[\s.!]*",
    re.IGNORECASE,
)


def asked(text: str) -> bool:
    """Whether a whole text asks, in own words, that what is known of the person be deleted: «удалите мой номер из базы»."""
    return len(text) <= 80 and _ASKS.fullmatch(text.strip()) is not None


def warn(outcome: Outcome) -> Outcome:
    """The same with a word about the secret that was hidden."""
    return outcome.headed(say("privacy.secret"))


def ask(turn: Turn) -> Outcome:
    options = (Option("forget.yes", say("button.forget_yes")), Option("forget.no", say("button.forget_no")))
    open_ones = [promotion for claim, promotion in own_claims(turn) if claim.open]
    lost = [say("privacy.open_claim", promotion=promotion.name) for promotion in open_ones[:1]]
    return turn.slots(forgetting=True).done(Outgoing((*lost, say("privacy.sure")), options))


def decide(turn: Turn, words: tuple[str, ...]) -> Outcome:
    """`forget.yes` does it if it was asked and not declined since, `forget.no` does not."""
    asked = turn.conversation.slots.get("forgetting") is True
    match words:
        case ("yes",) if asked:
            return turn.done(Outgoing((say("privacy.forgotten"),)), effects=(Forgotten(),))
        case ("no",):
            return turn.slots(forgetting=None).done(Outgoing((say("privacy.kept"),), (MENU,)))
        case ("yes",):
            return ask(turn)
    return out_of_date(turn)


SCENE = Scene(
    "privacy",
    steps={"sure": ask},
    options={"forget": decide},
    plain={"forget": ask, "mydata": own_data.show},
    needs=("claims",),
    entries=(
        Entry(
            "forget",
            say("button.forget"),
            say("hint.forget"),
            words="забудь меня, забыть меня, мені ұмыт, мені ұмыту, forget, удалить мои данные, деректерімді "
            "жою, деректерімді өшір",
            command="forget",
            rank=100,
        ),
    ),
)
