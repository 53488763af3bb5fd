"""The command line's place at the claims: database, promotions and calendar opened, one claim found, one act done and told.

Not here: the commands (see command.py); what an act does (see storage/claims/acting.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NoReturn

from sqlalchemy import Connection

from bot.cli.claims.showing import described, refused
from bot.cli.database import opened
from bot.cli.errors import fail, plainly
from bot.loading import Cannot, check_zone_data
from bot.settings import BadSetting, Settings
from domain.calendar import Calendar
from domain.claims.acts import Acting, ClaimResult
from domain.claims.claim import Claim
from domain.claims.progress import ClaimProgress, progress
from domain.claims.states import Actor, ClaimRefusal
from domain.facts import When, read_when
from domain.promotion import Promotion
from storage.claims.acting import ClaimGone, ClaimMoved, act
from storage.claims.finding import by_beginning, standing_by
from storage.claims.keeping import KeptClaim
from storage.claims.logbook import log_of
from storage.database import Unusable
from storage.promotions.catalog import CatalogError, load_calendar, load_each
from storage.sealing import Seal, SealBroken

Doing = Callable[["ClaimDesk", Promotion], Callable[[Claim], ClaimResult]]


class ClaimDesk:
    """Promotions and calendar as they are now; `now` is an instant (UTC)."""

    def __init__(self, promotions: dict[str, Promotion], calendar: Calendar, now: datetime) -> None:
        self._promotions, self.calendar, self.now = promotions, calendar, now

    def promotion(self, kept: KeptClaim) -> Promotion:
        """Fails where the claim's promotion is not there any more, or cannot be read."""
        found = self._promotions.get(kept.claim.promotion)
        if found is None:
            fail(f"the promotion {kept.claim.promotion} of this claim cannot be read; see `utys promotions check`")
        return found

    def progress(self, kept: KeptClaim) -> ClaimProgress:
        return progress(kept.claim, self.promotion(kept), self.now, self.calendar)

    def acting(self, by: str, actor: Actor = "agent") -> Acting:
        if not by.strip():
            fail("--by: say who you are")
        return Acting(actor, self.now, " ".join(by.split())[:100])

    def when(self, said: str | None, promotion: Promotion) -> When | None:
        """A day or a moment as the operator typed it. A time without an offset is taken in the promotion's zone."""
        if said is None:
            return None
        try:
            found = read_when(said, promotion.zone)
        except ValueError:
            fail(f"{said!r} is no day; write it as 2024-02-20 or 2024-02-20T15:30")
        return found if isinstance(found, datetime) else date(found.year, found.month, found.day)

    def one(self, connection: Connection, seal: Seal, id: str) -> KeptClaim:
        """The claim whose id begins so; fails where there is none, or more than one."""
        found = by_beginning(connection, seal, id)
        if not found:
            fail(f"no claim has an id that begins with {id!r}; see `utys claims list`")
        if len(found) > 1:
            fail(f"several claims have an id that begins with {id!r}; give more of it")
        return found[0]

    def act(self, connection: Connection, seal: Seal, id: str, doing: Doing, clause: str = "") -> str:
        """Does it and says how the claim stands then; a refusal is a sentence and exit code 1."""
        kept = self.one(connection, seal, id)
        promotion = self.promotion(kept)
        found = act(
            connection, seal, kept.claim.id, promotion, doing(self, promotion), self.now, calendar=self.calendar
        )
        match found:
            case KeptClaim():
                told = described(found, self.progress(found), promotion, log_of(connection, found), reveal=False)
                return "\n".join([told, *self._reserves(connection, seal, found, promotion, clause)])
            case ClaimRefusal():
                _no(refused(found))
            case ClaimMoved():
                _no("somebody has changed this claim meanwhile; look at it again")
            case ClaimGone():
                _no("this claim was erased meanwhile")

    def _reserves(
        self, connection: Connection, seal: Seal, kept: KeptClaim, promotion: Promotion, clause: str
    ) -> list[str]:
        """Who stands by for a prize that was lost, where the clause hands it to a reserve winner."""
        plan = promotion.claim
        if kept.claim.state != "lost" or plan is None:
            return []
        if not plan.redraws_for(clause):
            return [f"clause {clause} says nothing of a reserve winner"]
        others = standing_by(connection, seal, kept.claim)
        lines = [
            f"reserve {other.claim.rank} stands by: utys claims call-reserve {other.claim.id[:8]}" for other in others
        ]
        return lines or ["no reserve winner of this draw stands by"]


@contextmanager
def opened_desk(chosen: Settings) -> Iterator[tuple[Connection, Seal, ClaimDesk]]:
    """One transaction, the seal and the desk. What is wrong with any of them is one sentence."""
    with plainly(BadSetting, Cannot, CatalogError, Unusable, SealBroken):
        check_zone_data()
        promotions, _ = load_each(chosen.promotions_dir)
        calendar = load_calendar(chosen.promotions_dir)
        with opened(chosen) as (connection, seal):
            yield connection, seal, ClaimDesk(promotions, calendar, datetime.now(UTC))


def _no(reason: str) -> NoReturn:
    fail(reason)
