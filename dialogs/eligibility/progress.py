"""The check under way, as a talk remembers it: which question, what was asked, what was answered.

Not here: asking (see scene.py). A check belongs to one promotion; in a talk about another one it is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from dialogs.conversation import Json
from dialogs.turn import Turn
from domain.eligibility import FactQuestion, rulings


def under_way(turn: Turn) -> dict[str, Json] | None:
    check, promotion = turn.conversation.slots.get("check"), turn.promotion
    if not isinstance(check, dict) or promotion is None or check.get("promotion") != promotion.slug:
        return None
    return check


def is_run(turn: Turn, words: tuple[str, ...]) -> bool:
    """Whether a button belongs to this check and not to an older one."""
    check = under_way(turn)
    return check is not None and words[:1] == (check["run"],)


def facts(check: Mapping[str, Json]) -> Mapping[str, Json]:
    return cast(Mapping[str, Json], check["facts"])


def asked(check: Mapping[str, Json]) -> list[str]:
    return cast(list[str], check["asked"])


def current(turn: Turn) -> str | None:
    """The fact that was asked for last."""
    check = under_way(turn)
    name = check.get("current") if check else None
    return str(name) if name else None


def fact(turn: Turn, name: str | None) -> FactQuestion | None:
    return rulings(turn.promotion).facts.get(name) if turn.promotion and name else None


def values(turn: Turn, fact: FactQuestion) -> list[Json]:
    """What stands on the buttons of a question, in their order."""
    if fact.type == "yes_no":
        return [True, False]
    months = [draw.period for draw in turn.promotion.draws] if fact.type == "month" and turn.promotion else []
    check = under_way(turn)
    last = str(facts(check).get(fact.until) or "9") if check and fact.until else "9"
    return [*fact.options, *(month for month in months if month <= last)]


def is_month(value: Json) -> bool:
    """Whether of a day only its month is known (`YYYY-MM`)."""
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d", value) is not None
