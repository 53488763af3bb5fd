"""Files in the table of the release before, which may still run beside this one: they go an hour after they came.

Not here: where files of browsers lie now (see upload_folder.py).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete

from storage.tables import uploads


def purge_uploads(connection: Connection, before: int) -> None:
    """Drops what was kept before (ms UTC) and never read."""
    connection.execute(delete(uploads).where(uploads.c.kept_at < before))
