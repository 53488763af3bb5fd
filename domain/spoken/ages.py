"""How old a person is, and when they turn eighteen, in a sentence: «мне 17», «отыз бестемін», «18 будет 10 мая».

Not here: whether the age is enough (see domain/age.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from domain.rulings import Rulings
from domain.search.folding import fold
from domain.spoken.counting import NEAR_WORDS, Number
from domain.spoken.heard import Hearing
from domain.spoken.polarity import Token, denied, word_set

_AGES: Final = range(5, 111)
_YEARS = re.compile(r"лет$|год|жас|мин$")
_I_AM: Final = word_set("темин тамин демин дамин")
_MY_AGE: Final = word_set("жасым жасы жасыма")
_AT: Final = word_set("де да те та")
_ME: Final = frozenset(map(fold, ("мне", "маған", "ей", "ему", "маган")))
_BIRTH = re.compile(r"рожд|туган|туил|тув")
_TURNS = re.compile(r"испол|стукн|буд[еу]т|стан|тол(?:[адмтиу]|сам|ган)")
_TO_COME = re.compile(r"исполнит|буд[еу]т|станет|тола(?:м|ми|ди)|толсам|толаин")


def read_age(heard: Hearing, values: dict[str, Any], doubtful: dict[str, str]) -> set[int]:
    """Full years, and the day of a person's eighteenth birthday. The words of numbers that are taken are given back."""
    names = _age_facts(heard.known)
    used: set[int] = set()
    if not names:
        return used
    said = heard.said
    for number in heard.counted:
        nxt = said[number.last + 1].word if number.last + 1 < len(said) and not said[number.last + 1].apart else ""
        before = said[number.first - 1].word if number.first and not said[number.first].apart else ""
        if 1900 <= number.value <= heard.today.year and (_BIRTH.match(nxt) or _born(said, number.last)):
            doubtful.update(dict.fromkeys(names, "part"))
            continue
        turns = next((n for n in _around(said, number, 4) if _TURNS.match(said[n].word)), None)
        if number.value == 18 and turns is not None and _TO_COME.match(said[turns].word):
            day = min(heard.days, key=lambda day: abs(day.first - number.first), default=None)
            if day is not None and "eighteenth_birthday" in heard.known.facts:
                values["eighteenth_birthday"] = day.value
                used |= {*range(day.first, day.last + 1), *range(number.first, number.last + 1)}
            else:
                doubtful.update(dict.fromkeys(names, "part"))
            continue
        years = _YEARS.match(nxt) is not None or number.ending in _I_AM or nxt in _I_AM
        years = years or (before in _MY_AGE and number.ending in _AT)
        mine = (before in _ME and not nxt.startswith(("билет", "чек", "тис", "мин", "млн"))) or nxt in _ME
        reached = number.value == 18 and (turns is not None or denied(said, number.first, number.last))
        if number.value not in _AGES or number.ordinal or not (years or mine or reached):
            continue
        if _period(said, number, before) or any(
            number.first <= day.last and number.last >= day.first for day in heard.days
        ):
            continue
        last = number.last + (1 if (_YEARS.match(nxt) or nxt in _I_AM) and not number.ending else 0)
        part = (
            before in NEAR_WORDS
            or denied(said, number.first, number.last)
            or (last > number.last and denied(said, last))
        )
        if part:
            doubtful.update(dict.fromkeys(names, "part"))
        elif any(name in values for name in names):
            doubtful.update({name: "two" for name in names if values.pop(name, number.value) != number.value})
        else:
            values.update(dict.fromkeys(names, number.value))
        used |= set(range(number.first, last + 1))
    return used


def _age_facts(known: Rulings) -> tuple[str, ...]:
    criteria = (each for question in known.questions.values() for each in question.criteria)
    return tuple(dict.fromkeys(name for each in criteria if each.kind.startswith("age_of") for name in each.core))


def _born(said: Sequence[Token], last: int) -> bool:
    words = [token.word for token in said[last + 1 : last + 3]]
    return any(_BIRTH.match(word) for word in words) or words[:2] == ["г", "р"]


def _period(said: Sequence[Token], number: Number, before: str) -> bool:
    """«за 3 года», «с 21 года», «5 лет назад»: no age."""
    after = [token.word for token in said[number.last + 1 : number.last + 3]]
    return before in ("за", "с", "через", "уже", "на") or any(word in ("назад", "бурин", "болди") for word in after)


def _around(said: Sequence[Token], number: Number, reach: int) -> list[int]:
    found = []
    for n in range(number.last + 1, min(number.last + 1 + reach, len(said))):
        if said[n].apart:
            break
        found.append(n)
    for n in range(number.first - 1, max(number.first - 1 - reach, -1), -1):
        if said[n + 1].apart:
            break
        found.append(n)
    return found
