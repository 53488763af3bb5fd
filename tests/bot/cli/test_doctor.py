"""`utys doctor`: what is configured, what works, what to do about the rest, and no secret in it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.command import ROOT, Command, Seen
from tests.fakes.telegram import FakeTelegram
from tests.fakes.thread import InThread
from tests.storage.damage import damage

SECRET = "123456:the-secret-token"


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / ".env").write_text(f"PORT={port}\n")
    return Command(tmp_path, models)


def _line(seen: Seen, what: str) -> str:
    (line,) = [line for line in seen.out.splitlines() if line.split()[1] == what]
    return line


def test_a_fresh_installation_is_well_and_nothing_is_made_by_looking(utys: Command) -> None:
    before = sorted(utys.folder.iterdir())
    seen = utys("doctor")
    assert seen.code == 0, seen.out
    assert "will be made" in _line(seen, "database")
    assert _line(seen, "models").startswith("ok")
    assert sorted(utys.folder.iterdir()) == before


def test_after_a_talk_the_database_and_its_key_fit(utys: Command) -> None:
    utys("chat", stdin="привет\n")
    seen = utys("doctor")
    assert "the key fits" in _line(seen, "database")
    key = (utys.folder / "var" / "encryption.key").read_text()
    assert key not in seen.out
    other = utys("doctor", ENCRYPTION_KEY="A" * 43 + "=")
    assert other.code == 1
    assert "does not fit" in _line(other, "database")


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"PORT": "abc"}, "settings"),
        ({"DATABASE_URL": "postgresql://utys:hidden@127.0.0.1:1/utys"}, "database"),
        ({"DATABASE_URL": "sqlite:////tmp"}, "database"),
        ({"MODELS_DIR": "/nowhere"}, "models"),
        ({"PROMOTIONS_DIR": "/nowhere"}, "promotions"),
        ({"FILES_URL": "/proc/nowhere"}, "files"),
        ({"FILES_URL": "ftp://x/y"}, "files"),
        ({"ENCRYPTION_KEY": "short"}, "key"),
        ({"HOST": "203.0.113.7"}, "port"),
        ({"TELEGRAM_BOT_TOKEN": SECRET, "TELEGRAM_API_URL": "http://127.0.0.1:1"}, "telegram"),
    ],
)
def test_a_fault_is_named_with_advice(utys: Command, settings: dict[str, str], what: str) -> None:
    seen = utys("doctor", **settings)
    assert seen.code == 1
    assert _line(seen, what).startswith("fault")
    assert seen.err == ""
    assert "hidden" not in seen.out
    assert SECRET not in seen.out


@pytest.mark.slow
def test_a_key_that_is_gone_an_empty_database_and_a_cut_model_are_faults(utys: Command) -> None:
    utys("chat", stdin="привет\n")
    var = utys.folder / "var"
    (var / "encryption.key").rename(utys.folder / "kept")
    seen = utys("doctor")
    assert (seen.code, "is gone" in _line(seen, "key")) == (1, True)
    assert "encryption.key is gone" in utys("chat", stdin="привет\n").sentence
    (utys.folder / "kept").rename(var / "encryption.key")
    for file in var.glob("utys.db*"):
        file.unlink()
    (var / "utys.db").touch()
    seen = utys("doctor")
    assert (seen.code, "0 bytes" in _line(seen, "database")) == (1, True)
    assert "0 bytes" in utys("chat", stdin="привет\n").sentence
    models = utys.folder / "models"
    shutil.copytree(utys.models, models)
    os.truncate(models / "kasipker.model", 200_000)
    seen = utys("doctor", MODELS_DIR=models)
    assert (seen.code, "kasipker.model: cut short" in _line(seen, "models")) == (1, True)


def test_a_damaged_page_is_a_fault(utys: Command) -> None:
    utys("chat", stdin="привет\n")
    damage(utys.folder / "var" / "utys.db", "outbox", b"")
    seen = utys("doctor")
    assert (seen.code, "damaged" in _line(seen, "database")) == (1, True)


def test_what_is_kept_is_for_the_owner_only(utys: Command) -> None:
    utys("chat", stdin="привет\n")
    var = utys.folder / "var"
    assert {path.name: path.stat().st_mode & 0o077 for path in (var, *var.iterdir())} == {
        path.name: 0 for path in (var, *var.iterdir())
    }
    (var / "utys.db").chmod(0o644)
    assert any("may be looked at" in line for line in utys("doctor").out.splitlines() if line.startswith("warning"))


@pytest.mark.slow
def test_one_faulty_promotion_makes_doctor_red_and_the_other_four_answer(utys: Command) -> None:
    promotions = utys.folder / "promotions"
    shutil.copytree(ROOT / "promotions", promotions)
    with (promotions / "kasipker" / "promotion.toml").open("a") as file:
        file.write("\n[[[")
    here = {"PROMOTIONS_DIR": promotions}
    seen = utys("doctor", **here)
    assert seen.code == 1
    lines = [line for line in seen.out.splitlines() if line.split()[1] == "promotions"]
    assert sorted(line.split()[0] for line in lines) == ["fault", "ok", "ok", "ok", "ok"]
    assert "п. 12" in utys("ask", "сколько дней на связь?", "--promotion", "seriktes", **here).out
    assert "kasipker cannot be served" in utys("ask", "когда розыгрыш?", "--promotion", "kasipker", **here).sentence
    assert utys("chat", "--promotion", "seriktes", stdin="привет\n", **here).code == 0


def test_a_port_of_another_program_is_a_fault(utys: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        seen = utys("doctor", PORT=other.getsockname()[1], HOST="127.0.0.1")
    assert "another program" in _line(seen, "port")


def test_telegram_is_asked_who_we_are_and_where_updates_go(utys: Command) -> None:
    with InThread(lambda: FakeTelegram(token=SECRET)) as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": SECRET, "TELEGRAM_API_URL": telegram.base_url}
        seen = utys("doctor", **settings)
        refused = utys("doctor", **{**settings, "TELEGRAM_BOT_TOKEN": "1:other"})
    assert _line(seen, "telegram").startswith("ok       telegram     @")
    assert "long polling" in _line(seen, "webhook")
    assert SECRET not in seen.out
    assert refused.code == 1
    assert "@BotFather" in _line(refused, "telegram")


def test_a_folder_for_files_is_tried_and_what_is_not_used_yet_is_said(utys: Command) -> None:
    seen = utys("doctor", FILES_URL=utys.folder.as_uri())
    assert "can be written" in _line(seen, "files")
    assert "not kept yet" in _line(seen, "files")
    assert _line(utys("doctor", FILES_URL="s3://bucket/x"), "files").startswith("warning")


@pytest.fixture
def twilio() -> Iterator[str]:
    """An account that exists for one token."""

    class Account(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = b64decode(self.headers["Authorization"].removeprefix("Basic ")) == b"AC1:right"
            self.send_response(200 if known and self.path == "/2010-04-01/Accounts/AC1.json" else 401)
            self.end_headers()
            self.wfile.write(b'{"status": "active"}')

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Account) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("token", "state"), [("right", "ok"), ("wrong", "fault")])
def test_twilio_is_asked_whether_it_knows_the_account(utys: Command, twilio: str, token: str, state: str) -> None:
    account = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": token, "TWILIO_WHATSAPP_FROM": "whatsapp:+7700"}
    seen = utys("doctor", TWILIO_API_URL=twilio, **account)
    assert _line(seen, "twilio").startswith(state)
    assert token not in _line(seen, "twilio")
    assert seen.code == (state == "fault")
