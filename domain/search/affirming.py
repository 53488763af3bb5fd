"""A question without its own negation: «копия не подойдёт?» asks the same of the rules as «копия подойдёт?».

Not here: the words of the answer, which must not be misread beside a negated question (see dialogs/rules/understanding.py).
"""

from __future__ import annotations

import re

from domain.search.folding import words
from domain.search.parts import is_what

_STAYS = tuple(words("қал қой"))
"""«Болмай қала ма», «бермей қоя ма»: the negation stands on the verb before."""
_PARTICLES = frozenset(words("ма ме ба бе па пе"))
_NOT = frozenset(words("не ни"))
_TURNED = {
    "нелзя": "можно",
    "низя": "можно",
    "нету": "ест",
    "нет": "ест",
    "неверно": "верно",
    "неправда": "правда",
    "ненужно": "нужно",
}
_SUPPOSES = re.compile(r"^(?:если|раз|когда|кто|котор\w*|чтоби?|пока|хот\w*|егер)$")
"""What stands behind these is told or supposed, and a «не» there is part of it."""
_CONSONANT = re.compile(r"^(\w*[бвгджзклмнпрстфхчш])[мбп]([ае])и(?=м|с|д|$)(\w*)$")
_VOWEL = re.compile(r"^(\w*[аеиоу])м[ае](и(?:м|с|д|$)\w*)$")
_PAST = re.compile(r"^(\w{2,})[мбп][ае]((?:[дт]и|[гк][ае]н)\w*)$")
_CLAUSE = re.compile(r"[,;:.?!\n]")


def affirmed(text: str) -> str:
    """The folded words without the negation of what is asked; what is told or supposed beside it keeps its own."""
    found: list[str] = []
    for clause in _CLAUSE.split(text):
        said = words(clause)
        supposed = False
        for at, word in enumerate(said):
            supposed = supposed or _SUPPOSES.match(word) is not None
            after = said[at + 1 : at + 3]
            asked = bool(after) and (
                after[0] in _PARTICLES or (after[-1] in _PARTICLES and after[0].startswith(_STAYS))
            )
            if asked:
                found += _asked_kazakh(word)
            elif not supposed and word in _NOT and not is_what(said, at):
                continue
            else:
                found.append(word if supposed else _TURNED.get(word, word))
    return " ".join(found)


def _asked_kazakh(word: str) -> list[str]:
    if word == "емес":
        return []
    if word == "жок":
        return ["бар"]
    if match := _CONSONANT.match(word):
        return [match[1] + match[2] + match[3]]
    if (match := _VOWEL.match(word)) or (match := _PAST.match(word)):
        return [match[1] + match[2]]
    return [word]
