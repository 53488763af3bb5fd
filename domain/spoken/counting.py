"""Numbers in a sentence, in digits and in words, with the endings they take: «тридцать пять», «бестемін», «второго», «7-го».

Not here: what a number counts (see facts.py), sums and scales (see values.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from domain.search.folding import fold
from domain.spoken.polarity import Token, denied, tokens, word_set

LARGEST: Final = 9_999
_RUSSIAN: Final = {
    1: ("один одна одно одну одного", "первый первого первое первом первая"),
    2: ("два две двух двое двумя", "второй второго второе втором вторая"),
    3: ("три трёх трое", "третий третьего третье третьем третья"),
    4: ("четыре четырёх четверо", "четвёртый четвёртого четвёртое четвёртом"),
    5: ("пять пяти пятеро пятёркой пятёрку", "пятый пятого пятое пятом"),
    6: ("шесть шести", "шестой шестого шестое шестом"),
    7: ("семь семи", "седьмой седьмого седьмое седьмом"),
    8: ("восемь восьми", "восьмой восьмого восьмое восьмом"),
    9: ("девять девяти", "девятый девятого девятое девятом"),
    40: ("сорок сорока", "сороковой"),
    50: ("пятьдесят пятидесяти", "пятидесятый"),
    60: ("шестьдесят", "шестидесятый"),
    70: ("семьдесят", "семидесятый"),
    80: ("восемьдесят", "восьмидесятый"),
    90: ("девяносто", "девяностый"),
}
_STEMS: Final = {
    10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат",
    17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
}  # fmt: skip
_KAZAKH: Final = {
    fold(word): number
    for number, word in (
        (1, "бір"), (2, "екі"), (3, "үш"), (4, "төрт"), (5, "бес"), (6, "алты"), (7, "жеті"), (8, "сегіз"), (9, "тоғыз"),
        (10, "он"), (20, "жиырма"), (30, "отыз"), (40, "қырық"), (50, "елу"), (60, "алпыс"), (70, "жетпіс"), (80, "сексен"),
        (90, "тоқсан"), (100, "жүз"),
    )
}  # fmt: skip
_COLLECTIVE: Final = {fold(word): n for n, word in enumerate(("екеу", "үшеу", "төртеу", "бесеу", "алтау", "жетеу"), 2)}
_COUNTED: Final = word_set(
    "еу ау тен тан ден дан нан те та де да темин тамин демин дамин темиз тамиз демиз дамиз ке ка ге га и"
)
_ORDERED: Final = word_set("инши нши инде инда нде нда ншида нши иншиде синда синде сина сине инан инен си")
_ORDINAL_ENDINGS: Final = word_set("го ого е ое и ши инши нши ым ом м ти инде инда нде нда синда синде си ында") | {
    "сында",
    "инан",
    "инен",
}
_NOT_NUMBERS: Final = word_set("бірден бірге бірі үші онда оны ону біре бірде оны бірте жүзде жүзі")


NEAR_WORDS: Final = word_set(
    "почти скоро больше более старше меньше менее младше до около под от не дейін жуық шамамен кем артық асқан примерно где-то"
)
"""Before a number they make it another one."""
_FROM: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
_OVER = re.compile(r"ас[тк]|ас$|кем|коп|арти|жогари|улкен|кииш")
"""«отыздан асты» is more than thirty."""
_NOT_WHOLE = re.compile(r"(?:^|\s)[-−–]\s?\d|\d[.,]\d")


class Number(NamedTuple):
    """A number from the word `first` to the word `last`; `ordinal` is one of an order («второго», «5-ші»)."""

    value: int
    first: int
    last: int
    ordinal: bool
    ending: str = ""


def _forms() -> dict[str, tuple[int, bool]]:
    found = {}
    for number, (counted, ordered) in _RUSSIAN.items():
        found.update({fold(word): (number, False) for word in counted.split()})
        found.update({fold(word): (number, True) for word in ordered.split()})
    for number, stem in _STEMS.items():
        found.update({fold(stem + ending): (number, False) for ending in ("ь", "и")})
        found.update({fold(stem + ending): (number, True) for ending in ("ый", "ого", "ое", "ом")})
    return found


_WORDS: Final = _forms()


def _word(word: str) -> tuple[int, bool, str] | None:
    """A number word: its value, whether it orders, and its ending."""
    if known := _WORDS.get(word):
        return *known, ""
    if word in _NOT_NUMBERS:
        return None
    if word in _COLLECTIVE:
        return _COLLECTIVE[word], False, ""
    for length in range(min(len(word), 7), 1, -1):
        number = _KAZAKH.get(word[:length])
        if number is not None:
            rest = word[length:]
            if not rest or rest in _COUNTED:
                return number, False, rest
            return (number, True, rest) if rest in _ORDERED else None
    return None


def numbers(said: Sequence[Token]) -> list[Number]:
    """The numbers of a text in order; tens and ones beside each other are one number."""
    found: list[Number] = []
    n = 0
    while n < len(said):
        token = said[n]
        if token.word.isdecimal():
            following = said[n + 1] if n + 1 < len(said) else None
            ending = following.word if following and following.joined else ""
            of_name = token.joined and said[n - 1].word.isalpha()  # «теле2»
            if len(token.word) <= 4 and not of_name:
                found.append(Number(int(token.word), n, n + bool(ending), ending in _ORDINAL_ENDINGS, ending))
            n += 1
            continue
        here = _word(token.word)
        if here is None:
            n += 1
            continue
        value, ordinal, ending = here
        last = n
        if (
            not ordinal
            and not ending
            and value >= 10
            and value % 10 == 0
            and n + 1 < len(said)
            and not said[n + 1].apart
        ):
            ones = _word(said[n + 1].word)
            if ones and ones[0] < 10:
                value, ordinal, ending, last = value + ones[0], ones[1], ones[2], n + 1
        # alone, «он» is more often «he» than ten
        if not (token.word == "он" and last == n and not ending and not _counts(said, n + 1)):
            found.append(Number(value, n, last, ordinal, ending))
        n = last + 1
    return found


def _counts(said: Sequence[Token], n: int) -> bool:
    return n < len(said) and said[n].word.startswith(("жас", "билет", "кун", "чек", "мин", "мин", "шакт"))


def only_number(text: str) -> int | None:
    """The one whole number of an answer, in digits or words; None where there are several, where it is denied («мне нет 18»), only near
    («почти 18»), no whole one, or a year."""
    said = tokens(text)
    found = numbers(said)
    # «мне не 17, а 19»
    found = [number for number in found if not denied(said, number.first, number.last)] if len(found) > 1 else found
    if (
        len(found) != 1
        or _NOT_WHOLE.search(text)
        or any(token.word.isdecimal() and len(token.word) > 4 for token in said)
    ):
        return None
    number = found[0]
    before = said[number.first - 1].word if number.first else ""
    after = said[number.last + 1].word if number.last + 1 < len(said) else ""
    over = (number.ending or said[number.last].word).endswith(_FROM) and _OVER.match(after)
    if before in NEAR_WORDS or over or denied(said, number.first, number.last) or 1900 <= number.value <= 2100:
        return None
    return number.value
