"""The words in which a promotion's own questions, facts and criteria are put to a person: data, like the rules they belong to.

Not here: the bot's general words to the locale catalogues, and which fact is asked when (see dialogs/eligibility/scene.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.rulebook import Localized
from domain.spoken.phrases import PhraseBook


@dataclass(frozen=True, slots=True)
class FactWords:
    """How a fact is asked for, in one short question, and what its values are called on buttons (at most 20 characters)."""

    ask: Localized
    options: Mapping[str, Localized] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question that the rules answer about one person: `label` for a button (at most 20 characters), `title` as one asks it.

    `yes` and `no` are the statement and its opposite, as the person is told («Вы участвуете в розыгрыше»).
    """

    label: Localized
    title: Localized
    yes: Localized | None = None
    no: Localized | None = None


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """What is demanded, as three sentences: `name` («18 лет и старше»), `do` for who can still bring it about («подпишите акт»), `lost`
    for who no longer can («10 дней на связь прошли»). None where the promotion's rules never come to it.
    """

    name: Localized
    do: Localized | None = None
    lost: Localized | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of one promotion.

    `said`: how people say a fact's values, each phrase with fact and value (`near` are words beside which its day or number stands);
    `asks`: how they ask each question. `implied`: what a person who speaks of themselves is, unless they say otherwise.
    """

    questions: Mapping[str, QuestionWords] = field(default_factory=dict)
    facts: Mapping[str, FactWords] = field(default_factory=dict)
    criteria: Mapping[str, CriterionWords] = field(default_factory=dict)
    said: PhraseBook[tuple[str, str]] = field(default_factory=PhraseBook)
    asks: PhraseBook[str] = field(default_factory=PhraseBook)
    implied: Mapping[str, str] = field(default_factory=dict)
