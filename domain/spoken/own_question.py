"""Which question about one person a free text asks: «мы в деле?», «скидка нам положена?», «с двух аккаунтов можно играть?».

Not here: what the text says of the person (see facts.py), the phrases (data: said.toml), the answer (see domain/eligibility.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.promotion import Promotion
from domain.rulings import EligibilityQuestion, Rulings
from domain.search.folding import fold
from domain.spoken.heard import Hearing
from domain.spoken.phrases import FoundPhrase
from domain.spoken.polarity import denied, word_set

_WINNER: Final = "is_winner"
_RECEIVE: Final = "receive_prize"
_OPPOSITE: Final = "!"
"""After a question in said.toml: words that ask the opposite of it."""
_ENOUGH: Final = 3
"""So many facts of a question ask it, though no word does."""
_SHARED: Final = 6
"""What a fact of a question weighs beside the words that ask it."""
_ASKING: Final = word_set(
    "кто когда какие какая какое какой каких каким какого какому какую кого кому чего где куда откуда почему зачем сколько "
    "кім қашан қайда қандай қай неге неліктен қалай неше нешінші қанша кімге кімнен неден қайдан"
)
_KNOWS = re.compile(r"помн|зна[ею]|знау|забыл|забил|естимде|есимде|билме")
_PARTICLES: Final = word_set("ма ме ба бе па пе")
_POSSESSIVE = re.compile(r"[а-я]{2,}(?:[аеи]м|им(?:де|да|ди|нин))$")
_IF: Final = word_set("если егер ше болса болсам болсақ")
_FEW: Final = 5
_AT_START: Final = frozenset(map(fold, ("как", "что", "чем")))
_WHAT = re.compile(r"(?:исте|бол|кере|бере|берил|ала|де|ушин|нарсе|жаса|айт|аит)")
"""What follows the Kazakh «не», a «what»; the Russian one is a «not»."""
_ME = re.compile(
    r"(?:я|ми|мне|нам|нас|меня|мои|моя|мое|моего|моем|мою|наш\w*|мен|биз|маган|бизге|мени\w*|бизди\w*|бизде|менде|мения|озим\w*|сам[аи]?)$"
    r"|\w+(?:уем|аем|яем|ешу|дим|дик|тим|тик|ганмин|генмин|канмин|кенмин|ганбиз|генбиз|канбиз|кенбиз|гам|гем|пин|пиз|миз|мин|бин)$"
    r"|\w+(?:ау|еу|уу|аус|яус)$|(?:бра|взя|купи|подклучи|оформи|набра|покупа|подписа|зарегистрирова|постави|заве|выигра|виигра)л[аи]?(?:с)?$|зареган[аи]?$"
    r"|(?:участву|прохожу|попадау|подхожу|могу|можем|смогу|сможем|успеу|успеем|претенду)$"
)


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of [eligibility.questions] as a person puts it for their own case.

    `negated`: put with a «not». `supposed`: it is about a kind of person («ИП участвует?») rather than about the one who writes.
    `opposite`: it asks for what it means that the answer is no («приз пропадёт?»).
    """

    id: str
    negated: bool = False
    supposed: bool = False
    opposite: bool = False


def facts_of(question: EligibilityQuestion) -> frozenset[str]:
    """The facts that a question turns on."""
    found: set[str] = set()
    for criterion in question.criteria:
        found.update((*criterion.core, *criterion.ask))
        for name, value in criterion.params.items():
            if name in ("fact", "flag", "since", "until"):
                found.add(str(value))
            elif name == "when":
                found.update(fact for table in (value if isinstance(value, list) else [value]) for fact in table)
    return frozenset(found)


