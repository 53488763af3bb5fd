"""Purchases and computed figures, label and reply side by side.

Not here: everything that is judged by a clause or a side (see judging.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.cli.asking import Reply

BORDER_HOUR = 19
"""A period of the January promotion ends at this hour: «before» it is any hour below."""


def exact(expect: Mapping[str, Any], reply: Reply, *, shown_back: bool = True) -> bool:
    """The draft is what was said and nothing else; asked back where something is missing and only there."""
    if not _same(expect["purchases"], reply.purchases or []):
        return False
    if not shown_back:
        return True
    if expect["ask"] is not None:
        return reply.kind == "ask"
    if expect["planned"] and not expect["purchases"]:
        return reply.kind == "chances"
    return reply.kind in ("purchases", "chances")


def _same(labels: Iterable[Mapping[str, Any]], given: Iterable[Mapping[str, Any]]) -> bool:
    """Each label has its purchase, in whatever order."""
    left = list(given)
    for label in labels:
        found = next((each for each in left if _fits(label, each)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _fits(label: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    amounts = {label["amount_kzt"], label["amount_kzt"] - label.get("refund_kzt", 0)}
    same = (label.get("lottery"), label["paid_with_bonus"]) == (given["lottery"], given["bonus"])
    return same and given["amount"] in amounts and _when(label, given)


def _when(label: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """A day, or an instant where an hour was said; a vague hour that decides may be either."""
    said = str(label["at"])
    if "at" not in given:
        return "T" not in said and str(given["day"]) == said
    at = datetime.fromisoformat(str(given["at"]))
    if "T" in said:
        return at == datetime.fromisoformat(said)
    return label.get("border") == "before" and at.date().isoformat() == said and at.hour < BORDER_HOUR


def computed(expect: Mapping[str, Any], text: str) -> bool:
    """Whether all figures that are expected stand in the text: chances beside their word, money as money, days beside theirs."""
    plain = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text)
    found = []
    for name, value in expect.items():
        match name:
            case "chances" if value:
                found.append(_beside(plain, value, r"шанс|мүмкіндік"))
            case "chances":
                found.append(
                    _beside(plain, 0, r"шанс|мүмкіндік")
                    or bool(re.search(r"пока нет|әзірге жоқ|ни одного", plain, re.I))
                )
            case "days_missing" if value:
                found.append(
                    _beside(plain, value, r"дн[ейя]\w*|день|күн")
                    or bool(value == 1 and re.search(r"одного дня|бір күн", plain))
                )
            case _ if name.endswith("_kzt") and value:
                found.append(re.search(rf"(?<!\d){value}\D{{0,2}}(?:₸|тенге|теңге)", plain) is not None)
    return all(found)


def _beside(text: str, number: int, word: str) -> bool:
    return (
        re.search(rf"(?<![\d.]){number}\s(?:{word})|(?:{word})[^.\n\d]{{0,24}}?[:–-]\s{number}(?!\d|\.\d)", text, re.I)
        is not None
    )
