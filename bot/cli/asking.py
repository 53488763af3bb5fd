"""One question, one reply, without a talk and without a database: the same dialogs and words as in the chat.

Leaves reading the command line to `cli` and finding the clause to the dialogs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.library import Promotions
from bot.text import markup as marked
from bot.text.phrases import Phrases
from dialogs.conversation import Conversation
from dialogs.masking import mask_secrets
from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import Turn
from domain.promotion import Promotion
from domain.rulebook import LANGUAGES, Language
from domain.search.finder import SearchResult

NEAREST = 3
"""Clauses of a reply at most."""


class Unclear(Exception):
    """A line of a batch that is no question; the text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """Without a promotion it is recognised from the text, without a language too."""

    text: str
    promotion: str | None = None
    language: Language | None = None
    id: Any = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat would say. `clauses` are ranked; where nothing is answered they are the nearest. `marked` keeps bold and quotes."""

    id: Any
    answered: bool
    clauses: tuple[str, ...]
    lang: Language
    text: str
    marked: str = ""

    def line(self) -> dict[str, Any]:
        """What a line of JSON shows."""
        return {name: value for name, value in asdict(self).items() if name != "marked"}


class Asker:
    """Answers questions one by one, each as the first of a talk whose language was chosen."""

    def __init__(self, library: Promotions, phrases: Phrases, now: datetime) -> None:
        self._library, self._phrases, self._now = library, phrases, now

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self._library.promotions)

    def ask(self, question: BatchQuestion) -> Reply:
        """Raises Unclear where the promotion is unknown."""
        if question.promotion is not None and question.promotion not in self._library.promotions:
            raise Unclear(f"no promotion is called {question.promotion!r}; there are {', '.join(self.slugs)}")
        heard = _Heard(self._library, question.language)
        text = mask_secrets(question.text.encode("utf-8", "replace").decode())
        incoming = Incoming("ask", "ask", "ask", self._now, "text", text)
        conversation = Conversation("ask", "ask", "ask", question.language, chosen=True, promotion=question.promotion)
        outcome = respond(Turn(incoming, conversation, heard, self._now, secrets.token_hex(8)))
        said = [self._phrases.render(outgoing, outcome.conversation.speaks) for outgoing in outcome.says]
        whole = "\n\n".join(message.text for message in said)
        return Reply(
            question.id,
            heard.finding is not None and heard.finding.answered,
            tuple(scored.number for scored in heard.finding.clauses[:NEAREST]) if heard.finding else (),
            said[-1].language if said else outcome.conversation.speaks,
            marked.plain(whole),
            whole,
        )

    def ask_all(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """One answer for each line that is not blank, in order; a broken line gives one with `error`."""
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            question = None
            try:
                question = read_question(line)
                yield self.ask(question).line()
            except Unclear as error:
                yield {"id": question.id if question else _id_of(line), "line": number, "error": str(error)}


def read_question(line: bytes) -> BatchQuestion:
    """A line of a batch. Raises Unclear."""
    fields = _decode(line)
    text, promotion, language = fields.get("question"), fields.get("promotion"), fields.get("lang")
    if not isinstance(text, str):
        raise Unclear("«question» should be a text")
    if promotion is not None and not isinstance(promotion, str):
        raise Unclear("«promotion» should be a slug or null")
    if language is not None and language not in LANGUAGES:
        raise Unclear("«lang» should be kk, ru or null")
    return BatchQuestion(text, promotion or None, language, fields.get("id"))


def _decode(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unclear("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Unclear("the line is not valid JSON") from error
    if not isinstance(fields, dict):
        raise Unclear("the line is not a JSON object")
    return fields


def _id_of(line: bytes) -> Any:
    try:
        return _decode(line).get("id")
    except Unclear:
        return None


class _Heard:
    """The library as it is, but for two things: what was found is kept, and a language that is given is not guessed."""

    def __init__(self, library: Promotions, language: Language | None) -> None:
        self._library, self._language = library, language
        self.finding: SearchResult | None = None

    @property
    def promotions(self) -> Mapping[str, Promotion]:
        return self._library.promotions

    def find(self, slug: str, question: str) -> SearchResult:
        self.finding = self._library.find(slug, question)
        return self.finding

    def language(self, text: str, *, surely: bool = False) -> Language | None:
        return self._language or self._library.language(text, surely=surely)

    def named(self, text: str, *, plainly: bool = False) -> str | None:
        return self._library.named(text, plainly=plainly)

    def only_names(self, text: str, slug: str) -> bool:
        return self._library.only_names(text, slug)

    def talk(self, text: str) -> str | None:
        return self._library.talk(text)
