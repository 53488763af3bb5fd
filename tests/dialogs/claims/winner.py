"""A winner at the dialogs: what a turn asks to be kept of a claim is kept here between the turns, as the storage does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from msgspec.structs import replace as replace_struct

from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import Turn
from domain.calendar import Calendar
from domain.claims.claim import Claim
from domain.claims.effects import ClaimBegun, ClaimChanged, ClaimLinked, ClaimNewsTold, ClaimReminded
from domain.claims.person import PersonClaims
from domain.promotion import Promotion
from domain.rulebook import Language
from domain.search.finder import SearchResult
from tests.dialogs.library import TwoPromotions
from tests.dialogs.talk import NOBODY, Talk
from tests.domain.given import CALENDAR, PROMOTIONS


@dataclass(frozen=True)
class Served(TwoPromotions):
    """The five promotions; their questions are not answered here."""

    promotions: Mapping[str, Promotion] = field(default_factory=lambda: PROMOTIONS)

    @property
    def calendar(self) -> Calendar:
        return CALENDAR

    def find(self, slug: str, question: str, near: Any = (), pull: float = 0.0) -> SearchResult:
        return SearchResult("unsure", (), 0.0)


class Winner(Talk):
    def __init__(
        self, slug: str, *claims: Claim, language: Language = "ru", now: datetime | None = None, **more: Any
    ) -> None:
        known = replace_struct(
            NOBODY, language=language, chosen=True, promotion=slug, scene="rules", step="ask", **more
        )
        super().__init__(known, Served())
        self.won = PersonClaims(claims)
        self.now = now or self.now
        self.verifies = False

    def hear(self, kind: Any, text: str = "", option: str | None = None, **more: Any) -> Winner:
        self.turns += 1
        incoming = Incoming(str(self.turns), "test", "address", self.now, kind, text, option, **more)
        turn = Turn(
            incoming,
            self.conversation,
            self.library,
            self.now,
            f"token {self.turns}",
            channel_verifies_phone=self.verifies,
            claims=self.won,
        )
        self.outcome = respond(turn)
        self.conversation = self.outcome.conversation
        for effect in self.outcome.effects:
            self._keep(effect)
        return self

    def _keep(self, effect: object) -> None:
        match effect:
            case ClaimBegun(acted):
                self.won = replace(self.won, claims=(acted.claim, *self.won.claims))
            case ClaimChanged(acted, _, consent):
                claim = replace(acted.claim, version=acted.claim.version + 1)
                others = tuple(each for each in self.won.claims if each.id != claim.id)
                consents = {**self.won.consents, **({claim.id: consent} if consent else {})}
                self.won = replace(self.won, claims=(claim, *others), consents=consents)
            case ClaimLinked(id):
                here = tuple(each for each in self.won.found if each.id == id)
                rest = tuple(each for each in self.won.found if each.id != id)
                self.won = replace(self.won, claims=(*here, *self.won.claims), found=rest)
            case ClaimReminded(settled, given):
                gone = {each.key for each in (*settled.say, *settled.tasks)} | {each.key for each, _ in settled.drop}
                self.won = replace(
                    self.won,
                    due=tuple(each for each in given if each.key not in gone),
                    told_at=self.now if settled.say else self.won.told_at,
                )
            case ClaimNewsTold(news):
                self.won = replace(self.won, news=tuple(each for each in self.won.news if each not in news))

    @property
    def claim(self) -> Claim:
        return self.won.claims[0]
