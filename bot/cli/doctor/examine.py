"""What is configured, what works, and what to do about the rest: one finding after another, none of them changes anything.

Not here: Telegram, Twilio and the network (see network.py); backups and copies (see backups.py); the reader of files (see sandbox.py).
Secrets are shown as fingerprints only.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.database import sqlite_file
from bot.doctor.finding import DoctorFinding, fingerprint
from bot.keys import seal_of
from bot.loading import Cannot, check_zone_data, load_phrases
from bot.settings import BadSetting, Settings, load
from storage.answers.freshness import look
from storage.answers.opening import damage
from storage.damage import find_damage
from storage.database import Unusable, connect, explain, knows, newest, prepare, version
from storage.promotions.catalog import CatalogError, folders, is_draft
from storage.promotions.checks.check import check
from storage.promotions.samples import SampleError
from storage.talks.deliveries import counts

ROOM = 500_000_000
"""Bytes that should be free on the disk of VAR_DIR."""


def examine() -> Iterator[DoctorFinding]:
    """Everything, in the order in which things are needed. Without settings most of it cannot be looked at."""
    yield DoctorFinding("ok", "python", sys.version.split()[0])
    yield from _zone()
    try:
        settings = load()
    except BadSetting as error:
        yield DoctorFinding("fault", "settings", str(error), "Mend it in .env or in the environment and ask again.")
        return
    from bot.cli.doctor.network import network
    from bot.cli.doctor.sandbox import sandbox

    where = ".env and the environment" if Path(".env").exists() else "the environment (there is no .env here)"
    yield DoctorFinding("ok", "settings", f"read from {where}")
    looks: tuple[Callable[[Settings], Iterator[DoctorFinding]], ...] = (
        _var, _key, _database, _promotions, _models, _phrases, _files, sandbox, network,
    )  # fmt: skip
    for examine_one in looks:
        yield from examine_one(settings)


def _zone() -> Iterator[DoctorFinding]:
    try:
        check_zone_data()
    except Cannot as error:
        yield DoctorFinding("fault", "time zone", str(error))
    else:
        yield DoctorFinding("ok", "time zone", "Asia/Almaty is UTC+5 since March 2024")


def _var(settings: Settings) -> Iterator[DoctorFinding]:
    folder = settings.var_dir
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        yield DoctorFinding(
            "fault", "var", f"{folder} cannot be written", "Set VAR_DIR to a folder that the program may write."
        )
        return
    kept = (folder, *sorted(folder.glob("*.db*")))
    if open_to := [path for path in kept if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]:
        said = f"{', '.join(map(str, open_to))} may be looked at by others on this machine"
        yield DoctorFinding("warning", "var", said, f"Run: chmod -R go= {folder}")
    free = shutil.disk_usage(nearest).free
    if free < ROOM:
        yield DoctorFinding("warning", "var", f"{folder} has {free / 1e6:.0f} MB left", "Make room on that disk.")
    else:
        yield DoctorFinding("ok", "var", f"{folder.absolute()}, {free / 1e9:.0f} GB free")


def _key(settings: Settings) -> Iterator[DoctorFinding]:
    file = settings.key_file
    with suppress(BadSetting):  # the database cannot be asked: it has a line of its own
        if not settings.has_key and settings.has_data():
            said = f"{file} is gone, but its database is there"
            yield DoctorFinding("fault", "key", said, "Put back the key that the database was made with.")
            return
    if not settings.has_key:
        yield DoctorFinding(
            "ok", "key", f"{file} will be made at the first start", "Back it up then: without it nothing opens."
        )
        return
    try:
        shown = fingerprint(settings.key().hex())
    except BadSetting as error:
        yield DoctorFinding("fault", "key", str(error), "Put back the key that the database was made with.")
        return
    if settings.encryption_key:
        yield DoctorFinding("ok", "key", f"from ENCRYPTION_KEY, fingerprint {shown}")
    elif stat.S_IMODE(file.stat().st_mode) & 0o077:
        yield DoctorFinding("warning", "key", f"{file} may be read by others", f"Run: chmod 600 {file}")
    else:
        yield DoctorFinding(
            "ok", "key", f"{file}, fingerprint {shown}", "Keep a copy elsewhere: without it nothing opens."
        )


def _database(settings: Settings) -> Iterator[DoctorFinding]:
    """A look that changes nothing: a missing database is not made, an old schema is not moved."""
    from bot.cli.doctor.backups import keeping

    try:
        file = sqlite_file(settings)
        if file is not None and not file.exists():
            yield DoctorFinding("ok", "database", f"{file} will be made at the first start")
            return
    except Unusable as error:
        yield DoctorFinding("fault", "database", str(error), "Mend DATABASE_URL.")
        return
    try:
        engine = connect(settings.database)
    except Unusable as error:
        yield DoctorFinding("fault", "database", str(error))
        return
    try:
        with engine.connect() as connection:
            found = version(connection)
        if found is not None and not knows(found):
            said = f"schema {found} is of a newer Utys than this one"
            yield DoctorFinding("fault", "database", said, "Start the newer version.")
            return
        if found != newest():
            said = f"schema {found or 'none'}, this version wants {newest()}"
            yield DoctorFinding("warning", "database", said, "`utys serve` brings it up to date; make a copy before.")
            return
        with engine.connect().execution_options(reads_only=True) as connection:
            damaged = find_damage(connection)
        if damaged is not None:
            advice = "Others are served meanwhile. Stop the bot, keep a copy of the file, and restore the last backup."
            yield DoctorFinding("fault", "database", f"damaged: {damaged}", advice)
            return
        prepare(engine, seal_of(settings))
        with engine.connect() as connection:
            numbers = counts(connection)
            kept = list(keeping(connection))
        shown = engine.url.render_as_string(hide_password=True)
        yield DoctorFinding("ok", "database", f"{shown}, schema {found}, the key fits, {numbers['unsent']} unsent")
        if numbers["parked"]:
            said = f"{numbers['parked']} events could not be answered"
            yield DoctorFinding("warning", "parked", said, "See `utys parked list`.")
        yield from kept
    except (Unusable, BadSetting) as error:
        yield DoctorFinding("fault", "database", str(error))
    except SQLAlchemyError as error:
        yield DoctorFinding(
            "fault", "database", explain(engine, error), "Check DATABASE_URL and that the database runs."
        )
    finally:
        engine.dispose()


def _promotions(settings: Settings) -> Iterator[DoctorFinding]:
    found = folders(settings.promotions_dir)
    if not found:
        yield DoctorFinding("fault", "promotions", f"none in {settings.promotions_dir}", "Set PROMOTIONS_DIR.")
    for folder in found:
        if is_draft(folder):
            yield DoctorFinding(
                "warning", "promotions", f"{folder.name} is a draft", f"See `utys promotions check {folder.name}`."
            )
            continue
        serious = [fault for fault in check(folder) if fault.serious]
        if serious:
            said = f"{folder.name} has {len(serious)} fault{'s' * (len(serious) > 1)}, first {serious[0]}"
            yield DoctorFinding("fault", "promotions", said, f"See `utys promotions check {folder.name}`.")
        else:
            yield DoctorFinding("ok", "promotions", folder.name)


def _models(settings: Settings) -> Iterator[DoctorFinding]:
    advice = "Run `utys promotions publish`."
    try:
        seen = look(settings.promotions_dir, settings.models)
    except (CatalogError, SampleError, OSError) as error:
        first = str(error).split("\n")[0]
        yield DoctorFinding(
            "fault", "models", f"cannot be compared with the promotions: {first}", "Mend the promotions first."
        )
        return
    missing = [name for name in seen.stale if not (settings.models / f"{name}.model").exists()]
    if missing:
        yield DoctorFinding("fault", "models", f"missing in {settings.models}: {', '.join(missing)}", advice)
    elif damaged := [str(found) for name in seen.names if (found := damage(settings.models, name))]:
        yield DoctorFinding("fault", "models", "; ".join(damaged))
    elif seen.stale:
        yield DoctorFinding("warning", "models", f"older than the promotions: {', '.join(seen.stale)}", advice)
    else:
        yield DoctorFinding("ok", "models", f"{len(seen.names)} in {settings.models}, version {seen.version}")


def _phrases(settings: Settings) -> Iterator[DoctorFinding]:
    try:
        load_phrases()
    except (OSError, ValueError) as error:
        yield DoctorFinding("fault", "phrases", f"a catalogue cannot be read: {error}", "Put back the folder locales/.")
    else:
        yield DoctorFinding("ok", "phrases", "Kazakh and Russian")


def _files(settings: Settings) -> Iterator[DoctorFinding]:
    unused = "files of participants are not kept yet"
    if not settings.files_url:
        yield DoctorFinding("ok", "files", f"FILES_URL is not set; {unused}")
        return
    parts = urlsplit(settings.files_url)
    if parts.scheme == "s3":
        yield DoctorFinding("warning", "files", f"s3 bucket {parts.netloc} was not tried; {unused}")
        return
    if parts.scheme not in ("", "file"):
        said = f"FILES_URL begins with {parts.scheme}:, which is not known here"
        yield DoctorFinding("fault", "files", said, "Give a folder, file:///… or s3://….")
        return
    folder = Path(unquote(parts.path) if parts.scheme else settings.files_url)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield DoctorFinding(
            "fault", "files", f"{folder} cannot be written: {error.strerror}", "Make it, or set FILES_URL."
        )
    else:
        yield DoctorFinding("ok", "files", f"{folder} can be written; {unused}")
