"""Opens the installation's database for commands that only look into it.

Not here: making it and bringing it up to date (see `utys serve`): a look must not change a schema that a running server uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.keys import seal_of
from bot.settings import Settings
from storage.database import Unusable, connect, explain, newest, parse, prepare, version
from storage.sealing import Seal


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Connection, Seal]]:
    """One transaction and the seal that opens what it reads. Raises Unusable, BadSetting."""
    if (file := sqlite_file(settings)) is not None and not file.exists():
        raise Unusable(f"there is no database yet at {file}; `utys serve` makes it")
    engine = connect(settings.database)
    try:
        seal = seal_of(settings)
        check_schema(engine)
        prepare(engine, seal)
        with engine.begin() as connection:
            yield connection, seal
    except SQLAlchemyError as error:
        raise Unusable(explain(engine, error)) from error
    finally:
        engine.dispose()


def sqlite_file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL and for one in memory. Raises Unusable."""
    url = parse(settings.database)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database)).expanduser()


def check_schema(engine: Engine) -> None:
    """Raises Unusable where the schema is not of this version, SQLAlchemyError where it cannot be read."""
    with engine.connect() as connection:
        found = version(connection)
    if found != newest():
        raise Unusable(
            f"the database has schema {found or 'none'}, this version of Utys wants {newest()}; "
            "`utys serve` brings it up to date"
        )
