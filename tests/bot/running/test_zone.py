"""A machine whose time-zone database was never told that Kazakhstan went to UTC+5: the program does not start on it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from bot.loading import ZONE
from tests.command import Command

SIX_HOURS = 6 * 3600


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A database as it was before 2024a, as far as anybody here asks it. Python looks there before the tzdata package."""
    file = tmp_path / "zoneinfo" / ZONE.key
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled(SIX_HOURS, b"+06", b"<+06>-6"))
    return tmp_path / "zoneinfo"


def compiled(offset: int, name: bytes, rule: bytes) -> bytes:
    """A zone that was always so many seconds ahead of UTC, in the format of RFC 8536, version 2."""
    counts = struct.pack(">6l", 0, 0, 0, 0, 1, len(name) + 1)
    block = b"TZif2" + bytes(15) + counts + struct.pack(">lbb", offset, 0, 0) + name + b"\0"
    return 2 * block + b"\n" + rule + b"\n"


@pytest.mark.parametrize("command", ["serve", "chat"])
def test_the_program_refuses_a_stale_time_zone_database(
    tmp_path: Path, models: Path, stale: Path, command: str
) -> None:
    seen = Command(tmp_path, models).process(command, PORT=0, PYTHONTZPATH=stale)
    assert seen.code == 1
    assert "older than 2024a" in seen.sentence
    assert seen.out == ""


@pytest.mark.slow
def test_one_question_is_not_answered_by_it_and_the_doctor_names_it(tmp_path: Path, models: Path, stale: Path) -> None:
    utys = Command(tmp_path, models).process
    asked = utys("ask", "когда розыгрыш", "--promotion", "seriktes", PYTHONTZPATH=stale)
    assert (asked.code, asked.out) == (1, "")
    assert "older than 2024a" in asked.sentence
    told = utys("doctor", PYTHONTZPATH=stale)
    assert told.code != 0
    assert "older than 2024a" in told.out


@pytest.mark.slow
def test_the_same_database_brought_up_to_date_is_taken(tmp_path: Path, models: Path, stale: Path) -> None:
    (stale / ZONE.key).write_bytes(compiled(SIX_HOURS - 3600, b"+05", b"<+05>-5"))
    seen = Command(tmp_path, models).process("ask", "когда розыгрыш", "--promotion", "seriktes", PYTHONTZPATH=stale)
    assert seen.code == 0, seen.err
