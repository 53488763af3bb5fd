"""What the command line says when something is wrong: one plain sentence, an exit code, no traceback."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Command
from tests.fakes.telegram import FakeTelegram
from tests.fakes.thread import InThread
from tests.sources import ROOT


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    return Command(tmp_path, models)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"PORT": "abc"}, "PORT"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
        ({"TWILIO_ACCOUNT_SID": "AC1"}, "TWILIO_AUTH_TOKEN"),
        ({"PUBLIC_URL": "bot.example.kz"}, "PUBLIC_URL"),
        ({"ENCRYPTION_KEY": "short"}, "ENCRYPTION_KEY"),
        ({"VAR_DIR": "/proc/nowhere"}, "VAR_DIR"),
        ({"DATABASE_URL": "mysql://x/y"}, "mysql"),
        ({"DATABASE_URL": "::"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////tmp"}, "/tmp"),
        ({"DATABASE_URL": "sqlite:////proc/nowhere/utys.db"}, "/proc/nowhere"),
        ({"DATABASE_URL": "postgresql://utys:hidden@127.0.0.1:1/utys"}, "127.0.0.1"),
        ({"MODELS_DIR": "/nowhere"}, "utys promotions publish"),
        ({"PROMOTIONS_DIR": "/nowhere"}, "PROMOTIONS_DIR"),
        ({"TELEGRAM_BOT_TOKEN": "no token"}, "TELEGRAM_BOT_TOKEN"),
        ({"HOST": "203.0.113.7"}, "HOST"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(utys: Command, settings: dict[str, str], said: str) -> None:
    seen = utys("serve", **{"PORT": 0, **settings})
    assert seen.code == 1
    assert said in seen.sentence
    assert "hidden" not in seen.err
    assert seen.out == "", "an address is printed only once somebody listens there"


def test_a_file_that_is_no_database_is_named(utys: Command) -> None:
    (utys.folder / "notes.txt").write_text("shopping list, and a good deal more than a header\n" * 10)
    seen = utys("serve", DATABASE_URL="sqlite:///notes.txt", PORT=0)
    assert seen.code == 1
    assert "notes.txt" in seen.sentence


def test_a_port_in_use_is_named(utys: Command, taken_port: int) -> None:
    seen = utys("serve", PORT=taken_port)
    assert seen.code == 1
    assert str(taken_port) in seen.sentence


def test_a_broken_env_file_is_named(utys: Command) -> None:
    (utys.folder / ".env").write_bytes(b"\xff\xfe")
    assert ".env" in utys.process("serve").sentence


def test_a_token_that_telegram_refuses_ends_the_start(utys: Command) -> None:
    with InThread(lambda: FakeTelegram(token="1:right")) as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": "2:wrong", "TELEGRAM_API_URL": telegram.base_url}
        seen = utys("serve", PORT=0, **settings)
    assert seen.code == 1
    assert "TELEGRAM_BOT_TOKEN" in seen.sentence
    assert "2:wrong" not in seen.err


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_address_is_printed_and_a_polite_end_is_a_success(utys: Command, sign: signal.Signals) -> None:
    place = utys.place(PORT=0)
    with subprocess.Popen(
        utys.line("serve"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **place
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("Utys: http://127.0.0.1:")
        assert not address.endswith(":0/")
        process.send_signal(sign)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert {json.loads(line)["level"] for line in err.splitlines()} <= {"info"}, err


def test_questions_are_listed_without_who_asked(utys: Command) -> None:
    talk = "Когда розыгрыш Seriktes?\nСколько человек уже участвует, мой номер 87771234567?\n"
    assert utys("chat", "--lang", "ru", stdin=talk).code == 0
    listed = [json.loads(line) for line in utys("questions", "--json").out.splitlines()]
    assert [question["result"] for question in listed] == ["rules_silent", "answer"]
    assert listed[1]["clauses"][0] == "7"
    assert "1234567" not in utys("questions").out
    (unanswered,) = utys("questions", "--unanswered", "--json").out.splitlines()
    assert json.loads(unanswered)["result"] == "rules_silent"
    assert utys("questions", "--disliked").out == "no disliked question yet\n"
    assert utys("questions", "--promotion", "kasipker", "--json").out == ""


def test_questions_that_are_alike_are_one_group_and_become_samples(utys: Command, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "promotions", tmp_path / "promotions")
    place = {"PROMOTIONS_DIR": str(tmp_path / "promotions")}
    talk = "Сколько человек уже участвует в Seriktes?\nа сколько уже участвует человек?\nменя просят оплатить налог чтобы получить приз\n"
    assert utys("chat", "--lang", "ru", stdin=talk, **place).code == 0
    groups = [json.loads(line) for line in utys("questions", "--groups", "--json", **place).out.splitlines()]
    group = next(each for each in groups if each["count"] == 2)
    assert group["promotion"] == "seriktes"
    assert any(result.startswith("safety.") for each in groups for result in each["results"])
    harm = [json.loads(line) for line in utys("questions", "--groups", "--harm", "--json", **place).out.splitlines()]
    assert group["group"] not in [each["group"] for each in harm]
    assert len(harm) == 1
    taken = utys("questions", "--take", group["group"], "--as", "none", **place)
    assert (taken.code, "а сколько уже участвует человек?" in taken.out) == (0, True)
    samples = (tmp_path / "promotions/seriktes/samples.ru.txt").read_text("utf-8")
    assert samples.count("а сколько уже участвует человек?") == 1
    assert "already" in utys("questions", "--take", group["group"], "--as", "none", **place).out
    assert "no clause or point" in utys("questions", "--take", group["group"], "--as", "99.9", **place).sentence
    assert "no group" in utys("questions", "--take", "000000", "--as", "none", **place).sentence


def test_without_a_database_nothing_is_made_just_to_look(utys: Command) -> None:
    for command in (["questions"], ["parked", "list"]):
        assert "utys serve" in utys(*command).sentence
    assert list(utys.folder.iterdir()) == []
