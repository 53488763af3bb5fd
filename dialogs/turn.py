"""A Turn is all that a step may know, an Outcome all that it may do, a Scene a table of steps.

Not here: loading the one and carrying out the other (see the bot).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from dialogs.conversation import Conversation, Handoff, Json
from dialogs.messages import Attachment, Incoming, Outgoing, Phrase
from dialogs.once import Once
from domain.calendar import Calendar
from domain.claims.effects import ClaimEffect
from domain.claims.person import PersonClaims
from domain.lists import Dossier
from domain.pace import FREE, Pace
from domain.promotion import Promotion
from domain.rulebook import Language
from domain.search.finder import SearchResult
from domain.search.wishes import Wish


class Library(Protocol):
    """The promotions and the questions one can put to them; the same for all turns until an organiser publishes anew."""

    @property
    def promotions(self) -> Mapping[str, Promotion]: ...

    @property
    def calendar(self) -> Calendar: ...

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult: ...

    def language(self, text: str, *, surely: bool = False) -> Language | None: ...

    def named(self, text: str, current: str | None = None) -> str | None: ...

    def only_names(self, text: str, slug: str) -> bool: ...

    def talk(self, text: str) -> str | None: ...

    def wish(self, text: str) -> Wish | None: ...

    def reading(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question and what became of it, kept without the person: for the list of unanswered and disliked ones.

    `token` ties a later vote to it.
    """

    token: str
    promotion: str | None
    language: Language
    text: str
    result: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voted:
    token: str
    vote: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Audited:
    """Something that an organiser must be able to prove later. `what` is a key, never a text of the person."""

    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The person asked to be forgotten: every row that names them goes, and an audit row without them stays."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file is to be fetched and read as a list of purchases; what it says comes back as a "table" event that names `source`."""

    source: str
    attachment: Attachment
    promotion: str


ReplyKind = Literal[
    "answer",
    "verdict",
    "chances",
    "choice",
    "silent",
    "unsure",
    "function",
    "small",
    "purchases",
    "ask",
    "person",
    "safety",
]


@dataclass(frozen=True, slots=True)
class Replied:
    """What a reply is, for whoever measures replies (`utys ask`); nothing of it is kept.

    `clauses` are ranked, the one it stands on first. `says` is the side it takes in what was asked, None where it takes none.
    `function` is the wish that the text was taken for.

    A turn may give several of these, because one step hands over to another: the last one with a kind counts, so that the step that
    answers has the last word, but the first `function` is kept, because that is what the text was taken for (`reply_of`).
    """

    kind: ReplyKind | None
    clauses: tuple[str, ...] = ()
    says: Literal["yes", "no"] | None = None
    function: str | None = None


Effect = QuestionAsked | Voted | Audited | Forgotten | Fetched | Replied | ClaimEffect


