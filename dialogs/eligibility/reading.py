"""Turns what a person types into a fact, and a fact into words.

Not here: which fact is asked when (see domain/eligibility.py); a fact's own words (see the promotion's wording).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Final

from rapidfuzz.fuzz import ratio

from dialogs.conversation import Json
from dialogs.messages import Param, Phrase, say
from domain.eligibility import FactQuestion, rulings
from domain.facts import key
from domain.promotion import Promotion
from domain.rulebook import Localized
from domain.spoken.counting import only_number
from domain.spoken.facts import FactsRead, read_facts
from domain.spoken.polarity import negates, yes_or_no
from domain.spoken.values import SpokenFault, read_day, read_month

NEVER: Final = ("ни разу", "ещё нет", "еще нет", "пока нет", "не было", "әлі жоқ", "али жок", "болған жоқ", "ничего")
UNKNOWN: Final = (
    *("не знаю", "незнаю", "хз", "не помню", "непомню", "ne znayu", "затрудняюсь"),
    *("білмеймін", "билмеймин", "білмедім", "есімде жоқ", "есимде жок", "bilmeimin"),
)
OTHER: Final = "other"
_ANOTHER = re.compile(r"\bдруг\w+|\bбасқа|\bбаска|\bиной\b|\bиная\b")
NONE: Final = "none"
"""An answer that stands beside days, months and numbers: not once, not yet, nothing."""
_ALIKE: Final = 86.0
_WRONG: Final = {
    "yes_no": "check.wrong_yes_no",
    "number": "check.wrong_number",
    "month": "check.wrong_month",
    "date": "check.wrong_date",
}
SHOWN: Final = 5
"""Rows that are shown one by one."""
SHORT: Final = 6
"""Words of an answer that says nothing else."""
_APART = re.compile(r"[,;\n]+|\s(?:и|және|жане)\s")
_ASIDE = re.compile(r"(?<=\?)\s.*$|\s*(?:Например|Мысалы)\b.*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Understood:
    """A value as golden tables write it (JSON), or the phrase that says what was wrong."""

    value: Json = None
    wrong: Phrase | None = None


def read(fact: FactQuestion, text: str, promotion: Promotion, today: date) -> Understood:
    """What a typed answer means for this fact; a day without a year is the one nearest to the promotion."""
    return answer(fact, text, promotion, today, read_facts(promotion, text, today))


def answer(fact: FactQuestion, text: str, promotion: Promotion, today: date, said: FactsRead) -> Understood:
    """The same, where the facts that the text states are read already."""
    bare = " ".join(text.casefold().split()).rstrip(".!")
    if bare.startswith(UNKNOWN) or (len(bare.split()) <= SHORT and any(word in bare for word in UNKNOWN)):
        # «не помню точно, в марте» is half an answer
        half = fact.fact in said.values or (fact.fact in said.doubtful and any(map(str.isdecimal, bare)))
        return Understood(wrong=say(_WRONG.get(fact.type, "check.wrong_choice"))) if half else Understood()
    match fact.type:
        case "yes_no":
            return _side(fact, text, said)
        case "choice":
            value = _option(fact, text, promotion, near=False) or said.values.get(fact.fact)
            if value is None and fact.fact not in said.doubtful:
                value = _option(fact, text, promotion)
            # «не SERIKTES, другой»
            if (
                value is None
                and said.doubtful.get(fact.fact) == "denied"
                and OTHER in fact.options
                and _ANOTHER.search(bare)
            ):
                value = OTHER
            return Understood(value) if value else Understood(wrong=say("check.wrong_choice"))
        case "list":
            values = [_option(fact, part, promotion) for part in _APART.split(text) if part.strip()]
            found: list[Json] = [value for value in dict.fromkeys(values) if value]
            return Understood(found) if found and None not in values else Understood(wrong=say("check.wrong_choice"))
        case "text":
            return Understood(text.strip()[:100])
    refused = yes_or_no(text) is False and not any(map(str.isdecimal, bare)) and len(bare.split()) <= SHORT
    if NONE in fact.options and (refused or bare.startswith(NEVER) or _option(fact, text, promotion)):
        return Understood(none(fact))
    return _counted(fact, text, promotion, today, said)


def _side(fact: FactQuestion, text: str, said: FactsRead) -> Understood:
    """Yes or no by the words of either, or by what is said of the fact; where the two disagree, it is asked again."""
    side, told = yes_or_no(text), said.values.get(fact.fact)
    if len(text.split()) > SHORT and side is not None and told is not None:
        side = told
    if (side is None and told is None) or (side is not None and told is not None and side is not told):
        return Understood(wrong=say("check.wrong_yes_no"))
    return Understood(told if side is None else side)


def _counted(fact: FactQuestion, text: str, promotion: Promotion, today: date, said: FactsRead) -> Understood:
    """A number, a month or a day; one that is denied or only near is none."""
    near = min(today, promotion.last_day(promotion.whole))
    told = said.values.get(fact.fact)
    match fact.type:
        case "number":
            number = None if fact.fact in said.doubtful else only_number(text)
            return Understood(number) if number is not None else Understood(wrong=say("check.wrong_number"))
        case "month":
            return _understood(read_month(text, near), "check.wrong_month")
        case _ if fact.fact in said.doubtful or (negates(text) and told is None):
            return Understood(wrong=say("check.wrong_date"))
        case _:
            day = read_day(text, today, near)
            return (
                Understood(told)
                if isinstance(day, SpokenFault) and told is not None
                else _understood(day, "check.wrong_date")
            )


def none(fact: FactQuestion) -> Json:
    """«Nothing» as the fact writes it: an empty table, or the word."""
    if fact.type != "table":
        return NONE
    return {} if fact.fact == "receipts_via_app" else []


def _option(fact: FactQuestion, text: str, promotion: Promotion, *, near: bool = True) -> str | None:
    """The value whose name, other name or label in either language was typed; with `near` a small typo is allowed, but no negation."""
    typed = key(text)
    names = [(key(name), value) for name, value in _names(fact, promotion)]
    exact = next((value for name, value in names if name == typed), None)
    if exact or len(typed) < 4 or not near:
        return exact
    alike = max(((ratio(typed, name), name, value) for name, value in names), default=None)
    if alike is None or alike[0] < _ALIKE or negates(text) != negates(alike[1]):
        return None
    return alike[2]


def _names(fact: FactQuestion, promotion: Promotion) -> Iterator[tuple[str, str]]:
    aliases = rulings(promotion).aliases.get(fact.fact, {})
    words = promotion.wording.facts.get(fact.fact)
    for value in fact.options:
        yield value, value
        yield from ((alias, value) for alias, meant in aliases.items() if meant == key(value))
        if words and value in words.options:
            yield from ((words.options[value].get(language), value) for language in ("kk", "ru"))


def _understood(found: int | str | date | SpokenFault, wrong: str) -> Understood:
    if isinstance(found, SpokenFault):
        return Understood(
            wrong=say("check.no_such_day", text=found.text[:40]) if found.reason == "no_such_day" else say(wrong)
        )
    return Understood(found.isoformat() if isinstance(found, date) else found)


def short(words: Localized) -> Localized:
    """A question without what follows it, an example or a hint, for showing it beside its answer."""
    return Localized(_ASIDE.sub("", words.kk) or words.kk, _ASIDE.sub("", words.ru) or words.ru)


def _rows(value: list[Any] | dict[str, Any]) -> Phrase:
    """Rows of a table in short: receipts by month, days of purchases, or how many there are."""
    if isinstance(value, dict):
        rows = [say("check.named", what=_as_month(month), value=count) for month, count in value.items()]
    else:
        days = [str(row.get("at"))[:10] for row in value if isinstance(row, Mapping) and row.get("at")]
        rows = [say("purchase.day", day=date.fromisoformat(day)) for day in dict.fromkeys(days)]
    if not 0 < len(rows) <= SHOWN:
        return say("check.several", count=len(value))
    return reduce(lambda rest, row: say("places", first=row, rest=rest), reversed(rows[:-1]), rows[-1])


def _as_month(month: str) -> Phrase:
    return say("check.month", month=date.fromisoformat(f"{month}-01"))


def named(promotion: Promotion, fact: str, value: Json) -> Param:
    """A value as it stands among others, away from its question: a yes, a no and a number need to be said of what."""
    text = shown(promotion, fact, value)
    if isinstance(value, (bool, int, list, dict)):
        ask = short(promotion.wording.facts[fact].ask)
        return say("check.named", what=Localized(ask.kk.rstrip("?"), ask.ru.rstrip("?")), value=text)
    return text


def shown(promotion: Promotion, fact: str, value: Json) -> Param:
    """A value as the person sees it."""
    words = promotion.wording.facts.get(fact)
    if value is None:
        return say("check.unknown")
    if isinstance(value, bool):
        return say("button.yes" if value else "button.no")
    if isinstance(value, (list, dict)):
        none = words.options.get(NONE) if words else None
        return none if none and not value else _rows(value)
    if words and str(value) in words.options:
        return words.options[str(value)]
    text = str(value)
    try:
        if len(text) == len("2024-03"):
            return say("check.month", month=date.fromisoformat(f"{text}-01"))
        return date.fromisoformat(text) if len(text) == len("2024-03-12") else text
    except ValueError:
        return text
