"""A clause by its number: «пункт 9», «7-тармақ», «п. 5.11», «вторая таблица»; one that is not there is said so.

Not here: finding the clause that answers a question (see scene.py).
"""

from __future__ import annotations

import re
from typing import Final

from dialogs import citing, opening
from dialogs.menu import MENU, PERSON
from dialogs.messages import Option, Outgoing, say
from dialogs.rules import answers, browsing, reply
from dialogs.rules.scene import shorten
from dialogs.turn import Outcome, Turn
from domain.promotion import Promotion

_NUMBER: Final = r"\d{1,3}(?:\.\d{1,3}){0,3}"
_CLAUSE: Final = r"(?:п(?:ункт|унк|нкт)\w*|пп?|статья|статью|статьи|тарма[қкг]\w*|бап\w*|punkt\w*|tarma[qkg]\w*)"
_TABLE: Final = r"(?:табли[цч]\w*|кесте\w*|tabli[ct]\w*|keste\w*)"
_ENDING: Final = r"(?:\s*-?\s*(?:й|я|ю|го|му|ый|ой|ом|ая|ую|ші|шы|ші|нші|ншы|інші|ыншы|інши|шi))?"
_AFTER = re.compile(rf"\b{_CLAUSE}\.?\s*№?\s*({_NUMBER}(?:\s*(?:,|и|және|мен|пен)\s*{_NUMBER})*)", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d.])({_NUMBER}){_ENDING}\s*-?\s*{_CLAUSE}\b", re.IGNORECASE)
_OF_TABLE = re.compile(
    rf"\b{_TABLE}\s*№?\s*(?P<after>\d{{1,2}})|(?P<before>\d{{1,2}}){_ENDING}\s*-?\s*{_TABLE}", re.IGNORECASE
)
_ANY = re.compile(rf"(?<![\d.,])({_NUMBER})(?![\d]|\.\d)")
LONGEST = 60
"""Characters of a text that asks what stands in a clause: in a longer one the number is beside the point."""
_WHOLE = re.compile(
    rf"\W*(?:{_CLAUSE}\.?\s*№?\s*{_NUMBER}|{_NUMBER}{_ENDING}\s*-?\s*{_CLAUSE}|\d{{1,2}}\.\d{{1,2}})\W*", re.IGNORECASE
)


_ASKED = re.compile(
    r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.]*\d)(?=.*\b(?:написан|сказан|говор|гласит|жазыл|айтыл|туралы|де[йп]))"
    r"|\b(?:что|чё|не)\s+(?:там\s+)?(?:в|во)\s+\d{1,2}\.\d{1,2}(?![\d.]*\d)",
    re.IGNORECASE,
)
_NESTED = re.compile(
    rf"(\d{{1,2}}){_ENDING}\s*-?\s*тарма[қк](?!ша)\w*\s+(\d{{1,2}}){_ENDING}\s*-?\s*тарма[қк]ша\w*"
    rf"|\bпункт\w*\s+(\d{{1,2}})\s*,?\s+подпункт\w*\s+(\d{{1,2}})",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\bподпункт\w*\s+(\d{1,2})\s+пункт\w*\s+(\d{1,2})", re.IGNORECASE)


def asks(text: str) -> bool:
    """Whether a text is the number of a clause and nothing else, or asks what stands there."""
    return _WHOLE.fullmatch(text) is not None or (len(text) < LONGEST and _ASKED.search(text) is not None)


_ORDINALS: Final = {
    stem: number
    for number, stems in enumerate(
        (
            *("перв бірінші birinshi", "втор екінші ekinshi", "трет үшінші ushinshi", "четвёрт четверт төртінші"),
            *("пят бесінші besinshi", "шест алтыншы", "седьм жетінші", "восьм сегізінші", "девят тоғызыншы"),
            *("десят оныншы", "одиннадцат он_бірінші", "двенадцат он_екінші", "тринадцат он_үшінші"),
            *("четырнадцат он_төртінші", "пятнадцат он_бесінші", "шестнадцат он_алтыншы", "семнадцат он_жетінші"),
            *("восемнадцат он_сегізінші", "девятнадцат он_тоғызыншы", "двадцат жиырмасыншы"),
        ),
        1,
    )
    for stem in stems.split()
}
_ORDINAL = re.compile(
    rf"\b(?P<word>{'|'.join(sorted((stem.replace('_', ' ') for stem in _ORDINALS), key=len, reverse=True))})"
    rf"[а-я]*\s+(?={_CLAUSE}|{_TABLE})",
    re.IGNORECASE,
)


def _in_digits(text: str) -> str:
    """«Восемнадцатый пункт» is «18 пункт»."""
    return _ORDINAL.sub(lambda match: f"{_ORDINALS[match['word'].lower().replace(' ', '_')]} ", text)


def named(text: str) -> tuple[str, ...]:
    """The numbers that a text asks for, tables as `table 1`: those beside the word for a clause, else all that stand in it."""
    text = _NESTED.sub(lambda m: f"пункт {m[1] or m[3]}.{m[2] or m[4]} ", _in_digits(text))
    text = _WITHIN.sub(r"пункт \2.\1 ", text)
    tables = [f"table {match['after'] or match['before']}" for match in _OF_TABLE.finditer(text)]
    rest = _OF_TABLE.sub(" ", text)
    listed = [number for each in _AFTER.findall(rest) for number in re.findall(_NUMBER, each)]
    beside = [*listed, *_BEFORE.findall(rest)]
    return tuple(dict.fromkeys([*tables, *(beside or ([] if tables else _ANY.findall(rest)))]))


def show(turn: Turn) -> Outcome:
    promotion = turn.promotion
    if promotion is None:
        return opening.choose_promotion(turn)
    numbers = named(shorten(turn.incoming.text)) or _told(turn, promotion)
    there = [known for number in numbers if (known := _known(promotion, number))]
    if len(there) == 1:
        return answers.tell(turn, promotion, there[0])
    if there:
        return _several(turn, promotion, there[:3])
    return _unknown(turn, promotion, numbers[0]) if numbers else browsing.show_sections(turn)


def _told(turn: Turn, promotion: Promotion) -> tuple[str, ...]:
    """«Покажи этот пункт»: the clause that the last answer stands on."""
    last = reply.sentence(turn)
    return last[1][:1] if last and all(number in promotion.rulebook for number in last[1]) else ()


def _known(promotion: Promotion, number: str) -> str | None:
    """The number as the rules print it; the only table may be asked for by any name of a table."""
    tables = [each.number for each in promotion.rulebook.clauses if each.number.startswith("table")]
    if number in promotion.rulebook:
        return number
    if number.startswith("table") and number in ("table 1", "table") and len(tables) == 1:
        return tables[0]
    bare = number.rstrip(".0") if number.endswith(".0") else number
    return bare if bare in promotion.rulebook else None


def _several(turn: Turn, promotion: Promotion, numbers: list[str]) -> Outcome:
    clauses = [promotion.rulebook.cite(number) for number in numbers]
    lines = [citing.stated(clause.answer, (clause.number,)) for clause in clauses]
    buttons = [answers.button(promotion, clause) for clause in clauses]
    said = answers.leave(turn).done(Outgoing((citing.lines(lines),), (*buttons, MENU)))
    return said.replied("answer", tuple(numbers))


def _unknown(turn: Turn, promotion: Promotion, number: str) -> Outcome:
    sections = Option("rules", say("button.rules"))
    place = citing.cite(number)
    parts = (say("clause.unknown", promotion=promotion.name, place=place),)
    return turn.done(Outgoing(parts, (sections, PERSON, MENU))).replied("function")
