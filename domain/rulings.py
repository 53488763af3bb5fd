"""The questions of one promotion with their criteria, and the facts to ask for, read from promotion.toml.

Not here: judging a person by them (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from domain.criteria import OPERATORS, Criterion
from domain.facts import key
from domain.kinds import KINDS
from domain.promotion import RuleFault

FactType = Literal["choice", "yes_no", "date", "moment", "month", "number", "text", "list", "table"]
_TYPES: Final = ("choice", "yes_no", "date", "moment", "month", "number", "text", "list", "table")


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """A fact to ask for. The words are the dialogs'.

    `options` are the values of a choice or of the items of a list; of any other type the values that stand beside it as
    buttons, such as `none`. `only_if` is a table of facts, all of them, or a list of such tables, any of them. `hope` is an
    answer that could still turn a «no»: until it was asked, such a «no» does not end the questions. `until` is a dated
    fact: months after its month are not offered.
    """

    fact: str
    type: FactType
    options: tuple[str, ...] = ()
    only_if: Mapping[str, Any] | list[Mapping[str, Any]] = field(default_factory=dict)
    hope: Any = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class EligibilityQuestion:
    """One question with its criteria in the order of asking. `clauses` stand under every positive answer."""

    id: str
    clauses: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the module knows of one promotion. `silent`: questions that its rules leave open, with the nearest clauses."""

    questions: Mapping[str, EligibilityQuestion] = field(default_factory=dict)
    silent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, FactQuestion] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


def read(data: Any) -> Rulings:
    """The table [eligibility] of promotion.toml. Raises RuleFault with the path to what cannot be used."""
    data = data or {}
    facts: dict[str, FactQuestion] = {}
    aliases: dict[str, dict[str, str]] = {}
    for name, row in data.get("facts", {}).items():
        if row.get("type") not in _TYPES:
            raise RuleFault(("facts", name, "type"), f"the type of a fact may be {', '.join(_TYPES)}")
        facts[name] = FactQuestion(
            name, row["type"], tuple(row.get("options", ())), row.get("only_if", {}), row.get("hope")
        )
        aliases[name] = {key(word): key(value) for value, words in row.get("aliases", {}).items() for word in words}
    questions = {}
    for id, row in data.get("questions", {}).items():
        found = [
            _criterion(raw, ("questions", id, "criteria", n), facts) for n, raw in enumerate(row.get("criteria", ()))
        ]
        questions[id] = EligibilityQuestion(id, tuple(row.get("clauses", ())), tuple(found))
    silent = {id: tuple(clauses) for id, clauses in data.get("silent", {}).items()}
    return Rulings(questions, silent, facts, aliases, data.get("settings", {}))


_FIELDS: Final = ("id", "kind", "clauses", "core", "ask", "open", "change")


def _criterion(raw: Mapping[str, Any], where: tuple[str | int, ...], facts: Mapping[str, FactQuestion]) -> Criterion:
    if raw.get("kind") not in KINDS:
        raise RuleFault(
            (*where, "kind"), f"no kind of criterion is called {raw.get('kind')!r}; kinds: {', '.join(KINDS)}"
        )
    if not isinstance(raw.get("id"), str):
        raise RuleFault((*where, "id"), "a criterion needs an id")
    if raw.get("change", "never") not in ("never", "running", "always"):
        raise RuleFault((*where, "change"), "«change» may be never, running or always")
    if unasked := [name for name in raw.get("ask", ()) if name not in facts]:
        raise RuleFault((*where, "ask"), f"no fact is called {', '.join(unasked)}")
    if raw["kind"] == "one_of" and not ("fact" in raw and "values" in raw):
        raise RuleFault(where, "«one_of» needs a fact and its values")
    if raw["kind"] == "unless":
        tables = raw.get("when")
        for table in tables if isinstance(tables, list) else [tables]:
            conditions = table.values() if isinstance(table, dict) else [None]
            for condition in conditions:
                if not isinstance(condition, list) and not (
                    isinstance(condition, dict) and condition.keys() <= {*OPERATORS}
                ):
                    raise RuleFault((*where, "when"), f"not a condition: {condition!r}")
    lists = {name: tuple(raw.get(name, ())) for name in ("clauses", "core", "ask", "open")}
    params = {name: value for name, value in raw.items() if name not in _FIELDS}
    return Criterion(raw["id"], raw["kind"], change=raw.get("change", "never"), params=params, **lists)
