"""One person who floods the bot is told so once and then not answered until it is calm: nobody else pays for it.

Not here: the figures to the settings (`Turn.flood_limit`) and keeping what was said (see the storage): it is kept, without an answer.
"""

from __future__ import annotations

from dialogs.messages import Outgoing, say
from dialogs.turn import Outcome, Turn

NOT_COUNTED = ("left", "deadline")
"""What no person sends."""


def throttle(turn: Turn) -> tuple[Turn, Outcome | None]:
    """The turn with its event counted; an outcome where it came too fast.

    What comes too fast counts as well, so that whoever does not slow down is not heard again; half of the burst must be free again first.
    """
    if turn.incoming.kind in NOT_COUNTED or not turn.flood_limit.gap:
        return turn, None
    talk, now = turn.conversation, int(turn.now.timestamp() * 1000)
    pace = turn.flood_limit
    most = now + pace.ahead + 2 * pace.gap
    # more than is ever kept: the clock was set back since, or is another machine's, and nobody is to pay for that
    due, number = pace.schedule(talk.paced_at if talk.paced_at <= most else 0, now)
    calm = number - pace.gap - now <= pace.ahead // 2
    if due > now or (talk.throttled and not calm):
        quiet = turn.with_(paced_at=min(number, most), throttled=True)
        return quiet, quiet.done() if talk.throttled else quiet.done(
            Outgoing((say("crowding.notice"),), both=not talk.chosen)
        )
    return turn.with_(paced_at=number, throttled=False), None
