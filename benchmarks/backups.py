"""Measures `utys backup` and `utys restore` with many people, each as a process of its own: `python -m benchmarks.backups [--people N]`.

Leaves what is measured to the program. Every person has 20 events and 20 answers. Beyond ten minutes the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import insert

from bot.settings import Settings
from dialogs.conversation import Conversation
from dialogs.messages import Incoming
from storage.aad import aad_of_event, aad_of_payload, aad_of_state
from storage.database import connect, prepare
from storage.sealing import Seal
from storage.tables import Sending, conversations, inbox, outbox

EVENTS = 20
SECONDS = 600
NOON = datetime(2026, 3, 10, 7, tzinfo=UTC)
ANSWER = b'sendMessage\n{"chat_id":700000000,"text":"' + "Жүлдені 30 күн ішінде алуға болады. ".encode() * 20 + b'"}'


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--database", help="an SQLAlchemy URL of an empty database; without it a fresh SQLite file")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        environment = {**os.environ, "VAR_DIR": str(here / "var")}
        database = asked.database or f"sqlite:///{here / 'var' / 'utys.db'}"
        environment["DATABASE_URL"] = database
        fill(database, here / "var", asked.people)
        kept = here / "kept"
        spent = [
            run("backup", "backup", str(kept), environment=environment),
            run("check", "restore", str(kept), "--check", environment=environment),
            run("restore", "restore", str(kept), "--replace", environment=environment),
        ]
    raise SystemExit(1 if max(spent) > SECONDS else 0)


def fill(database: str, var: Path, people: int) -> None:
    started = time.perf_counter()
    seal = Seal(Settings(_env_file=None, var_dir=var).key())
    engine = connect(database)
    prepare(engine, seal)
    with engine.begin() as connection:
        for batch in batches(seal, people):
            for table, rows in batch.items():
                connection.execute(insert(table), rows)
    engine.dispose()
    print(f"{people} people with {EVENTS} events and answers each, made in {time.perf_counter() - started:.0f} s")


def batches(seal: Seal, people: int, size: int = 200) -> Iterator[dict]:  # type: ignore[type-arg]
    at = int(NOON.timestamp() * 1000)
    encode = msgspec.json.Encoder().encode
    for start in range(0, people, size):
        rows: dict = {conversations: [], inbox: [], outbox: []}  # type: ignore[type-arg]
        for number in range(start, min(start + size, people)):
            address = str(700_000_000 + number)
            key = seal.digest("conversation", "telegram", address)
            own = seal.make_key(key)
            state = encode(Conversation(f"person {number}", "telegram", address))
            rows[conversations].append(
                {
                    "key": key,
                    "state": own.seal(state, aad_of_state(key, at + 2 * EVENTS)),
                    "channel": "telegram",
                    "seq": at + 2 * EVENTS,
                    "updated_at": at,
                    "data_key": own.wrapped,
                }
            )
            for event in range(EVENTS):
                incoming = Incoming(
                    f"{number}.{event}", "telegram", address, NOON, "text", "жүлдені қалай аламын? " * 3
                )
                id, seq = seal.digest("event", "telegram", incoming.id), at + 2 * event
                rows[inbox].append(
                    {
                        "id": id,
                        "conversation": key,
                        "seq": seq,
                        "status": 0,
                        "attempts": 1,
                        "received_at": at,
                        "event": own.seal(encode(incoming), aad_of_event(id)),
                    }
                )
                rows[outbox].append(
                    {
                        "conversation": key,
                        "seq": seq + 1,
                        "channel": "telegram",
                        "status": int(Sending.SENT),
                        "attempts": 1,
                        "owner": 1,
                        "created_at": at,
                        "payload": own.seal(ANSWER, aad_of_payload(key, seq + 1)),
                        "provider_id": str(seq),
                        "wipe": 0,
                        "event": id,
                    }
                )
        yield rows


def run(name: str, *words: str, environment: dict[str, str]) -> float:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *words], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read().strip().splitlines()
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, said
    seconds = time.perf_counter() - started
    shown = said[0].partition(": ")[2]
    print(f"{name:8} {seconds:6.1f} s  {used.ru_maxrss / 1024:5.0f} MB in memory  {shown}", flush=True)
    return seconds


if __name__ == "__main__":
    main()
