"""One rule of negation for every reader: a word beside не, нет, без, ни, жоқ, емес or with -сыз, -ма- is never that word.

Not here: which words a reader looks for (see facts.py, purchases.py), what is said of an unclear answer (see dialogs).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from domain.search.folding import fold

_TOKEN = re.compile(r"\*[\d*#]+|\d+|[^\W\d_]+")
_STOP = re.compile(r"[,;!?:()\n]|\.\s|\s[-–—]\s")
LONGEST: Final = 2_000
MOST_WORDS: Final = 320
"""Words that are read: sentences of `LONGEST` characters have fewer, only rows of numbers and short words have more."""


def word_set(words: str) -> frozenset[str]:
    """Words for comparison with folded ones."""
    return frozenset(map(fold, words.split()))


BEFORE: Final = word_set("не ни без нет неа кроме")
"""They deny the word that follows. Words are compared folded (`domain.search.folding`)."""
AFTER: Final = word_set("нет нету жоқ жоқпын жоқпыз жоғым емес емеспін емеспіз емессіз емеспен")
"""They deny the word before them."""
_BETWEEN: Final = word_set(
    "у меня нас мне нам от на по за в во с со к ко о для через из под до пока ещё уже даже совсем вообще точно никакого никакой "
    "sz kz loto сайте сайтында "
    "никаких больше это этого есть был была было были является являюсь являемся являлось как просто моего нашего лет год года "
    "әлі қазір менде бізде маған бізге ешқандай жас жасқа жаста бар болған болып один ровно"
)
"""They may stand between a word and what denies it."""
_HAVING = re.compile(
    r"(?:подклу?ч|откри|име[еул]|купи|покупа|бра[лт]|взя[лт]|(?:за)?регистр|оформ|получ|исполн|работа|стан)"
)
"""Verbs of having and getting: «не подключал SERIKTES» and «ТОО не открывал» deny the thing itself."""
_TAKING_PART = re.compile(r"(?:катис|кир|ойна|оина|ут|бер|жур|илин|бол|жара|отп|тус)")
_NEGATED_VERB = re.compile(
    r"^[а-я]{2,}(?:м|б|п)[ае](?:дим|дин|дик|ди|диниз|ган|ген|гам|гем|ганмин|генмин|ганбиз|генбиз|ганмиз|генмиз|ганбин|генбин|"
    r"са|се|сам|сем|сак|сек|саниз|сениз|им|имин|имиз|иди|иминши|пин|пиз|пти|п|у)$"
)
"""A Kazakh verb with -ма-, -ме-, -ба-, -бе-, -па-, -пе- and an ending; a question's ма, written together, ends a word."""
_NEGATED_QUESTION = re.compile(r"^[а-я]{2,}[мбп][ае]и(?:м|мин|миз|сиз)?$")
"""«болмай» and «алмаймын» before a question's ма."""
_CANNOT: Final = word_set("нельзя низя")
_LOOK_NEGATED: Final = word_set("победи бумагам компаса")
_WITHOUT = re.compile(r"^[а-я]{2,}сиз$")
_YOU = re.compile(r"[аеи]сиз$|[гк][ае]нсиз$|[дт]инсиз$")
"""«аласыз», «тіркелгенсіз»: here -сыз is «you», not «without»."""
_ONLY: Final = fold("только")
_ASKS: Final = word_set("ма ме ба бе па пе")


class Token(NamedTuple):
    """One word of a text: folded, where it stands, whether a stop parts it from the word before, whether a hyphen joins it to that, and
    as it was written, in small letters.
    """

    word: str
    start: int
    end: int
    apart: bool = False
    joined: bool = False
    plain: str = ""


def tokens(text: str) -> list[Token]:
    """The words, numbers and short codes of a text."""
    found: list[Token] = []
    end = 0
    for match in islice(_TOKEN.finditer(text[:LONGEST]), MOST_WORDS):
        gap = text[end : match.start()]
        plain = match[0].lower()
        apart, joined = bool(_STOP.search(gap)), bool(found) and gap in "-–’'"
        found.append(Token(fold(plain), match.start(), match.end(), apart, joined, plain))
        end = match.end()
    return found


def is_negated_verb(word: str) -> bool:
    """«алмадым», «жазылмаған», «болмаса»; the word is folded."""
    return word not in _LOOK_NEGATED and _NEGATED_VERB.match(word) is not None


def denied(said: Sequence[Token], first: int, last: int | None = None, *, itself: bool = True) -> bool:
    """Whether the words from `first` to `last` (included) are denied by what stands beside them or, with `itself`, by themselves."""
    last = first if last is None else last
    if itself and any(_WITHOUT.match(said[n].word) or is_negated_verb(said[n].word) for n in range(first, last + 1)):
        return True
    return _denied_before(said, first) or _denied_after(said, last)


