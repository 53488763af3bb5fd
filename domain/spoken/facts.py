"""One reader of a person's facts: what a sentence says of the facts of [eligibility.facts], and what it says only in part.

Not here: the phrases (data: wording.toml, see domain/wording.py), rows of purchases and receipts (see rows.py), what follows from a
fact (see domain/eligibility.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from domain.promotion import Promotion
from domain.rulings import FactQuestion, Rulings
from domain.search.folding import fold
from domain.spoken.ages import read_age
from domain.spoken.dates import SpokenDay
from domain.spoken.heard import DRAW, ELSEWHEN, NEAR, UNCLEAR, FactSaid, Hearing, hear
from domain.spoken.phrases import FoundPhrase
from domain.spoken.polarity import Token, denied, word_set
from domain.spoken.rows import BESIDE, RECEIPTS, read_receipts, read_sums, read_tickets

YES: Final = "yes"
IMPLIED: Final = "implied"
"""Phrases that say yes by the way: denied, they say nothing."""
OTHER: Final = "other"
_TODAY: Final = frozenset(map(fold, ("сегодня", "бүгін", "сейчас", "уже")))
_BESIDE: Final = 4
"""Words within which the words of a draw make a day its own."""
_DRAW = re.compile(r"розигриш|оин|утис")
_OTHERS = re.compile(r"жен[аыуе]$|муж|друг|сестр|брат|учредит|директор|мам|пап|сосед|аие|куие|дос(?:им|и)|колдаc|карин")
_FORMER: Final = word_set("бұрын раньше прежде был была были было едік едім еді едик едим burin бурын")
_MINE: Final = word_set("на моё мое мой наш наше оформлен оформлена оформил оформили атына атыма боп болып")


@dataclass(frozen=True, slots=True)
class FactsRead:
    """The facts that a text states, as golden tables write them.

    `doubtful` are those it says only in part, with the reason: `denied`, `two`, `unknown`, `part`. `drawn`: it says when a draw was held,
    from which terms are counted. `unclear`: it tells of circumstances that no fact holds.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    doubtful: Mapping[str, str] = field(default_factory=dict)
    drawn: bool = False
    unclear: bool = False

    def __bool__(self) -> bool:
        return bool(self.values)


def read_facts(promotion: Promotion, text: str, today: date) -> FactsRead:
    """Every fact of one person that a text states. Nothing is guessed: what is read only in part is doubtful."""
    return read_heard(hear(promotion, text, today))


def read_heard(heard: Hearing) -> FactsRead:
    values: dict[str, Any] = {}
    doubtful: dict[str, str] = {}
    _words(heard, values, doubtful)
    used = read_age(heard, values, doubtful)
    used |= _dated(heard, values, doubtful)
    _counted(heard, used, values)
    read_receipts(heard, values)
    read_tickets(heard, values)
    read_sums(heard, used, values, doubtful)
    drawn = any(_away(heard, cue, day) <= _BESIDE for cue in heard.cues(DRAW) for day in heard.days)
    return FactsRead(
        values, {name: why for name, why in doubtful.items() if name not in values}, drawn, bool(heard.cues(UNCLEAR))
    )


def type_of(heard: Hearing, name: str) -> str:
    fact: FactQuestion | None = heard.known.facts.get(name)
    return fact.type if fact else "yes_no"


def _words(heard: Hearing, values: dict[str, Any], doubtful: dict[str, str]) -> None:
    """Choices, and yes or no."""
    said = [each for each in heard.phrases if each.meaning[1] not in BESIDE]
    choices = [each for each in said if type_of(heard, each.meaning[0]) == "choice"]
    # «жеке кәсіпкер» is one word of one choice, though «кәсіпкер» alone is a package
    parts = _parts(choices)
    for name in dict.fromkeys(each.meaning[0] for each in said):
        kind = type_of(heard, name)
        found = [each for each in said if each.meaning[0] == name and each not in parts]
        if kind == "yes_no":
            _side(heard, name, found, values, doubtful)
        elif kind == "choice":
            _choice(heard, name, found, values, doubtful)
        elif any(each.meaning[1] == "none" for each in found):
            values[name] = ({} if name == RECEIPTS else []) if kind == "table" else "none"


def _parts(choices: Sequence[FoundPhrase[FactSaid]]) -> set[FoundPhrase[FactSaid]]:
    """The phrases that are part of a longer one. Only those that share a word are compared."""
    by_place: dict[int, set[frozenset[int]]] = {}
    for each in choices:
        for place in each.places:
            by_place.setdefault(place, set()).add(frozenset(each.places))
    return {each for each in choices if any(longer > set(each.places) for longer in by_place[each.first])}


def _side(
    heard: Hearing, name: str, found: Sequence[FoundPhrase[FactSaid]], values: dict[str, Any], doubtful: dict[str, str]
) -> None:
    sides: dict[bool, int] = {}
    for each in found:
        if heard.unknown(each.last):
            doubtful[name] = "unknown"
            return
        side = each.meaning[1] in (YES, IMPLIED)
        if each.meaning[1] == IMPLIED and heard.denies(each):
            continue
        if side:
            side = not heard.denies(each)
        sides[side] = max(sides.get(side, 0), each.weight)
    # «не» of a longer phrase beats a part of it
    if len(sides) == 1 or (sides and sides[False] != sides[True]):
        values[name] = max(sides, key=lambda side: sides[side])
    elif sides:
        doubtful[name] = "two"


