"""Numbers written in Russian and Kazakh words, as rules repeat them in parentheses after the digits.

Not here: finding them in a text (see the checks).
"""

from __future__ import annotations

import re
from typing import Final

# Stems long enough to hold for every case ending; a shorter stem stands after the longer ones that begin like it.
_RUSSIAN: Final = (
    ("одиннадцат", 11), ("двенадцат", 12), ("тринадцат", 13), ("четырнадцат", 14), ("пятнадцат", 15),
    ("шестнадцат", 16), ("семнадцат", 17), ("восемнадцат", 18), ("девятнадцат", 19), ("двадцат", 20), ("тридцат", 30),
    ("сорок", 40), ("пятьдесят", 50), ("пятидесят", 50), ("шестьдесят", 60), ("шестидесят", 60), ("семьдесят", 70),
    ("семидесят", 70), ("восемьдесят", 80), ("восьмидесят", 80), ("девяност", 90), ("двести", 200), ("двухсот", 200),
    ("триста", 300), ("трехсот", 300), ("четыреста", 400), ("четырехсот", 400), ("пятьсот", 500), ("пятисот", 500),
    ("шестьсот", 600), ("шестисот", 600), ("семьсот", 700), ("семисот", 700), ("восемьсот", 800), ("восьмисот", 800),
    ("девятьсот", 900), ("девятисот", 900), ("сто", 100), ("ста", 100), ("десят", 10), ("девят", 9), ("восем", 8),
    ("восьм", 8), ("сем", 7), ("шест", 6), ("пят", 5), ("четыре", 4), ("трех", 3), ("три", 3), ("двух", 2), ("две", 2),
    ("два", 2), ("одн", 1), ("один", 1), ("ноль", 0),
)  # fmt: skip
_KAZAKH: Final = {
    "нөл": 0, "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10,
    "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80, "тоқсан": 90, "жүз": 100,
}  # fmt: skip
_SCALES: Final = {"тысяч": 1000, "миллион": 10**6, "миллиард": 10**9, "мың": 1000}
_ORDINAL: Final = re.compile(r"(ый|ой|ого|ому|ым|ых|ая|ую|ое|инші|ыншы|нші|ншы)$")


def words_to_number(text: str) -> int | None:
    """The number that a text of nothing but numerals writes out, or None if some word of it is no numeral."""
    total = group = 0
    words = re.findall(r"[^\W\d_]+", text.casefold().replace("ё", "е"))
    for word in words:
        scale = next((value for stem, value in _SCALES.items() if word.startswith(stem)), None)
        if scale is not None:
            total += (group or 1) * scale
            group = 0
            continue
        value = _KAZAKH.get(word, _russian(word))
        if value is None:
            return None
        # Kazakh says «three hundred» in two words, Russian in one.
        group = group * 100 if word == "жүз" and 0 < group < 10 else group + value
    return total + group if words else None


def _russian(word: str) -> int | None:
    if _ORDINAL.search(word) and not word.startswith(("одн", "трех", "двух", "четырех")):
        return None
    return next((value for stem, value in _RUSSIAN if word.startswith(stem) and len(word) <= len(stem) + 3), None)


_WRITTEN: Final = re.compile(r"(\d[\d \u00a0]*?)(?:-[^\W\d_]+)?\s*\(([^()]+)\)")


def disagreements(text: str) -> list[tuple[str, str]]:
    """Digits and the words in parentheses after them that write out another number."""
    found = []
    for digits, words in _WRITTEN.findall(text):
        number = words_to_number(words)
        if number is not None and number != int(re.sub(r"\D", "", digits)):
            found.append((digits.strip(), words))
    return found


_GROUPED: Final = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+")


def numbers_of(text: str) -> list[int]:
    """All numbers of a text, thousands joined, sorted: a translation holds the same ones."""
    return sorted(int(re.sub(r"\D", "", number)) for number in _GROUPED.findall(text))
