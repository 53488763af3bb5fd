"""Says of one reply what it got right, measure by measure; a line may count in several.

Not here: purchases and computed figures (see figures.py), wishes (see wishes.py), what must be reached (see measures.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from benchmarks.talk.figures import computed, exact
from benchmarks.talk.files import CHECKS, LabelledLine
from benchmarks.talk.wishes import led
from bot.cli.asking import Reply

DIRECT = ("answer", "verdict", "chances")
VERDICTS: Mapping[str, str | None] = {"eligible": "yes", "not eligible": "no", "cannot say": None}
OTHER = "other"
"""The option of a check for whatever it does not name: «Beeline» where Tele2 and Altel are asked for."""
LineMark = tuple[str, bool]
"""A measure's key, and whether that happened: for a fault, whether the fault did."""


class RuleWords(Protocol):
    def cited(self, number: str, text: str) -> bool: ...

    def asks(self, slug: str, fact: str, text: str) -> bool: ...

    def offers(self, fact: str, value: str) -> bool: ...


def judge(
    line: LabelledLine, reply: Reply, words: RuleWords, known: Mapping[str, Any] | None = None
) -> Iterator[LineMark]:
    """`known` is what a check knew before the text."""
    label = line.label
    match line.file:
        case "questions":
            yield from _question(label, reply, words)
        case "personal":
            yield "own-case", own_case(line, label["expect"], reply, words)
        case "safety" if label["safety"]:
            yield "fraud", reply.kind == "safety"
        case "safety":
            yield "lookalikes", reply.kind not in ("safety", "person")
        case "functions" if label["intent"] == "question":
            yield "false-person", reply.kind == "person"
            if label["clauses"]:
                yield "direct", direct(label["clauses"], reply, words)
        case "functions":
            yield "wishes", led(label["intent"], label.get("params") or {}, line.lang, reply)
        case "talks" if label["turn"]:
            yield "later-turns", turn(line, reply, words)
        case "promotions" if label["switch"]:
            yield "promotion", reply.promotion == label["meant"]
        case "promotions":
            yield "false-switch", reply.promotion != label["current"]
        case "purchases":
            yield "purchases", exact(label["expect"], reply)
        case _ if line.file == CHECKS:
            taken, again = in_check(label["expect"], reply, known or {})
            yield "checks", taken or again
            if label["expect"] != "asked again":
                yield "understood", taken


def _question(label: Mapping[str, Any], reply: Reply, words: RuleWords) -> Iterator[LineMark]:
    kind, parts = label["kind"], label.get("parts")
    if parts:
        for part in parts:
            yield "parts", answers_part(part, reply, words)
        yield "unwritten", reply.kind == "silent"
        return
    if kind == "silent":
        yield "silent", reply.kind == "silent"
    elif kind == "choice":
        yield "ambiguous", reply.kind in ("choice", "answer") and _any(label["clauses"], reply.clauses[:3])
    elif kind == "answer":
        yield "direct", direct(label["clauses"], reply, words)
        yield "asked-back", reply.kind in ("choice", "ask")
        yield "unwritten", reply.kind == "silent"
        if label["says"]:
            yield "sides", reply.says == label["says"] and right_clause(label["clauses"], reply, words)
    elif label.get("verdict") != "cannot say":
        yield "own-case", settled(label, reply, words)


def _any(right: Iterable[str], given: Iterable[str]) -> bool:
    return not set(right).isdisjoint(given)


def right_clause(right: Iterable[str], reply: Reply, words: RuleWords) -> bool:
    """The reply stands on a right clause: its first, or another of the first three that its text cites too."""
    first, rest = reply.clauses[:1], reply.clauses[1:3]
    return _any(right, first) or _any(right, (each for each in rest if words.cited(each, reply.text)))


def direct(right: Iterable[str], reply: Reply, words: RuleWords) -> bool:
    return reply.kind in DIRECT and right_clause(right, reply, words)


def answers_part(part: Mapping[str, Any], reply: Reply, words: RuleWords) -> bool:
    """A part of a question counts where one of its clauses is among the reply's first three and the text cites it; of a part about which
    the rules are silent nothing may be invented, so that it counts where the others are answered."""
    if part.get("kind") == "silent":
        return reply.kind in ("answer", "silent")
    shown = (number for number in reply.clauses[:3] if words.cited(number, reply.text))
    return reply.kind in DIRECT and _any(part["clauses"], shown)


def settled(label: Mapping[str, Any], reply: Reply, words: RuleWords) -> bool:
    """A verdict, or computed figures: the right side, a right clause, and no fact that the person did not say."""
    if reply.kind not in DIRECT or contradicts(label.get("facts") or {}, reply.facts, words):
        return False
    if label["says"] and reply.says != label["says"]:
        return False
    if "expect" in label:
        return computed(label["expect"], reply.text)
    return not label["clauses"] or _any(label["clauses"], reply.clauses)


def own_case(line: LabelledLine, expect: Mapping[str, Any], reply: Reply, words: RuleWords) -> bool:
    """The verdict that is expected, or the question about the one fact that is missing."""
    if contradicts(line.label.get("facts") or {}, reply.facts, words):
        return False
    if expect["type"] == "ask":
        return reply.kind == "ask" and asks_next(line, expect["next"], reply, words)
    side = VERDICTS[expect["verdict"]]
    return reply.kind in DIRECT and reply.says == side and (side is None or _any(expect["clauses"], reply.clauses))


def asks_next(line: LabelledLine, following: str | list[str], reply: Reply, words: RuleWords) -> bool:
    facts = [following] if isinstance(following, str) else following
    return any(words.asks(str(line.question.promotion), fact, reply.text) for fact in facts)


def contradicts(said: Mapping[str, Any], taken: Mapping[str, Any] | None, words: RuleWords) -> bool:
    """Whether a check took another value than the person said; a month holds its days, and "other" what the check does not offer."""
    for fact, value in (taken or {}).items():
        meant = said.get(fact)
        if meant is None or value is None or isinstance(meant, (list, dict)):
            continue
        one, other = str(meant), str(value)
        if other == OTHER and not words.offers(fact, one):
            continue
        if not (one.startswith(other) or other.startswith(one)):
            return True
    return False


def turn(line: LabelledLine, reply: Reply, words: RuleWords) -> bool:
    """A later turn of a talk, by its kind."""
    label = line.label
    match label["kind"]:
        case "silent":
            return reply.kind == "silent"
        case "ask":
            return reply.kind == "ask" and asks_next(line, label["next"], reply, words)
        case "function":
            return led(label["intent"], label.get("params") or {}, line.lang, reply)
        case "verdict" | "chances":
            return label.get("verdict") == "cannot say" or settled(label, reply, words)
    sided = not label["says"] or reply.says == label["says"]
    return sided and direct(label["clauses"], reply, words)


def in_check(expect: str | Mapping[str, Any], reply: Reply, known: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether the answer was taken as what it is, and whether it was asked again with nothing taken."""
    facts = reply.facts or {}
    again = facts == known and reply.kind in ("ask", "answer", "silent", "unsure")
    if isinstance(expect, str):
        return False, again
    if "purchases" in expect:
        taken = exact({"purchases": expect["purchases"], "planned": [], "ask": None}, reply, shown_back=False)
        return taken, reply.kind == "ask" and not reply.purchases
    return all(fact in facts and facts[fact] == value for fact, value in expect.items()), again
