"""Turns what a person types into a fact, and a fact into words.

Leaves which fact is asked when to `domain.eligibility`, and a fact's own words to the promotion's wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz.fuzz import ratio

from dialogs.conversation import Json
from dialogs.messages import Param, Phrase, say
from domain.eligibility import FactQuestion, rulings
from domain.facts import key
from domain.promotion import Promotion
from domain.rulebook import Localized
from domain.spoken.values import SpokenFault, read_day, read_month, read_number


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


YES: Final = _words(
    "да иә ия иа yes ya ага угу бар болды есть конечно әрине арине aga ia da ok ок иэ дұрыс верно точно"
)
NO: Final = _words("нет жоқ жок no joq zhoq емес неа yoq net нету ешқашан ешкашан никогда")
NEVER: Final = ("ни разу", "ещё нет", "еще нет", "пока нет", "не было", "әлі жоқ", "али жок", "болған жоқ", "ничего")
UNKNOWN: Final = (
    *("не знаю", "незнаю", "хз", "не помню", "непомню", "ne znayu", "затрудняюсь"),
    *("білмеймін", "билмеймин", "білмедім", "есімде жоқ", "есимде жок", "bilmeimin"),
)
NONE: Final = "none"
"""An answer that stands beside days, months and numbers: not once, not yet, nothing."""
_ALIKE: Final = 86.0
_APART = re.compile(r"[,;\n]+|\s(?:и|және|жане)\s")
_ASIDE = re.compile(r"(?<=\?)\s.*$|\s*(?:Например|Мысалы)\b.*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Understood:
    """A value as golden tables write it (JSON), or the phrase that says what was wrong."""

    value: Json = None
    wrong: Phrase | None = None


def read(fact: FactQuestion, text: str, promotion: Promotion, today: date) -> Understood:
    """What a typed answer means for this fact; a day without a year is the one nearest to the promotion."""
    near = min(today, promotion.last_day(promotion.whole))
    bare = " ".join(text.casefold().split()).rstrip(".!")
    if bare.startswith(UNKNOWN):
        return Understood()
    match fact.type:
        case "yes_no":
            said = bare.replace(",", " ").split()[:1]
            return (
                Understood(said[0] in YES)
                if said and said[0] in YES | NO
                else Understood(wrong=say("check.wrong_yes_no"))
            )
        case "choice":
            value = _option(fact, text, promotion)
            return Understood(value) if value else Understood(wrong=say("check.wrong_choice"))
        case "list":
            values = [_option(fact, part, promotion) for part in _APART.split(text) if part.strip()]
            found: list[Json] = [value for value in dict.fromkeys(values) if value]
            return Understood(found) if found and None not in values else Understood(wrong=say("check.wrong_choice"))
        case "text":
            return Understood(text.strip()[:100])
    refused = (
        bare.replace(",", " ").split()[:1]
        and bare.replace(",", " ").split()[0] in NO
        and not any(map(str.isdecimal, bare))
    )
    if NONE in fact.options and (refused or bare.startswith(NEVER) or _option(fact, text, promotion)):
        return Understood(none(fact))
    match fact.type:
        case "number":
            return _understood(read_number(text), "check.wrong_number")
        case "month":
            return _understood(read_month(text, near), "check.wrong_month")
        case _:
            return _understood(read_day(text, today, near), "check.wrong_date")


def none(fact: FactQuestion) -> Json:
    """«Nothing» as the fact writes it: an empty table, or the word."""
    if fact.type != "table":
        return NONE
    return {} if fact.fact == "receipts_via_app" else []


def _option(fact: FactQuestion, text: str, promotion: Promotion) -> str | None:
    """The value whose name, other name or label in either language was typed, a small typo allowed."""
    typed = key(text)
    names = [(key(name), value) for name, value in _names(fact, promotion)]
    exact = next((value for name, value in names if name == typed), None)
    if exact or len(typed) < 4:
        return exact
    near = max(names, key=lambda pair: ratio(typed, pair[0]), default=None)
    return near[1] if near and ratio(typed, near[0]) >= _ALIKE else None


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


def shown(promotion: Promotion, fact: str, value: Json) -> Param:
    """A value as the person sees it."""
    words = promotion.wording.facts.get(fact)
    if value is None:
        return say("check.unknown")
    if isinstance(value, bool):
        return say("button.yes" if value else "button.no")
    if isinstance(value, (list, dict)):
        none = words.options.get(NONE) if words else None
        return none if none and not value else say("check.several", count=len(value))
    if words and str(value) in words.options:
        return words.options[str(value)]
    text = str(value)
    try:
        if len(text) == len("2024-03"):
            return say("check.month", month=date.fromisoformat(f"{text}-01"))
        return date.fromisoformat(text) if len(text) == len("2024-03-12") else text
    except ValueError:
        return text
