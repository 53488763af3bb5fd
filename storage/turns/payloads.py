"""Opening what is to be sent, and what becomes of a message that no longer opens.

Not here: who sends it (see storage/processes/owners.py and group.py).
"""

from __future__ import annotations

import structlog
from sqlalchemy import Connection, update

from storage.aad import aad_of_payload
from storage.keys.owners import farewell_opener, opener
from storage.sealing import Seal, SealBroken
from storage.tables import Sending, outbox

log = structlog.get_logger(__name__)


def open_payload(
    connection: Connection, seal: Seal, key: bytes, seq: int, sealed: bytes, wrapped: bytes | None, *, wipe: bool
) -> bytes | None:
    """What is to be sent. None where its bytes were damaged: it ends as refused, so that neither its chat nor a start waits for it.
    `wrapped` is the data key of its talk; last words (`wipe`) have another."""
    try:
        key_of_it = farewell_opener(connection, seal, key) if wipe else opener(seal, wrapped, key)
        return key_of_it.open(sealed, aad_of_payload(key, seq))
    except SealBroken as broken:
        log.error("message_not_read", error=type(broken).__name__)
        this = outbox.c.conversation == key, outbox.c.seq == seq
        end = {"status": int(Sending.REFUSED), "error": type(broken).__name__}
        connection.execute(update(outbox).where(*this).values(end))
        return None
