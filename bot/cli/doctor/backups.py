"""How safe the data is: the age of the last backup, a restored copy that waits, the processes that share the database.

Not here: whether the database can be opened at all (see examine.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.doctor.finding import DoctorFinding
from storage.backups.backup import last_backup
from storage.backups.confirmation import count_held, living, restored


def keeping(connection: Connection) -> Iterator[DoctorFinding]:
    """How old the last backup is, whether this is a restored copy, and who else works on it."""
    now = int(time.time() * 1000)
    made, advice = last_backup(connection), "`utys backup FOLDER` makes one; see docs/operating.md."
    if made is None:
        yield DoctorFinding("warning", "backup", "none was made of this database yet", advice)
    else:
        hours = (now - made.at) / 3_600_000
        said = f"the last one {hours:.0f} h ago, {made.size / 1e6:.1f} MB"
        yield DoctorFinding("warning", "backup", said, advice) if hours > 24 else DoctorFinding("ok", "backup", said)
    if (copy := restored(connection)) is not None:
        at = datetime.fromtimestamp(copy.made_at / 1000, UTC)
        said = f"a copy as of {at:%Y-%m-%d %H:%M} UTC; `utys serve` does not start"
        yield DoctorFinding("warning", "restored", said, "Stop every other copy, then run `utys restore --confirm`.")
    if held := count_held(connection):
        said = f"{held} messages were unsent in the backup that this copy was made from"
        yield DoctorFinding("warning", "held", said, "They stay unsent; docs/operating.md says what can be done.")
    if alive := living(connection):
        yield DoctorFinding("ok", "processes", f"{alive} at work on this database")