class Turn(Struct, frozen=True):
    """One event in its conversation. `now` is an instant (UTC); `token` is fresh for every turn, for what must be unique.

    `dossier` is what organisers' lists say of the person, `claims` what they have won, each loaded only for a scene that needs it.
    `channel_verifies_phone`: the channel can prove a phone. `flood_limit`: how fast a person may write. `entries` are the ways into all
    scenes, set by the router. `once` keeps what was read of the text already.
    """

    incoming: Incoming
    conversation: Conversation
    library: Library
    now: datetime
    token: str
    dossier: Dossier = field(default_factory=Dossier)
    channel_verifies_phone: bool = False
    flood_limit: Pace = FREE
    entries: tuple[Entry, ...] = ()
    claims: PersonClaims = field(default_factory=PersonClaims)
    once: Once = field(default_factory=Once)

    @property
    def promotion(self) -> Promotion | None:
        slug = self.conversation.promotion
        return self.library.promotions.get(slug) if slug else None

    @property
    def language(self) -> Language:
        return self.conversation.speaks

    def with_(self, **changes: object) -> Turn:
        """The same turn with parts of its conversation changed."""
        return replace(self, conversation=replace(self.conversation, **changes))

    def hearing(self, text: str) -> Turn:
        """The same turn in the language of a text, if that is clear. Until a language is chosen it is the person's, too; once it is,
        only a text that is surely in the other one is answered in that."""
        chosen = self.conversation.chosen
        language = self.library.language(text, surely=chosen)
        if language is None:
            return self
        turn = self.with_(spoken=language)
        return turn if chosen else turn.with_(language=language)

    def slots(self, **changes: Json) -> Turn:
        """The same turn with slots set; a slot set to None is dropped."""
        slots = {**self.conversation.slots, **changes}
        return self.with_(slots={name: value for name, value in slots.items() if value is not None})

    def done(self, *says: Outgoing, effects: tuple[Effect, ...] = ()) -> Outcome:
        return Outcome(self.conversation, says, effects)

    def at(self, scene: str, step: str) -> Turn:
        return self.with_(scene=scene, step=step)

    def waiting(self) -> Turn:
        return self.with_(handoff=Handoff(self.now))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The conversation as it is to be kept, what is said, and what else must be recorded with it."""

    conversation: Conversation
    says: tuple[Outgoing, ...] = ()
    effects: tuple[Effect, ...] = ()

    def replied(
        self,
        kind: ReplyKind | None,
        clauses: tuple[str, ...] = (),
        says: Literal["yes", "no"] | None = None,
        function: str | None = None,
    ) -> Outcome:
        """The same, with what the reply is."""
        return Outcome(self.conversation, self.says, (*self.effects, Replied(kind, clauses, says, function)))

    def headed(self, phrase: Phrase) -> Outcome:
        """The same with a word before all that is said, in the same message where there is one."""
        first = self.says[0] if self.says else Outgoing(())
        first = replace_fields(first, parts=(phrase, *first.parts))
        return Outcome(self.conversation, (first, *self.says[1:]), self.effects)


def reply_of(effects: Iterable[Effect]) -> Replied:
    """What the reply of a turn is, from all that its steps said of it."""
    told = [effect for effect in effects if isinstance(effect, Replied)]
    last = next((each for each in reversed(told) if each.kind), Replied(None))
    return replace_fields(last, function=next((each.function for each in told if each.function), None))


Step = Callable[[Turn], Outcome]


def everywhere(turn: Turn) -> bool:
    return True


def nothing_awaited(turn: Turn) -> Awaited | None:
    return None


def with_promotion(turn: Turn) -> bool:
    return turn.promotion is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A way into a scene from everywhere: `id` names what is tapped, `words`, between commas, are
    what a whole message may say instead of a tap.

    It stands in the menu, in the order of `rank`, where it has a `label` and is `shown`. `command` is its name among Telegram's commands;
    the phrase `command.<name>` describes it there.
    """

    id: str
    label: Phrase | None = None
    hint: Phrase | None = None
    words: str = ""
    command: str | None = None
    rank: int = 0
    shown: Callable[[Turn], bool] = everywhere


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a scene asked last: whether the text that came answers it, and how it is asked again after something in between."""

    answered: bool
    ask_again: Step


Need = Literal["lists", "claims"]
"""What is loaded for a scene besides the conversation: what the organisers' lists say of the person, what the person has won."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A name and an explicit table of steps; `plain` answers the taps whose id is one of these words, `options` those whose id begins
    with one of these and says, after dots, what it is about. `entries` are the ways into it, `needs` what must be loaded for it.
    `awaits` says whether a question of its own is open."""

    name: str
    steps: Mapping[str, Step]
    options: Mapping[str, Callable[[Turn, tuple[str, ...]], Outcome]]
    plain: Mapping[str, Step]
    needs: tuple[Need, ...] = ()
    entries: tuple[Entry, ...] = ()
    awaits: Callable[[Turn], Awaited | None] = nothing_awaited
