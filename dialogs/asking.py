"""Turns what a person types into a fact, and a fact into words.

Leaves which fact is asked when to `domain.eligibility`, and a fact's own words to the promotion's wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.conversation import Json
from dialogs.messages import Param, Phrase, say
from domain.eligibility import FactQuestion
from domain.promotion import Promotion
from domain.spoken import Fault, read_day, read_month, read_number

YES = frozenset(
    ["да", "иә", "ия", "иа", "yes", "ya", "ага", "бар", "болды", "есть", "конечно", "әрине", "aga", "ia", "da"]
)
NO = frozenset(["нет", "жоқ", "жок", "no", "joq", "zhoq", "емес", "неа", "yoq", "net"])
UNKNOWN = frozenset(
    {"не знаю", "незнаю", "білмеймін", "билмеймин", "хз", "не помню", "есімде жоқ", "bilmeimin", "ne znayu"}
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A value as golden tables write it (JSON), or the phrase that says what was wrong."""

    value: Json = None
    wrong: Phrase | None = None


def read(fact: FactQuestion, text: str, promotion: Promotion, today: date) -> Understood:
    """What a typed answer means for this fact; a day without a year is the one nearest to the promotion."""
    near = min(today, promotion.last_day(promotion.whole))
    bare = " ".join(text.casefold().split()).rstrip(".!")
    if bare in UNKNOWN:
        return Understood()
    match fact.type:
        case "yes_no":
            return Understood(bare in YES) if bare in YES | NO else Understood(wrong=say("check.wrong_yes_no"))
        case "number":
            return _understood(read_number(text), "check.wrong_number")
        case "date" | "moment":
            return _understood(read_day(text, today, near), "check.wrong_date")
        case "month":
            return _understood(read_month(text, near), "check.wrong_month")
        case "text":
            return Understood(text.strip()[:100])
        case _:
            return Understood(wrong=say("check.wrong_choice"))


def _understood(found: int | str | date | Fault, wrong: str) -> Understood:
    if isinstance(found, Fault):
        return Understood(
            wrong=say("spoken.no_such_day", text=found.text) if found.reason == "no_such_day" else say(wrong)
        )
    return Understood(found.isoformat() if isinstance(found, date) else found)


def shown(promotion: Promotion, fact: str, value: Json) -> Param:
    """A value as the person sees it."""
    if value is None:
        return say("check.unknown")
    if isinstance(value, bool):
        return say("button.yes" if value else "button.no")
    if isinstance(value, list):
        return say("check.several", count=len(value))
    words = promotion.wording.facts.get(fact)
    if words and str(value) in words.options:
        return words.options[str(value)]
    try:
        return date.fromisoformat(str(value)) if len(str(value)) == 10 else str(value)
    except ValueError:
        return str(value)
