"""What the rules' words look like in a reply: whether a clause is cited in it, whether a check's question stands in it.

Not here: whether that makes the reply right (see judging.py).
"""

from __future__ import annotations

import re

from bot.library import Promotions
from bot.text import markup as marked
from bot.text.phrases import Phrases
from dialogs.citing import cite
from dialogs.eligibility.reading import short
from domain.rulebook import LANGUAGES, Language

_NUMBER = r"\d+(?:\.\d+)*"
_SEVERAL = rf"{_NUMBER}(?:(?:,|\s(?:и|және))\s*(?:пп?\.\s*)?{_NUMBER})*"
_CITED = re.compile(rf"\b(?:пп?\.|пункт\w*)\s*({_SEVERAL})|({_SEVERAL})\s?-\s?тармақ", re.IGNORECASE)


class Wordings:
    """The words of the promotions that are loaded."""

    def __init__(self, library: Promotions, phrases: Phrases) -> None:
        self._library, self._phrases = library, phrases

    def cited(self, number: str, text: str) -> bool:
        """Whether a clause stands in the text as it is cited there, alone or among several."""
        if re.fullmatch(_NUMBER, number):
            runs = (match[1] or match[2] for match in _CITED.finditer(text.replace("\u00a0", " ")))
            return number in {each for run in runs for each in re.findall(_NUMBER, run)}
        names = {marked.plain(self._phrases.text(cite(number), language)).casefold() for language in LANGUAGES}
        plain = text.casefold()
        return any(name in plain for name in names)

    def asks(self, slug: str, fact: str, text: str) -> bool:
        """Whether the question of a check about a fact stands in the text, without its example."""
        words = self._library.promotions[slug].wording.facts.get(fact)
        if words is None:
            return False
        question = short(words.ask)
        plain = _bare(text)
        return any(_bare(question.get(language)) in plain for language in LANGUAGES)

    def offers(self, fact: str, value: str) -> bool:
        """Whether any check has that value among the options of a fact."""
        every = (promotion.wording.facts.get(fact) for promotion in self._library.promotions.values())
        return any(words is not None and value in words.options for words in every)

    def title(self, slug: str, number: str, language: Language) -> str:
        return self._library.promotions[slug].rulebook.cite(number).title.get(language)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