def _choice(
    heard: Hearing, name: str, found: Sequence[FoundPhrase[FactSaid]], values: dict[str, Any], doubtful: dict[str, str]
) -> None:
    weights: dict[str, int] = {}
    for each in found:
        if heard.denies(each):
            doubtful[name] = "denied"
        elif heard.unknown(each.last):
            doubtful[name] = "unknown"
        else:
            value = each.meaning[1]
            weights[value] = max(weights.get(value, -9), _belongs(heard.said, each))
    best = [value for value, weight in weights.items() if weight == max(weights.values())]
    # what is named says more than that it is something else
    best = [value for value in best if value != OTHER] or best
    if len(best) == 1:
        values[name] = best[0]
    elif best:
        doubtful[name] = "two"


def _belongs(said: Sequence[Token], each: FoundPhrase[FactSaid]) -> int:
    """How surely a word is about the person now: less where it is another's or was once, more where it is said to be theirs."""
    around = []
    for n in range(each.first - 1, max(each.first - 4, -1), -1):
        around.append(said[n].word)
        if said[n + 1].apart:
            around.pop()
            break
    after = said[each.last + 1 : each.last + 3]
    around += [token.word for n, token in enumerate(after) if not any(before.apart for before in after[: n + 1])]
    weight = 0
    for word in around:
        weight += (word in _MINE) - 2 * (word in _FORMER) - (_OTHERS.match(word) is not None)
    return weight


def _dated(heard: Hearing, values: dict[str, Any], doubtful: dict[str, str]) -> set[int]:
    """Days to the fact whose words stand nearest; two days for one fact are one too many."""
    facts = heard.known.facts
    dated = [name for name, fact in facts.items() if fact.type in ("date", "moment")]
    cues = [each for each in heard.phrases if each.meaning[1] == NEAR and _has_days(heard, each.meaning[0])]
    main = next((name for name in _core(heard.known) if name in dated), None)
    used: set[int] = set()
    found: dict[str, list[SpokenDay]] = {}
    explicit = [day for day in heard.days if not day.bare]
    for day in heard.days:
        # receipts are counted by months, a whole day is none of theirs
        beside = [
            each
            for each in cues
            if (each.meaning[0] != RECEIPTS or len(day.value) == len("2024-03"))
            and (each.meaning[0] not in (DRAW, ELSEWHEN) or _away(heard, each, day) <= _BESIDE)
        ]
        nearest = min(beside, key=lambda each: _away(heard, each, day), default=None)
        name = nearest.meaning[0] if nearest else main
        away = _away(heard, nearest, day) if nearest else 99
        said_today = day.first > 0 and heard.said[day.first - 1].word in _TODAY
        if (day.bare and (explicit or away > 4)) or (said_today and away > 2):
            continue
        if len(day.value) == len("2024-03") and _of_draw(heard, day):
            if "draw_period" in facts:
                values.setdefault("draw_period", day.value)
            continue
        if name in dated and denied(heard.said, day.first, day.last):
            doubtful[name] = "denied"
        elif name in dated and name not in values:
            found.setdefault(name, []).append(day)
            used |= set(range(day.first, day.last + 1))
    for name, its in found.items():
        several = {day.value for day in its}
        whole = [value for value in several if len(value) == len("2024-03-12")]
        if len(whole) == 1 and all(whole[0].startswith(value) for value in several):
            several = {whole[0]}
        if any(heard.unknown(day.last) for day in its):
            doubtful[name] = "unknown"
        elif len(several) == 1:
            values[name] = several.pop()
        else:
            doubtful[name] = "two"
    return used


def _has_days(heard: Hearing, name: str) -> bool:
    return name in (DRAW, ELSEWHEN) or (
        name in heard.known.facts and heard.known.facts[name].type in ("date", "moment", "table", "month")
    )


def _of_draw(heard: Hearing, day: SpokenDay) -> bool:
    """«январский розыгрыш», «мамырдың ойынына»: the month of a draw."""
    following = heard.said[day.last + 1] if day.last + 1 < len(heard.said) else None
    return following is not None and not following.apart and _DRAW.match(following.word) is not None


def _away(heard: Hearing, cue: FoundPhrase[FactSaid], day: SpokenDay) -> int:
    away = cue.first - day.last if cue.first > day.last else day.first - cue.last
    return away + (5 if heard.stops(cue.first, day.first) else 0)


def _core(known: Rulings) -> Iterator[str]:
    for question in known.questions.values():
        for criterion in question.criteria:
            yield from criterion.core


def _counted(heard: Hearing, used: set[int], values: dict[str, Any]) -> None:
    """Numbers beside the words of a fact that is a number: «два аккаунта», «алтыншы күні»."""
    for name, fact in heard.known.facts.items():
        if fact.type != "number" or name in values:
            continue
        for cue in heard.cues(name):
            near = [
                number
                for number in heard.counted
                if number.first not in used and min(abs(number.first - cue.last), abs(cue.first - number.last)) <= 1
            ]
            if near and not denied(heard.said, near[0].first, near[0].last):
                values[name] = near[0].value
                break
