"""Settings from the environment: a bad value is refused with one sentence that names the variable and shows no secret."""

from __future__ import annotations

import base64
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.settings import BadSetting, Settings, load
from bot.web.preview.channel import examine
from storage.database import connect, prepare
from storage.sealing import Seal

TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "hush-hush", "TWILIO_WHATSAPP_FROM": "+77000000000"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Nothing set, nowhere a .env."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def refused(environment: pytest.MonkeyPatch, **values: str) -> str:
    for name, value in values.items():
        environment.setenv(name, value)
    with pytest.raises(BadSetting) as refusal:
        load().key()
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_with_nothing_configured_the_program_starts_on_loopback_with_sqlite_in_var(
    environment: pytest.MonkeyPatch,
) -> None:
    settings = load()
    assert (settings.host, settings.port, settings.database) == ("127.0.0.1", 8080, "sqlite:///var/utys.db")
    assert settings.base_url == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("LOG_LEVEL", "loud"),
        ("PUBLIC_URL", "bot.example.kz"),
        ("PUBLIC_URL", "ftp://bot.example.kz"),
        ("PUBLIC_URL", "https://bot.example.kz/?a=1"),
        ("PUBLIC_URL", "http://bot.example.kz"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://user:password@bot.example.kz"),
        ("TRUSTED_PROXIES", "*"),
        ("TRUSTED_PROXIES", "10.0.0.5, *"),
        ("TRUSTED_PROXIES", "not an address"),
        ("TRUSTED_PROXIES", "10.0.0.5,"),
        ("TRUSTED_PROXIES", "10.0.0.5/24"),
        ("TRUSTED_PROXIES", "0.0.0.0/0"),
        ("TRUSTED_PROXIES", "::/0"),
        ("TELEGRAM_API_URL", "localhost:8081"),
        ("TELEGRAM_WEBHOOK_SECRET", "hush hush"),
        ("TELEGRAM_WEBHOOK_SECRET", "құпия"),
        ("TELEGRAM_WEBHOOK_SECRET", "a" * 257),
        ("TELEGRAM_RATE", "0"),
        ("TELEGRAM_CHAT_RATE", "fast"),
        ("TWILIO_RATE", "-3"),
        ("TWILIO_CHAT_RATE", "nan"),
        ("TWILIO_API_URL", "twilio"),
        ("TWILIO_TEMPLATES", "reminder.kk"),
        ("TWILIO_TEMPLATES", "reminder.kk="),
        ("TWILIO_TEMPLATES", "=HX1"),
        ("PREVIEW", "perhaps"),
        ("ENCRYPTION_KEY", "hush-hush"),
        ("ENCRYPTION_KEY", base64.b64encode(b"hush").decode()),
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    sentence = refused(environment, **{name: value})
    assert name in sentence
    if "SECRET" in name or "KEY" in name:
        assert value not in sentence
        assert "hush" not in sentence


@pytest.mark.parametrize("missing", TWILIO)
def test_half_a_twilio_is_refused_by_the_name_of_what_is_missing(environment: pytest.MonkeyPatch, missing: str) -> None:
    given = {name: value for name, value in TWILIO.items() if name != missing}
    sentence = refused(environment, **given, PUBLIC_URL="https://bot.example.kz")
    assert missing in sentence
    assert "hush" not in sentence


def test_whatsapp_without_the_address_that_twilio_signs_is_refused(environment: pytest.MonkeyPatch) -> None:
    assert "PUBLIC_URL" in refused(environment, **TWILIO)


def test_plain_http_is_for_loopback_and_not_for_the_real_telegram(environment: pytest.MonkeyPatch) -> None:
    token = "123456:hush-hush"
    sentence = refused(environment, PUBLIC_URL="http://127.0.0.1:8080", TELEGRAM_BOT_TOKEN=token)
    assert "PUBLIC_URL" in sentence
    assert token not in sentence
    environment.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    assert load().base_url == "http://127.0.0.1:8080"


def test_templates_are_read_as_pairs(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("TWILIO_TEMPLATES", " reminder.kk = HX1, reminder.ru=HX2 ,")
    assert load().twilio_templates == {"reminder.kk": "HX1", "reminder.ru": "HX2"}


def test_secrets_do_not_stand_in_the_settings_own_words(environment: pytest.MonkeyPatch) -> None:
    secrets = {
        "TELEGRAM_BOT_TOKEN": "123456:hush-token",
        "TELEGRAM_WEBHOOK_SECRET": "hush-webhook",
        "TWILIO_AUTH_TOKEN": "hush-twilio",
        "DATABASE_URL": "postgresql://bot:hush-password@db/utys",
        "ENCRYPTION_KEY": base64.b64encode(b"h" * 32).decode(),
    }
    for name, value in {**TWILIO, **secrets, "PUBLIC_URL": "https://bot.example.kz"}.items():
        environment.setenv(name, value)
    shown = repr(load()) + str(load())
    assert "hush" not in shown
    assert secrets["ENCRYPTION_KEY"] not in shown


def test_a_dotenv_file_is_read_and_the_environment_goes_before_it(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PORT=9000\nHOST=127.0.0.2\n# a comment\nSOMETHING_ELSE=1\n", encoding="utf-8")
    environment.setenv("PORT", "9001")
    assert (load().port, load().host) == (9001, "127.0.0.2")


def test_a_dotenv_file_that_is_no_text_is_refused(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00hush")
    assert ".env" in refused(environment)


def test_a_key_is_made_at_the_first_start_for_the_owners_eyes_only_and_then_kept(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = load().key()
    path = tmp_path / "var" / "encryption.key"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert load().key() == first
    assert len(first) == 32


def test_no_new_key_is_made_beside_a_database_whose_key_is_gone(
    environment: pytest.MonkeyPatch, tmp_path: Path, database: str
) -> None:
    environment.setenv("DATABASE_URL", database)
    settings = load()
    engine = connect(settings.database)
    prepare(engine, Seal(settings.key()))
    engine.dispose()
    path = tmp_path / "var" / "encryption.key"
    path.rename(tmp_path / "kept")
    assert "encryption.key is gone" in refused(environment)
    assert not path.exists()
    (tmp_path / "kept").rename(path)
    assert len(load().key()) == 32


def test_a_key_file_that_was_damaged_is_refused_and_not_replaced(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    load().key()
    path = tmp_path / "var" / "encryption.key"
    path.write_text("hush-hush-damaged")
    sentence = refused(environment)
    assert "encryption.key" in sentence
    assert "hush" not in sentence
    assert path.read_text() == "hush-hush-damaged"


def test_keys_come_from_a_file_that_is_named_the_newest_first(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    keys = bytes(range(32)), bytes(range(32, 64))
    file = tmp_path / "secret"
    environment.setenv("ENCRYPTION_KEY_FILE", str(file))
    assert "ENCRYPTION_KEY_FILE" in refused(environment)
    assert not file.exists(), "no key is made where one was said to be"
    file.write_text("".join(base64.b64encode(key).decode() + "\n" for key in keys))
    assert load().keys() == keys
    assert load().key() == keys[0]
    file.write_text("")
    assert "32 bytes" in refused(environment)
    environment.setenv("ENCRYPTION_KEY", " ".join(base64.b64encode(key).decode() for key in reversed(keys)))
    assert load().keys() == keys[::-1]


def test_a_var_that_is_no_folder_is_refused(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "VAR_DIR" in refused(environment, VAR_DIR=str(tmp_path / "file"))


def test_many_first_starts_at_the_same_moment_make_one_key(tmp_path: Path) -> None:
    for number in range(20):
        together, folder = threading.Barrier(8), tmp_path / str(number)

        def start(together: threading.Barrier = together, folder: Path = folder) -> bytes:
            together.wait()
            return Settings(_env_file=None, var_dir=folder).key()

        with ThreadPoolExecutor(8) as pool:
            keys = {future.result() for future in [pool.submit(start) for _ in range(8)]}
        assert len(keys) == 1
        assert [path.name for path in folder.iterdir()] == ["encryption.key"]
        assert (folder / "encryption.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("given", "serves"),
    [
        ({}, True),
        ({"HOST": "localhost"}, True),
        ({"HOST": "::1"}, True),
        ({"HOST": "0.0.0.0"}, False),
        ({"HOST": "192.168.1.5"}, False),
        ({"PUBLIC_URL": "https://bot.example.kz"}, False),
        ({"PUBLIC_URL": "https://bot.example.kz", "PREVIEW": "true"}, True),
        ({"HOST": "0.0.0.0", "PREVIEW": "true"}, True),
        ({"PREVIEW": "false"}, False),
    ],
)
def test_the_browser_chat_is_open_to_others_only_where_somebody_says_so(
    environment: pytest.MonkeyPatch, given: dict[str, str], serves: bool
) -> None:
    for name, value in given.items():
        environment.setenv(name, value)
    settings = load()
    assert settings.serves_preview is serves
    (said,) = examine(settings)
    assert said.what == "browser"
    assert said.state == ("warning" if serves and not settings.only_here else "ok")
