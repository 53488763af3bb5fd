"""Finds the claims of a person: those led in a talk, and those of a list that the person has proved to be theirs.

Proof is a phone that the channel vouches for, or a BIN, IIN or account together with the number of the draw's protocol, which only the
winner's notice has. A phone that was merely typed proves nothing and is not looked up here. Not here: reading a claim (see keeping.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, and_, or_, select

from domain.claims.claim import Claim
from domain.claims.person import PersonClaims
from domain.participants import phone as read_phone
from storage.claims.keeping import KeptClaim, bytes_of, claim_digest, folded, read_claim_row
from storage.claims.reminders import due_in, news_of, told_at
from storage.claims.tables import claims
from storage.sealing import Seal

_NUMBERS = ("bin", "iin", "account")
SECRET_LENGTH = 4
"""Letters and digits that a protocol's number needs to prove anything: a shorter one is guessed."""


def led_in(connection: Connection, seal: Seal, conversation: bytes, *, locking: bool = False) -> tuple[KeptClaim, ...]:
    """The claims that are led in this talk, the newest first. With `locking`, no agent changes them until the transaction ends."""
    query = select(claims).where(claims.c.conversation == conversation).order_by(claims.c.opened_at.desc())
    query = query.with_for_update() if locking else query
    return tuple(read_claim_row(connection, seal, row) for row in connection.execute(query).all())


def by_phone(connection: Connection, seal: Seal, phone: str) -> tuple[KeptClaim, ...]:
    """Of a phone that the channel vouches for."""
    number = read_phone(phone)
    if number is None:
        return ()
    return _found(connection, seal, claims.c.phone == claim_digest(seal, "phone", number))


def by_numbers(
    connection: Connection, seal: Seal, numbers: Iterable[str], protocols: Iterable[str]
) -> tuple[KeptClaim, ...]:
    """Of a BIN, IIN or account that was typed, only together with the protocol's number, which only the list knows.

    A number of the protocol that anybody could guess proves nothing.
    """
    typed = list(numbers)
    secrets = [claim_digest(seal, "protocol", each) for each in protocols if len(folded(each)) >= SECRET_LENGTH]
    known = [claims.c[name].in_([claim_digest(seal, name, each) for each in typed]) for name in _NUMBERS]
    return _found(connection, seal, and_(or_(*known), claims.c.protocol.in_(secrets))) if typed and secrets else ()


def claims_of(
    connection: Connection,
    seal: Seal,
    conversation: bytes,
    now: int,
    phone: str | None = None,
    numbers: Iterable[str] = (),
    protocols: Iterable[str] = (),
) -> PersonClaims:
    """All that a turn is told of a person's claims; `phone` is vouched for by the channel. `now` is ms UTC."""
    own = led_in(connection, seal, conversation, locking=True)
    proved = {
        each.claim.id: each
        for each in (
            *(by_phone(connection, seal, phone) if phone is not None else ()),
            *by_numbers(connection, seal, numbers, protocols),
        )
    }
    ids = [bytes_of(each.claim.id) for each in own]
    others = [each for each in proved.values() if each.conversation not in (None, conversation)]
    consents: Mapping[str, Mapping[str, str]] = {each.claim.id: each.body.consent for each in own if each.body.consent}
    return PersonClaims(
        claims=tuple(each.claim for each in own),
        due=due_in(connection, ids, now) if ids else (),
        news=news_of(connection, own),
        told_at=told_at(connection, ids) if ids else None,
        found=tuple(each.claim for each in proved.values() if each.conversation is None),
        elsewhere=len(others),
        zone=next((each.body.zone for each in own if each.body.zone), ""),
        who={each.claim.id: each.body.who for each in own},
        consents=consents,
    )


def by_beginning(connection: Connection, seal: Seal, id: str, limit: int = 2) -> tuple[KeptClaim, ...]:
    """Claims whose id begins so (hexadecimal, at least four digits); none for anything else."""
    text = id.strip().casefold().replace("-", "")
    if len(text) < 4 or len(text) > 32 or any(letter not in "0123456789abcdef" for letter in text):
        return ()
    low, high = bytes.fromhex(text.ljust(32, "0")), bytes.fromhex(text.ljust(32, "f"))
    query = select(claims).where(claims.c.id.between(low, high)).order_by(claims.c.id).limit(limit)
    return tuple(read_claim_row(connection, seal, row) for row in connection.execute(query).all())


def listing(
    connection: Connection, seal: Seal, promotion: str | None, states: Iterable[str], limit: int = 200
) -> tuple[KeptClaim, ...]:
    """For an agent: the claims in these states, those that changed longest ago first."""
    query = select(claims).where(claims.c.state.in_(list(states))).order_by(claims.c.changed_at).limit(limit)
    if promotion is not None:
        query = query.where(claims.c.promotion == promotion)
    return tuple(read_claim_row(connection, seal, row) for row in connection.execute(query).all())


def standing_by(connection: Connection, seal: Seal, claim: Claim) -> tuple[KeptClaim, ...]:
    """The reserve winners of the same draw and prize who were not called, in their order."""
    query = select(claims).where(
        claims.c.promotion == claim.promotion,
        claims.c.state == "standby",
        claims.c.draw.is_(None) if claim.draw is None else claims.c.draw == claim.draw,
        claims.c.prize.is_(None) if claim.prize is None else claims.c.prize == claim.prize,
    )
    rows = connection.execute(query.order_by(claims.c.rank).limit(20)).all()
    return tuple(read_claim_row(connection, seal, row) for row in rows)


def winners_known(connection: Connection, promotion: str) -> bool:
    """Whether a list has named any winner of it."""
    told = claims.c.promotion == promotion, claims.c.state.not_in(("reported", "rejected"))
    return connection.execute(select(claims.c.id).where(*told).limit(1)).first() is not None


def _found(connection: Connection, seal: Seal, condition: object) -> tuple[KeptClaim, ...]:
    query = select(claims).where(condition).order_by(claims.c.opened_at.desc()).limit(20)  # type: ignore[arg-type]
    return tuple(read_claim_row(connection, seal, row) for row in connection.execute(query).all())
