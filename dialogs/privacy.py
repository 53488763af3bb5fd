"""Forget me: everything that names the person goes, after one question back. And a warning where a secret was sent.

Not here: the deleting (see the storage); in the same transaction as the farewell, and finding secrets (see masking.py).
"""

from __future__ import annotations

from dialogs import own_data
from dialogs.claims.finding import own_claims
from dialogs.menu import MENU, out_of_date
from dialogs.messages import Option, Outgoing, say
from dialogs.turn import Entry, Forgotten, Outcome, Scene, Turn


def warn(outcome: Outcome) -> Outcome:
    """The same with a word about the secret that was hidden."""
    return outcome.headed(say("privacy.secret"))


def ask(turn: Turn) -> Outcome:
    options = (Option("forget.yes", say("button.forget_yes")), Option("forget.no", say("button.forget_no")))
    open_ones = [(claim, promotion) for claim, promotion in own_claims(turn) if claim.open]
    open_ones.sort(key=lambda one: not one[0].running)
    # a win that nobody has confirmed is never called one
    keys = ["privacy.open_claim" if claim.running else "privacy.open_report" for claim, _ in open_ones]
    lost = [say(key, promotion=promotion.name) for key, (_, promotion) in zip(keys[:1], open_ones[:1], strict=True)]
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
