"""Keeps an event whose talk, or whose own place, lies on a damaged page: parked at once and apologised to, without a look at that page.

Not here: knowing damage (see storage/damage.py); the usual way (see group.py). The talk's state is neither read nor written: it stays
as it lies there, for whoever mends the file or restores a backup.
"""

from __future__ import annotations

import hashlib
from time import monotonic

import msgspec
import structlog
from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from storage.aad import aad_of_event, aad_of_payload
from storage.clock import milliseconds
from storage.damage import is_damage
from storage.keys.owners import key_of_talk
from storage.sealing import Seal, SealBroken, Sealer
from storage.tables import Arrived, Sending, inbox, outbox
from storage.turns.types import Arrival, Committed, Queued, Turns

log = structlog.get_logger(__name__)

WAYS = ((False, True), (True, True), (False, False), (True, False))
"""Under its own id or another one, with an apology or without: tried in this order, because any of the pages may be the damaged one."""
ERROR = "the database is damaged there"

_encode = msgspec.json.Encoder().encode


class Apart:
    """Of one process. `damaged`: whether it met such a page since it started."""

    def __init__(self, seal: Seal, turns: Turns, process: int) -> None:
        self._seal, self._turns, self._process = seal, turns, process
        self.damaged = False

    def notes(self, error: Exception) -> bool:
        """Whether it is damage; from then on that is said."""
        if not is_damage(error):
            return False
        if not self.damaged:
            log.error("database_damaged")
        self.damaged = True
        return True

    def keep(self, connection: Connection, arrival: Arrival) -> Committed:
        """Raises the last error where it can be kept in no way."""
        failure: SQLAlchemyError | None = None
        sealer = self._sealer(connection, arrival.key)
        for elsewhere, speaks in WAYS:
            try:
                with connection.begin():
                    return self._park(connection, sealer, arrival, elsewhere=elsewhere, speaks=speaks)
            except SQLAlchemyError as error:
                if not is_damage(error):
                    raise
                failure = error
        assert failure is not None
        raise failure

    def _sealer(self, connection: Connection, key: bytes) -> Sealer:
        """The talk's own key, which forgetting destroys; the installation's where that lies on the damaged page."""
        try:
            with connection.begin():
                return key_of_talk(connection, self._seal, key)
        except SealBroken:
            return self._seal
        except SQLAlchemyError as error:
            if not is_damage(error):
                raise
            return self._seal

    def _park(
        self, connection: Connection, sealer: Sealer, arrival: Arrival, *, elsewhere: bool, speaks: bool
    ) -> Committed:
        """The same event always gets the same other id, so it is kept once `elsewhere`, too."""
        id = hashlib.sha256(b"apart" + arrival.id).digest()[:16] if elsewhere else arrival.id
        seen = connection.execute(select(inbox.c.status).where(inbox.c.id == id)).scalar()
        again = seen == Arrived.FAILED and arrival.attempt > 0
        if seen is not None and not again:
            return Committed(arrival, duplicate=True)
        seq = max(arrival.received_at, *(_last(connection, table, arrival.key) + 1 for table in (inbox, outbox)))
        end = {"status": int(Arrived.PARKED), "attempts": arrival.attempt + 1, "error": ERROR}
        if again:
            connection.execute(update(inbox).where(inbox.c.id == id).values(end))
        else:
            event = sealer.seal(_encode(arrival.incoming), aad_of_event(id))
            place = {"id": id, "conversation": arrival.key, "seq": seq, "received_at": arrival.received_at}
            connection.execute(insert(inbox).values({**place, "event": event, **end}))
        sends = self._apologise(connection, sealer, arrival, seq) if speaks else ()
        return Committed(arrival, parked=True, sends=sends)

    def _apologise(self, connection: Connection, sealer: Sealer, arrival: Arrival, seq: int) -> tuple[Queued, ...]:
        try:
            payloads = self._turns.apologise(arrival, None).payloads
        except Exception as bug:  # the event is parked all the same
            log.error("apology_failed", error=type(bug).__name__)
            return ()
        channel, sends, now = arrival.incoming.channel, [], milliseconds(connection)
        for number, payload in enumerate(payloads, seq + 1):
            sealed = sealer.seal(payload, aad_of_payload(arrival.key, number))
            row = {"conversation": arrival.key, "seq": number, "channel": channel, "payload": sealed, "wipe": 0}
            when = {"status": int(Sending.IN_FLIGHT), "attempts": 0, "created_at": arrival.received_at, "due_at": now}
            connection.execute(insert(outbox).values({**row, **when, "owner": self._process}))
            sends.append(Queued(arrival.key, number, channel, payload, due=monotonic(), wipe=False))
        return tuple(sends)


def _last(connection: Connection, table: Table, key: bytes) -> int:
    """Read from the index alone."""
    return connection.execute(select(func.max(table.c.seq)).where(table.c.conversation == key)).scalar() or 0
