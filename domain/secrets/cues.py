"""Words beside which a number may be a code, and which of them speak of no secret: «код товара», «кода не было».

Not here: the numbers (see codes.py).
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from domain.secrets.signs import WORD, before, behind
from domain.secrets.words import CODE_OF, NEGATED, NOT_COME, OWN, SECRET, SENDING

CueKind = Literal["code", "message", "check", "digits", "came"]
STRONG: Final = ("code", "message", "check")
REACH, NEAR = 60, 24
"""Characters within which a word and a number belong together, and stand near each other."""

_CUE = re.compile(
    r"""(?=[кқkcсosпpхцмвvio])(?<![^\W\d_])(?:
    (?P<code>(?:[кk][оo][дd](?!екс|иров|ифик|ер|ец|инг|ак|eks|ir|ov|овое|овая|овым|овог|тық|тик)|code(?!x|c)|парол|пороль|parol|passw|құпия|кұпия|купия
        |otp(?![a-z])|отп(?![а-я])|одноразов)[^\W\d_]*)
    |(?P<message>(?:[сc][мm][сc]|sms|сообщени|хабарлам|пуш(?![кио])|push)[^\W\d_]*)
    |(?P<check>(?:[сc]v[vc]2?|свв2?|цвв2?|цвс2?)(?![^\W\d_])
        |(?:пин|pin)(?:[ -]?(?:код|kod|code)[^\W\d_]*|ы|а|у|ом|і|ім|імді|ім)?(?![^\W\d_]))
    |(?P<digits>(?:цифр|сандар|саны|cифр|tsifr)[^\W\d_]*|сан(?![^\W\d_]))
    |(?P<came>приш[еёл][^\W\d_]*|пришл[^\W\d_]*|присл[^\W\d_]*|келді|келген|keldi|prish[^\W\d_]*|вот|міне[^\W\d_]*|мінe))""",
    re.VERBOSE,
)
_DIALLED = re.compile(r"\*\d")


class Cue(NamedTuple):
    """A word beside which a number may be a code."""

    start: int
    end: int
    kind: CueKind


def cues_of(plain: str) -> list[Cue]:
    return [Cue(*each.span(), each.lastgroup) for each in _CUE.finditer(plain)]  # type: ignore[arg-type]


def is_sent(plain: str, cue: Cue) -> bool:
    """«отправил смс на 1414»: of a message that the person sends."""
    beside = [*WORD.findall(before(plain, cue.start, NEAR))[-2:], *WORD.findall(behind(plain, cue.end, REACH))[:4]]
    return SENDING.any(beside)


def is_of_something_else(plain: str, cue: Cue) -> bool:
    """Whether it is the code of goods, of a town, of a lottery, one that is dialled, or one that never came."""
    ahead, back = behind(plain, cue.end, NEAR + NEAR), before(plain, cue.start, NEAR)
    words = WORD.findall(re.split(r"\d", ahead, maxsplit=1)[0])[:5]
    for word in words:
        if word in SECRET:
            return False
        if word in CODE_OF:
            return True
        if word not in OWN:
            break
    if _DIALLED.search(back) or _DIALLED.search(ahead):
        return True
    said = WORD.findall(back) if re.search(r"[^\W\d_][ -]?$", back) else []
    if said and (said[-1] in NEGATED or said[-1] == "по"):
        return True
    while said and said[-1] in OWN:
        said.pop()
    if said and said[-1] in CODE_OF and said[-1] not in SECRET:
        return True
    denied = next((n for n, word in enumerate(words[:3]) if word in NEGATED), None)
    return denied is not None and (words[denied] not in ("не", "емес") or NOT_COME.any(words[denied + 1 : denied + 3]))
