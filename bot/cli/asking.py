"""A short talk and the reply to its last text, without a database: the same dialogs and words as in the chat.

Not here: lines of a batch (see batch.py), the command line (see ask_command.py), finding the clause (see dialogs/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, cast

from msgspec.structs import replace

from bot.library import Promotions
from bot.text import markup as marked
from bot.text.phrases import Phrases, Rendered
from bot.text.typed import clean, meant, offering
from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import QuestionAsked, ReplyKind, Turn, reply_of
from domain.rulebook import Language

ANSWERED = ("answer", "verdict", "chances", "choice", "safety")


class Unclear(Exception):
    """Something that is no question, or cannot be begun; the text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A talk that ends with `text`; `before` was said and answered earlier, all at `now` (without it the machine's clock).

    Without a promotion it is recognised from the text, without a language too. `doing` opens a scene before anything is said:
    "purchases", or "check:" and the question that is checked.
    """

    text: str
    promotion: str | None = None
    language: Language | None = None
    id: Any = None
    now: datetime | None = None
    before: tuple[str, ...] = ()
    doing: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the chat would say, and what kind of reply that is (`dialogs.turn.Replied`). `marked` keeps bold and quotes.

    `purchases` is the draft after the text, `facts` what the check under way was told so far; None where there is none.
    """

    id: Any
    kind: ReplyKind | None
    clauses: tuple[str, ...]
    says: str | None
    lang: Language
    text: str
    promotion: str | None
    function: str | None
    purchases: list[dict[str, Any]] | None
    facts: Mapping[str, Any] | None
    answered: bool
    marked: str = ""

    def line(self) -> dict[str, Any]:
        """What a line of JSON shows."""
        return {name: value for name, value in asdict(self).items() if name != "marked"}


class Asker:
    """Answers questions one by one, each as a talk of its own that nothing is kept of."""

    def __init__(self, library: Promotions, phrases: Phrases) -> None:
        self._library, self._phrases = library, phrases

    def ask(self, question: BatchQuestion) -> Reply:
        """Raises Unclear where the promotion or the scene is unknown."""
        talk = _ShortTalk(self._library, self._phrases, question)
        if option := self._opening(question):
            talk.hear(option=option)
        for text in question.before:
            talk.hear(text)
        return talk.hear(question.text)

    def _opening(self, question: BatchQuestion) -> str | None:
        """The button that opens the scene."""
        slug, promotions = question.promotion, self._library.promotions
        if slug is not None and (why := self._library.left_out.get(slug)):
            raise Unclear(f"{slug} cannot be served: {why}")
        if slug is not None and slug not in promotions:
            raise Unclear(f"no promotion is called {slug!r}; there are {', '.join(promotions)}")
        if question.doing is None:
            return None
        if slug is None:
            raise Unclear("«doing» needs a promotion")
        scene, _, name = question.doing.partition(":")
        if question.doing == "purchases":
            return "chances"
        known = promotions[slug].wording.questions
        if scene != "check" or name not in known:
            raise Unclear(f"«doing» should be purchases or check: and one of {', '.join(known)}")
        return f"check.{slug}.{name}"


class _ShortTalk:
    """The talk so far. With a promotion it begins where one was chosen, without one at the very first message."""

    def __init__(self, library: Promotions, phrases: Phrases, question: BatchQuestion) -> None:
        self._library, self._phrases, self._id = library, phrases, question.id
        self._now = (question.now or datetime.now(UTC)).astimezone(UTC)
        self._turns = 0
        language = question.language
        begun = Conversation("ask", "ask", "ask", language, chosen=language is not None, promotion=question.promotion)
        self._conversation = begun if question.promotion is None else replace(begun, scene="rules", step="ask")

    def hear(self, text: str = "", *, option: str | None = None) -> Reply:
        self._turns += 1
        token = f"{self._turns:06x}"
        readable = text.encode("utf-8", "replace").decode()
        event = Incoming(token, "ask", "ask", self._now, "option" if option else "text", readable, option)
        known = self._conversation
        outcome = respond(Turn(meant(clean(event), known), known, self._library, self._now, token))
        said = [self._phrases.render(outgoing, outcome.conversation.speaks) for outgoing in outcome.says]
        self._conversation = offering(outcome.conversation, said)
        reply = reply_of(outcome.effects)
        about = (effect.promotion for effect in outcome.effects if isinstance(effect, QuestionAsked))
        return Reply(
            self._id,
            reply.kind,
            reply.clauses,
            reply.says,
            said[-1].language if said else self._conversation.speaks,
            marked.plain(whole := _whole(said)),
            next(about, self._conversation.promotion),
            reply.function,
            _draft(self._conversation),
            _facts(self._conversation),
            reply.kind in ANSWERED,
            whole,
        )


def _whole(said: list[Rendered]) -> str:
    return "\n\n".join(message.text for message in said)


def _draft(conversation: Conversation) -> list[dict[str, Any]] | None:
    """The purchases that were shown back and wait for a word."""
    rows = conversation.slots.get("draft")
    return [_purchase(row) for row in rows] if isinstance(rows, list) and rows else None


def _purchase(row: Mapping[str, Any]) -> dict[str, Any]:
    at = str(row["at"])
    return {
        "at" if "T" in at else "day": at,
        "amount": row["amount_kzt"],
        "lottery": row.get("lottery"),
        "bonus": row["paid_with_bonus"],
    }


def _facts(conversation: Conversation) -> Mapping[str, Any] | None:
    check = conversation.slots.get("check")
    return cast(Mapping[str, Any], check["facts"]) if isinstance(check, dict) else None