def denied_at(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places of a text is denied: for readers that find their words by a pattern."""
    said = tokens(text)
    inside = [n for n, token in enumerate(said) if token.start < end and token.end > start]
    return bool(inside) and denied(said, inside[0], inside[-1])


def negates(text: str) -> bool:
    """Whether a text denies anything. A near match of such a text with one that does not is no match."""
    said = tokens(text)
    return any(
        is_negation(said, n)
        or is_negated_verb(token.word)
        or (_WITHOUT.match(token.word) is not None and not _YOU.search(token.word))
        for n, token in enumerate(said)
    )


def asks_negated(text: str) -> bool:
    """Whether a question is asked the negated way («не подойдёт?», «нельзя?», «болмай ма?»): a bare yes or no to it is read both ways."""
    said = tokens(text)
    asked = (_NEGATED_QUESTION.match(word.word) and after.word in _ASKS for word, after in pairwise(said))
    return negates(text) or any(token.word in _CANNOT for token in said) or any(asked)


def is_negation(said: Sequence[Token], n: int) -> bool:
    """Whether a word is a negation here, and neither an ending («SERIKTES-ні»), «или нет», «ма жоқ па» nor «не только»."""
    token = said[n]
    if token.joined or (token.word not in BEFORE and token.word not in AFTER):
        return False
    before = said[n - 1].word if n else ""
    after = said[n + 1].word if n + 1 < len(said) else ""
    if before == "или" or (before in _ASKS and token.word.startswith("жок")):
        return False
    if token.word == "не" and after == _ONLY:
        return False
    return not (token.word.startswith("емес") and after in _ASKS)


def _denied_before(said: Sequence[Token], first: int) -> bool:
    n = first
    for _ in range(4):
        if n == 0 or said[n].apart:
            return False
        n -= 1
        word = said[n].word
        if word in BEFORE:
            return is_negation(said, n)
        if word not in _BETWEEN and not _HAVING.match(word) and not said[n + 1].joined:
            return False
    return False


def _denied_after(said: Sequence[Token], last: int) -> bool:
    for n in range(last + 1, min(last + 5, len(said))):
        token = said[n]
        if token.apart:
            return False
        if token.joined:
            asked = n + 1 < len(said) and said[n + 1].word in _ASKS
            if token.word == "сиз" and not asked:
                return True
            continue
        if token.word in AFTER:
            return is_negation(said, n)
        if token.word in ("не", "ни"):
            if n + 1 == len(said) or said[n + 1].apart:
                return True
            more = said[n + 1].word if n + 1 < len(said) and not said[n + 1].apart else ""
            return more in _BETWEEN or _HAVING.match(more) is not None
        if is_negated_verb(token.word):
            return not _TAKING_PART.match(token.word)
        if token.word not in _BETWEEN:
            return False
    return False


YES: Final = word_set(
    "да иә ия уа угу ага бар болды есть конечно әрине ок окей дұрыс верно точно именно безусловно естественно болады рас солай "
    "хорошо жақсы плюс согласен согласна келісемін келістім еп йес ес разумеется сделал сделала сделали делал делала жасадым жасадық "
    "алдым алдық жібердім отправил отправила"
)
NO: Final = word_set("нет нету неа жоқ жо ноу но емес ешқашан никогда никак ек йок забыл забыла забыли ұмыттым ұмытып")
_PLAIN_YES: Final = word_set("да иә ия уа")
_OF_COURSE = re.compile(r"\bа как же\b|\bеше би\b")
_DOUBT: Final = word_set("наверное наверно может возможно вроде кажется мүмкін шығар сияқты надо")
_AGREES = re.compile(r"\bне\s+(?:против|возраж\w+|имею\s+возраж\w+|откажус)\b|\bкарси\s+емес\w*")


def yes_or_no(text: str) -> bool | None:
    """The side that a short answer takes; None where it takes none or both.

    A yes needs a text without a negation; «точно нет», «да нет» and «есть не было» are no, «да нет наверное» is asked again.
    """
    said = tokens(text)
    words = [token.word for token in said]
    if not words or any(word in _DOUBT for word in words):
        return None
    if _OF_COURSE.search(" ".join(words)):
        return True
    if _AGREES.search(" ".join(words)):
        return words[0] not in NO or None
    if any(word in _PLAIN_YES and set(words[:n]) & NO for n, word in enumerate(words)):
        return None
    parts = [_sides(said, part) for part in _parts(said)]
    sides = {side for part in parts for side in part}
    if len(sides) == 1:
        return sides.pop()
    # «есть не было», «точно нет»: within one breath the negation turns what it stands beside; «да, нет» takes both sides
    return False if sides and all(part in ({True, False}, {False}) for part in parts) else None


def _parts(said: Sequence[Token]) -> list[list[int]]:
    found: list[list[int]] = []
    for n, token in enumerate(said):
        if not found or token.apart:
            found.append([])
        found[-1].append(n)
    return found


def _sides(said: Sequence[Token], part: Sequence[int]) -> set[bool]:
    found: set[bool] = set()
    for n in part:
        word = said[n].word
        no = word in NO or word in AFTER or word == "не" or is_negated_verb(word)
        no = no and (word in NO or is_negated_verb(word) or is_negation(said, n))
        if no:
            found.add(False)
        elif word in YES:
            found.add(True)
    return found
