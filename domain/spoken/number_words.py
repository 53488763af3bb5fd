"""Number words of Kazakh and Russian with what their endings make of them: a count, a day of the month, «from», «at».

Not here: numbers of several words (see numerals.py).
"""

from __future__ import annotations

from itertools import product
from typing import Final

from domain.search.folding import fold

_KAZAKH: Final = {
    "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10, "жиырма": 20,
    "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80, "тоқсан": 90, "жүз": 100,
}  # fmt: skip
_RUSSIAN: Final = {
    1: "один одного одна одну", 2: "два две двух двум", 3: "три трех трем", 4: "четыре четырех", 5: "пять пяти", 6: "шесть шести",
    7: "семь семи", 8: "восемь восьми", 9: "девять девяти", 10: "десять десяти", 11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати", 13: "тринадцать тринадцати", 14: "четырнадцать четырнадцати", 15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати", 17: "семнадцать семнадцати", 18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати", 20: "двадцать двадцати", 30: "тридцать тридцати", 40: "сорок сорока",
    50: "пятьдесят пятидесяти", 60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти", 80: "восемьдесят восьмидесяти",
    90: "девяносто", 100: "сто ста", 200: "двести двухсот", 300: "триста трехсот", 400: "четыреста четырехсот",
    500: "пятьсот пятисот", 600: "шестьсот шестисот", 700: "семьсот семисот", 800: "восемьсот восьмисот",
    900: "девятьсот девятисот",
}  # fmt: skip
_RUSSIAN_DAYS: Final = {
    1: "перв", 2: "втор", 3: "треть", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят", 10: "десят",
    11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат",
    17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
}  # fmt: skip
_FORMS: Final = {
    "ord": "інші ыншы нші ншы сыншы сінші",
    "day": "і ы сі сы інде ында сінде сында іне ына сіне сына індегі ындағы сіндегі сындағы ін ын сін сын інші-сі "
    "іншісі ыншысы ншісі ншысы іншісінде ыншысында ншісінде ншысында сыншысында сіншісінде",
    "day_abl": "інен ынан сінен сынан іншіден ыншыдан",
    "loc": "де да те та",
    "abl": "ден дан тен тан нен нан",
    "dat": "ге га ке ка ға қа",
    "": "ді ды ті ты ні ны дің дың тің тың нің ның",
}
"""Kazakh endings by what they say: «екінші», «екісі», «екісінде», «екіде», «екіден», «екіге»."""
SUFFIXES: Final = {
    **{fold(each): form for form, endings in _FORMS.items() for each in endings.replace("-", "").split()},
    **dict.fromkeys(map(fold, ("го", "ого", "его", "ье", "ое", "е")), "day"),
    **dict.fromkeys(map(fold, ("ші", "шы", "інші", "ыншы", "й", "ый", "ой", "я", "ая")), "ord"),
    **dict.fromkeys(map(fold, ("ти", "и", "х", "м")), ""),
    "и": "day",
}
"""Endings behind digits: «7-го», «13інде», «18:45те», «400-ден»."""


def _number_words() -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for (word, value), (form, endings) in product(_KAZAKH.items(), _FORMS.items()):
        for ending in endings.replace("-", "").split():
            found.setdefault(fold(word + ending), (value, form))
    for word, value in _KAZAKH.items():
        found[fold(word)] = (value, "")
    for value, stem in _RUSSIAN_DAYS.items():
        for ending in ("ого", "ье", "ьего", "его", "ое"):
            found[fold(stem.removesuffix("ь") + ending)] = (value, "day")
        for ending in ("ый", "ий", "ой", "ая", "ья", "ую", "ью"):
            found.setdefault(fold(stem.removesuffix("ь") + ending), (value, "ord"))
    for value, words in _RUSSIAN.items():
        for word in words.split():
            found[fold(word)] = (value, "")
    return found


NUMBER_WORDS: Final = _number_words()
"""Each form of each number word, folded: its value, and what its ending says."""
