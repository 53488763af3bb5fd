"""Whether a text in a talk about one promotion means another one: by its name, by marks that only its rules have, by hints.

Not here: which promotion a text names where none is known (see naming.py), and what follows from it (see the dialogs).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.promotion import Promotion
from domain.search.folding import words
from domain.search.naming import find_name, spelled_names

NAME, MARK, CALLED, HINT = 2.0, 1.5, 1.0, 0.5
"""What speaks for another promotion: its own name, a mark of its own, another way to call it, a word that only hints at it."""
TURNED, NAMED, PROMOTION = 0.6, 0.4, 0.5
"""What makes that surer: words that turn to something else («покажи», «ауысайық»); a hint that stands as a name does («в удаче», «для ип
акция», «сюрприз ше»); the word акция beside words that turn."""
MEANT = 1.5
"""From here on another promotion is meant; below, from `CALLED` on, where the question is better answered there."""
BEGINNING = 5
"""Letters by which a word is known again, whatever its ending."""

_TURNING = tuple(
    words(
        "переключ перейд перейти вернём вернит открой покаж давай лучше расскаж напомни интересу туда котор спрашивал "
        "друг была было ауыс көшей көшір өтей өткіз аша ашы айтш жайлы жайында туралы деген соны соған қайсы едім басқа анау әлгі"
    )
)
_WHOLE = frozenset(words("та ту тот там где был аш еді айт"))
_ENDS = frozenset(words("ше ши"))
"""«Чокомарт ше?»: what about it."""
_ABOUT = frozenset(words("в во по про о об"))
"""«В удаче», «по сюрпризу»: beside a hint they make it a place or a topic."""
_THIS = re.compile(r"^(?:ет[аоуи]\w*|здес\w*|суда|вашеи|бул|оси\w*|мунда\w*)$")
"""What is asked of the promotion at hand turns nowhere."""
_FOR = re.compile(r"^(?:арнал\w*|ашкандар\w*|катисат\w*)$")
_CALLS = "актси"
_SPEAKER = frozenset(words("жеке ип мен біз я мы сіз вы"))
_PRIVATE = frozenset(words("жеке неше бір жалғыз"))
_TAKES_PART = tuple(words("қатыс бол ретінде компания адам"))
_OF_A_PERSON = re.compile(r"(?:[мбп]и[нз]|си[нз]|[лдт](?:[ае]р|и[кг])\w*)$|^и(?:м\w*|н|низ\w*)?$")
"""«Кәсіпкермін», «серіктеспіз», «кәсіпкерлер», «серіктестік», «серіктесім»: somebody who is that, and no promotion."""


@dataclass(frozen=True)
class Vocabulary:
    """What a promotion's own rules and names say: words of them speak for no other promotion."""

    words: frozenset[str]
    text: str
    """All of it in one line, each word after a space."""

    def holds(self, stems: Sequence[str]) -> bool:
        """Whether words that begin so stand there one after another."""
        return _holds(self, tuple(stems))

    def knows(self, word: str) -> bool:
        return word in self.words or (len(word) >= BEGINNING and f" {word[:BEGINNING]}" in self.text)


NOTHING = Vocabulary(frozenset(), "")
"""Against which a text speaks for the talk's own promotion."""


@lru_cache(maxsize=2048)
def _holds(here: Vocabulary, stems: tuple[str, ...]) -> bool:
    """Kept, because the same marks are asked for with every text, and a promotion's rules are long."""
    pattern = "".join(
        rf" {re.escape(stem)}{'' if stem.isdigit() or len(stem) < 3 else '[^ ]*'}(?= |$)" for stem in stems
    )
    return re.search(pattern, here.text) is not None


def vocabulary(promotion: Promotion) -> Vocabulary:
    """Of the rules in both languages, and of what the promotion is called. Our own sentences are left out: they say what it has not."""
    texts = [clause.text.get(language) for clause in promotion.rulebook for language in ("kk", "ru")]
    lines = [line for text in texts for line in text.splitlines()]
    found = [word for line in (*lines, *promotion.names, *promotion.marks, *promotion.hints) for word in words(line)]
    return Vocabulary(frozenset(found), " " + " ".join(found))


