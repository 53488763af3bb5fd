"""What kind of paper a text is from, by words that stand on it in Kazakh or Russian; letters may be misread.

Not here: reading fields (see fields.py).
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

_ANCHORS: Final[dict[str, tuple[str, ...]]] = {
    "id_front": (
        "удостоверение личности", "жеке куәлік", "әкесінің аты", "тегі / фамилия", "отчество", "жсн / иин", "туған күні / дата рождения",
    ),
    "id_back": ("место рождения", "орган выдачи", "срок действия", "берген орган", "қолданылу мерзімі", "idkaz"),
    "passport": ("паспорт / passport", "republic of kazakhstan", "date of issue", "date of expiry", "given names", "p<kaz"),
    "iban": ("справка о наличии", "банковского счёта", "банк шотының", "реквизиты счёта", "владелец счёта", "шот иесі"),
    "act": ("акт вручения", "акт приема-передачи", "тапсыру актісі", "табыстау актісі", "претензий друг к другу не имеют"),
    "poa": ("доверенность", "сенімхат", "настоящей доверенностью", "уполномочиваю", "өкілеттік беремін"),
    "win_screen": ("поздравляем", "вы выиграли", "құттықтаймыз", "сіз ұттыңыз", "дата и время", "лицевой счёт", "күні мен уақыты"),
}  # fmt: skip
_CLOSE: Final = 84.0
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    return _SPACES.sub(" ", text.lower().replace("ё", "е")).strip()


def has(text: str, *anchors: str) -> bool:
    """Whether one of them stands in a plain text, a letter in six misread."""
    return any(_score(text, anchor) for anchor in anchors)


def _score(text: str, anchor: str) -> bool:
    anchor = anchor.replace("ё", "е")
    if anchor in text:
        return True
    if len(anchor) < 8:
        return False
    return fuzz.partial_ratio(anchor, text, score_cutoff=_CLOSE) > 0


def kinds(text: str) -> dict[str, int]:
    """How many anchors of each kind stand in the text; kinds without any are left out."""
    text = plain(text)
    found = {kind: sum(_score(text, anchor) for anchor in anchors) for kind, anchors in _ANCHORS.items()}
    return {kind: count for kind, count in found.items() if count}
