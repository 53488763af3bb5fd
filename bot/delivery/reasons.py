"""Why a message did not arrive, in words for whoever works with the talk: Twilio's codes and Telegram's refusals.

Not here: what is tried again (see retries.py). Codes: https://www.twilio.com/docs/api/errors.
"""

from __future__ import annotations

import re
from typing import Final

from dialogs.messages import Phrase, say

_BY_CODE: Final = {
    **dict.fromkeys((21610, 63033), "opted_out"),
    **dict.fromkeys((21211, 21614, 63003, 63013, 63024), "no_such_number"),
    **dict.fromkeys((63014, 63032, 63049), "provider_declined"),
    63016: "window_closed",
    **dict.fromkeys((63018, 20429, 30001), "too_many"),
    **dict.fromkeys((63005, 63019, 63021, 63027, 63028, 63041, 63042), "content"),
}
_BY_WORD: Final = {
    "blocked": "blocked",
    "chat not found": "no_such_chat",
    "chat moved": "no_such_chat",
    "reply window closed and no template": "window_closed",
    "429": "too_many",
    "timeout": "no_answer",
    "no connection": "no_answer",
}
_CODE = re.compile(r"(?:status |\d{3}/)(\d{5})")


def reason(error: str) -> Phrase:
    """A phrase for the error that the outbox keeps of a message: «400/21610», «status 63024», «blocked».

    What is not known is named by its code, so that it can be looked up.
    """
    match = _CODE.fullmatch(error)
    kind = _BY_CODE.get(int(match[1])) if match else _BY_WORD.get(error)
    return say(f"delivery.{kind}") if kind else say("delivery.other", code=error)
