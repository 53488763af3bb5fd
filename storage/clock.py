"""The clock that all processes share: the database's own, in ms since 1970 UTC.

Not here: instants that people see (see the bot, which hands them in). On SQLite there is one machine, and its clock is the database's.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection

NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::BIGINT"
"""The same in PostgreSQL's words."""


def local_milliseconds() -> int:
    return time.time_ns() // 1_000_000


def milliseconds(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.exec_driver_sql(f"SELECT {NOW}").scalar_one())
    return local_milliseconds()
