"""Claims inside a turn: what it is given of them, and what it asked to be kept, in the turn's own transaction.

Not here: the transaction (see storage/turns/group.py); an agent's act (see acting.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, update

from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from domain.claims.effects import (
    ClaimBegun,
    ClaimChanged,
    ClaimEffect,
    ClaimLinked,
    ClaimLinkMade,
    ClaimNewsTold,
    ClaimReminded,
    ClaimTask,
)
from domain.claims.links import link_in
from domain.claims.person import PersonClaims
from domain.participants import phone as read_phone
from storage.claims.contacts import note_contact
from storage.claims.finding import claims_of, led_in, winners_known
from storage.claims.keeping import KeptClaim, bytes_of, create, link, load, moment_of, save
from storage.claims.links import claim_of_link, keep_link, take_link
from storage.claims.reminders import (
    add_task,
    look_later,
    news_of,
    news_told,
    plan_reminders,
    settle_reminders,
)
from storage.claims.tables import claim_reminders
from storage.sealing import Seal

TYPED_SLOT: Final = "claim_numbers"
"""The slot of a talk with numbers that its person typed before, to prove which claim is theirs."""
_TYPED: Final = re.compile(r"[\w/-]*\d[\w/-]*")
_NUMBERS, _PROTOCOLS = 8, 3
"""Of one turn: nobody tries a hundred numbers of a protocol in one message."""
LOOK_AGAIN: Final = timedelta(hours=1)
"""What a turn was told and did not settle is looked at again then."""


def load_claims(
    connection: Connection,
    seal: Seal,
    conversation: bytes,
    incoming: Incoming,
    state: Conversation | None,
    phone: str | None,
    now: int,
) -> PersonClaims:
    """`phone` is one that the channel vouches for. `now` is ms UTC. Raises SealBroken."""
    before = state.slots.get(TYPED_SLOT) if state is not None else None
    kept = [each for each in before if isinstance(each, str)] if isinstance(before, list) else []
    text = incoming.text if incoming.kind in ("text", "edited") else ""
    typed = [*kept, *_TYPED.findall(text[:500])]
    found = claims_of(connection, seal, conversation, now, phone, typed[:_NUMBERS], typed[-_PROTOCOLS:])
    token = link_in(incoming.text)
    linked = claim_of_link(connection, seal, token, now) if token is not None else None
    if linked is not None:
        found = replace(found, linked=linked.claim)
    if state is None or state.promotion is None or incoming.kind == "deadline":
        return found
    return replace(found, list_here=True) if winners_known(connection, state.promotion) else found


def keep_claims(
    connection: Connection,
    seal: Seal,
    conversation: bytes,
    incoming: Incoming,
    effects: Sequence[object],
    now: int,
    message: int | None,
) -> None:
    """What a turn asked to be kept. `message` is the number of the first message that it said, None where it said none."""
    told: set[str] = set()
    for effect in effects:
        if isinstance(effect, ClaimEffect):
            told |= _keep(connection, seal, conversation, effect, now)
    if message is not None:
        for each in (load(connection, seal, id) for id in sorted(told)):
            if each is not None:
                note_contact(connection, each, moment_of(now), incoming.channel, "message", message)
    if incoming.kind == "deadline":
        ids = [bytes_of(each.claim.id) for each in led_in(connection, seal, conversation)]
        look_later(connection, ids, now, now + int(LOOK_AGAIN.total_seconds() * 1000))


def _keep(connection: Connection, seal: Seal, conversation: bytes, effect: ClaimEffect, now: int) -> set[str]:
    """The claims of which the winner is told something by it."""
    at = moment_of(now)
    match effect:
        case ClaimBegun(acted, story, phone):
            number = read_phone(phone)
            who = {"phone": number} if number else {}
            create(connection, seal, acted.claim, acted.transitions, who, conversation, story=story)
        case ClaimChanged(acted, ladder, consent, zone):
            before = _own(connection, seal, acted.claim.id, acted.claim.version, conversation)
            more = {**({"consent": dict(consent)} if consent else {}), **({"zone": zone} if zone else {})}
            if acted.changed or more:
                save(connection, before, acted.claim, acted.transitions, at, **more)
            plan_reminders(connection, acted.claim.id, ladder)
        case ClaimLinkMade(claim, token):
            keep_link(connection, seal, claim, token, now)
        case ClaimLinked(claim, token):
            found = load(connection, seal, claim, locking=True)
            free = found is not None and found.conversation is None
            if found is not None and (free or (token and take_link(connection, seal, claim, token, now))):
                link(connection, found, conversation)
                # the turn that links a claim shows where it stands: what led there is no news any more
                news_told(connection, news_of(connection, [found]))
                _look_now(connection, claim)
        case ClaimReminded(settled, given):
            settle_reminders(connection, settled, at, given)
            return {each.claim for each in settled.say}
        case ClaimNewsTold(news):
            news_told(connection, news)
            return {each.claim for each in news}
        case ClaimTask(claim, what):
            add_task(connection, claim, what, at)
    return set()


def _own(connection: Connection, seal: Seal, id: str, version: int, conversation: bytes) -> KeptClaim:
    """A turn changes a claim by one effect, and only as it was given to it: else the turn is taken again."""
    found = load(connection, seal, id, locking=True)
    if found is None or found.conversation not in (None, conversation) or found.claim.version != version:
        raise LookupError("the claim of this turn is led elsewhere or changed meanwhile")
    return found


def _look_now(connection: Connection, claim: str) -> None:
    """Reminders that nobody could be told of before."""
    table = claim_reminders
    connection.execute(update(table).where(table.c.claim == bytes_of(claim)).values(look_at=table.c.due_at))
