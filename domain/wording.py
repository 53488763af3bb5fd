"""The words in which a promotion's own questions, facts and criteria are put to a person: data, like the rules they belong to.

Leaves the bot's general words to the locale catalogues, and which fact is asked when to `eligibility`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.rulebook import Localized


@dataclass(frozen=True, slots=True)
class FactWords:
    """How a fact is asked for, in one short question, and what its values are called on buttons (at most 20 characters)."""

    ask: Localized
    options: Mapping[str, Localized] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question that the rules answer about one person: `label` for a button (at most 20 characters), `title` as one asks it."""

    label: Localized
    title: Localized


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of one promotion. `criteria` name what is demanded («18 лет и старше»), whether it is met or not."""

    questions: Mapping[str, QuestionWords] = field(default_factory=dict)
    facts: Mapping[str, FactWords] = field(default_factory=dict)
    criteria: Mapping[str, Localized] = field(default_factory=dict)