def pull(text: str, promotion: Promotion, here: Vocabulary) -> float:
    """How strongly a text speaks for a promotion that is not the talk's. `here` is what the talk's own promotion says."""
    said = words(text)
    own = spelled_names(promotion.name.kk, promotion.name.ru)
    seen: dict[int, float] = {}

    def count(at: int | None, strength: float) -> None:
        if at is not None:
            seen[at] = max(seen.get(at, 0.0), strength)

    hints = [hint for hint in spelled_names(*promotion.hints) if hint]
    hinting = {at for hint in hints if not here.holds(hint) for at in _places(hint, said)}
    for at in hinting:
        count(at, 0.0 if _is_somebody(said[at], at, said) else HINT)
    for mark in spelled_names(*promotion.marks):
        if mark and not here.holds(mark):
            count(next(iter(_places(mark, said)), None), MARK)
    for name in own | spelled_names(*promotion.names):
        begins = find_name(name, said) if name else None
        if begins is None or (name not in own and _only_hints(name, hints)):
            continue
        heard = said[begins : begins + len(name)]
        new = not all(known in here.words or word in here.words for known, word in zip(name, heard, strict=True))
        if name in own and not _is_noun(name, begins, said):
            count(begins, NAME if new or _branded(promotion, text) else HINT)
        elif new and name not in own:
            count(begins, CALLED)
    strength = sum(seen.values())
    label = {word[: BEGINNING - 1] for name in spelled_names(*promotion.names[:1]) for word in name}
    return strength + _turned(said, seen, label) if strength else 0.0


def _only_hints(name: Sequence[str], hints: Collection[Sequence[str]]) -> bool:
    """Whether a way to call a promotion is no more than one of its hints."""
    return any(
        tuple(name) == tuple(hint) or (len(name) == 1 and name[0].startswith(hint[0][:BEGINNING])) for hint in hints
    )


def _places(stems: Sequence[str], said: Sequence[str]) -> list[int]:
    """Where words begin as a mark does; numbers and codes must be whole, and so must a stem of two letters but for its ending."""
    return [
        at
        for at in range(len(said) - len(stems) + 1)
        if _begins(said[at], stems[0]) and all(map(_begins, said[at + 1 : at + len(stems)], stems[1:]))
    ]


@lru_cache(maxsize=8192)
def _begins(word: str, stem: str) -> bool:
    if stem.isdigit() or not word.startswith(stem):
        return word == stem
    return len(stem) > 2 or word == stem or _SHORT_ENDING.match(word[len(stem) :]) is not None


_SHORT_ENDING = re.compile(r"^(?:шник\w*|шка\w*|шкам|шек|ш[ао]\w*|[лд][ае]р\w*|[гк][ае]|н[иі]н|м[аеи]н|м[иі]з|б[иі]з)$")
"""«Ипшникам», «тоошкам», «жк-ларға»: what a short name may end with."""


def _is_somebody(word: str, at: int, said: Sequence[str]) -> bool:
    """Whether a word that hints says what the speaker is: «мы ТОО», «ЖК ретінде»."""
    after = said[at + 1] if at + 1 < len(said) else ""
    return len(word) <= 3 and (not _SPEAKER.isdisjoint(said[max(0, at - 1) : at]) or after.startswith(_TAKES_PART))


def _is_noun(name: Sequence[str], at: int, said: Sequence[str]) -> bool:
    """Whether a name that is also a noun (кәсіпкер, серіктес) says here what somebody is: «жеке кәсіпкер қатыса ала ма?»."""
    word, ending = said[at], said[at][len(name[0]) :]
    if len(name) > 1 or not word.startswith(name[0]):
        return False
    after = said[at + 1] if at + 1 < len(said) else ""
    if at and said[at - 1] in _PRIVATE:
        return True
    beside = not ending and (not _SPEAKER.isdisjoint(said[max(0, at - 1) : at]) or after.startswith(_TAKES_PART))
    return beside or _OF_A_PERSON.search(ending) is not None


def _branded(promotion: Promotion, text: str) -> bool:
    """Whether a text in Cyrillic letters holds the promotion's Latin name as it is printed."""
    name = promotion.name.ru.lower().strip("«» ")
    return name.isascii() and name in text.lower() and any("а" <= letter <= "я" for letter in text.lower())


def _turned(said: Sequence[str], seen: Mapping[int, float], name: Collection[str]) -> float:
    """How far the words around turn to something else; `name` are the beginnings of the words of its name."""
    if any(map(_THIS.match, said)):
        return 0.0
    hinted = [at for at, strength in seen.items() if strength]
    beside = {at: (said[at - 1 : at] or [""])[0] for at in hinted}
    after = {at: (said[at + 1 : at + 2] or [""])[0] for at in hinted}
    called = any(word.startswith(_CALLS) for word in said)
    named = any(
        said[at].startswith(tuple(name))
        and (
            beside[at] in _ABOUT
            or after[at] in _ENDS
            or _CALLS in (beside[at][: len(_CALLS)], after[at][: len(_CALLS)])
        )
        for at in hinted
    )
    turns = named or any(map(is_turning, said)) or said[-1] in _ENDS
    if not (called or turns):
        return 0.0
    named = (
        named or any(said[at].startswith("для") or beside[at] == "для" for at in hinted) or any(map(_FOR.match, said))
    )
    return TURNED + PROMOTION * (called and turns) + NAMED * named


def is_turning(word: str) -> bool:
    """Whether a folded word turns to something else: «переключись», «соған», «покажи»."""
    return word in _WHOLE or word.startswith(_TURNING)