def own_question(promotion: Promotion, heard: Hearing, facts: Mapping[str, Any]) -> OwnQuestion | None:
    """The question that is asked of these facts, or None where a text asks about the rules instead."""
    if not facts:
        return None
    known = heard.known
    put = promotion.wording.asks.find(heard.said)
    if _asks_rules(heard, put):
        return None
    weights: dict[str, int] = {}
    said = [(each.meaning.rstrip(_OPPOSITE), each) for each in put]
    for name, question in known.questions.items():
        if name not in promotion.wording.questions:
            continue
        shared = len(facts_of(question) & facts.keys())
        asked = max((each.weight for meant, each in said if meant == name), default=0)
        if asked and shared:
            weights[name] = asked + _SHARED * shared
    if not weights and (kind := _supposes(heard, facts)):
        return OwnQuestion(kind, supposed=True)
    if not weights:
        told = _by_facts(known, facts)
        return OwnQuestion(told) if told and _personal(heard, facts) else None
    best = max(weights, key=lambda name: weights[name])
    if facts.get(_WINNER) is True and best in ("draw", "participant", "chance") and _RECEIVE in known.questions:
        best = _RECEIVE
    phrases = [each for meant, each in said if meant == best]
    opposite = any(each.meaning.endswith(_OPPOSITE) for each in phrases)
    negated = bool(phrases) and all(
        denied(heard.said, each.first, each.last, itself=not each.denies) for each in phrases
    )
    core = any(criterion.core for criterion in known.questions[best].criteria)
    supposed = core and not _personal(heard, facts)
    if supposed and _several_kinds(heard, facts):
        return None
    return OwnQuestion(best, negated, supposed, opposite)


def _several_kinds(heard: Hearing, facts: Mapping[str, Any]) -> bool:
    """«Самозанятых берёте или только ИП?» asks who may, and not whether one may."""
    return any(len({each.meaning for each in heard.phrases if each.meaning[0] == name}) > 1 for name in facts)


def _supposes(heard: Hearing, facts: Mapping[str, Any]) -> str | None:
    """«А если ИП?», «ЖК болса ше?»: the first question that turns on the kind of person."""
    kinds = [name for name in facts if name in heard.known.facts and heard.known.facts[name].type == "choice"]
    if len(facts) != 1 or not kinds or len(heard.said) > _FEW or not any(token.word in _IF for token in heard.said):
        return None
    return next((name for name, question in heard.known.questions.items() if kinds[0] in facts_of(question)), None)


def _by_facts(known: Rulings, facts: Mapping[str, Any]) -> str | None:
    """The question whose facts were told, where enough of them were."""
    shared = {name: len(facts_of(question) & facts.keys()) for name, question in known.questions.items()}
    best = max(shared, key=lambda name: shared[name], default=None)
    return best if best and shared[best] >= _ENOUGH else None


def _personal(heard: Hearing, facts: Mapping[str, Any]) -> bool:
    kinds = [name for name in facts if name in heard.known.facts and heard.known.facts[name].type == "choice"]
    # «кассам», «жасым»: in a Kazakh question a possessive is the person's own
    kazakh = any(token.word in _PARTICLES for token in heard.said)
    own = kazakh and any(_POSSESSIVE.match(token.word) for token in heard.said)
    return len(facts) > 1 or not kinds or own or any(_ME.match(token.word) for token in heard.said)


def _asks_rules(heard: Hearing, put: Sequence[FoundPhrase[str]]) -> bool:
    """Whether a text asks who, when, which or how much, outside of the words that put the question about the person."""
    inside = {place for each in put for place in each.places}
    for n, token in enumerate(heard.said):
        starts = token.word in _AT_START and (n == 0 or token.apart) and not _first_of_phrase(heard, n)
        following = heard.said[n + 1].word if n + 1 < len(heard.said) else ""
        asking = token.word in _ASKING or starts or (token.word == "не" and _WHAT.match(following) is not None)
        if n and _KNOWS.match(heard.said[n - 1].word):
            continue  # «не помню, когда подключили»
        if asking and n not in inside and n + 1 not in inside and not heard.unknown(n):
            return True
    return False


def _first_of_phrase(heard: Hearing, n: int) -> bool:
    """«как ИП», «не ТОО»: the word belongs to a fact."""
    return any(each.first in (n, n + 1) for each in heard.phrases)
