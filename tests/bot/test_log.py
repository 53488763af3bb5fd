"""What is logged over a whole talk at the most talkative level: enough to see what happens, nothing that names a person."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.log import ALLOWED
from tests.bot.program import ROOT, Program
from tests.fakes.faults import Fault

WORDS = ("құпия сөйлемім бар", "Мой тайный вопрос про приз")
PHONE = "+77017654321"


async def talk(program: Program) -> None:
    """Everything that could end up in a log: texts, phones, tokens, faults on every side, forged calls."""
    telegram, twilio = program.telegram, program.twilio
    person, friend = telegram.person(first_name="Сәрсенова"), twilio.person(PHONE, "Сәрсенова")
    telegram.script.queue("sendMessage", Fault.server_error(), Fault.reset(), Fault.refused(400, f"Bad: {WORDS[0]}"))
    await telegram.push(person.text(WORDS[0]), person.contact(phone=PHONE), person.text(WORDS[1]), person.photo())
    await telegram.wait_for(lambda: telegram.messages(person.id), timeout=20)
    twilio.script.queue("POST */Messages.json", Fault.refused(400, f"no such {PHONE}", 63024))
    await twilio.receive(friend.text(WORDS[1]))
    await twilio.wait_for(lambda: any(call.status == 400 for call in twilio.calls))
    await twilio.receive(friend.text(WORDS[1]))
    sent = await twilio.wait_for(lambda: twilio.messages(friend.address), timeout=20)
    await twilio.send_status(sent[-1], "undelivered", 63016)
    await twilio.receive(friend.text(WORDS[0]), signature="forged")
    telegram.block(person.id)
    await telegram.push(person.text(WORDS[1]))
    await telegram.wait_for(lambda: any(call.status == 403 for call in telegram.calls), timeout=20)
    async with telegram.http.post(f"{program.base_url}/telegram/webhook", data=WORDS[0].encode()) as answer:
        assert answer.status == 403


@pytest.mark.slow
async def test_a_whole_talk_at_debug_level_leaves_no_token_phone_or_text_in_the_log(
    tmp_path: Path, models: Path
) -> None:
    async with Program(tmp_path, models, LOG_LEVEL="debug", TELEGRAM_WEBHOOK_SECRET="hush-webhook") as program:
        await talk(program)
        assert await program.stop() == 0
    secrets = [program.telegram.token, program.telegram.token.partition(":")[2], program.twilio.webhooks.token]
    kept = b"".join(file.read_bytes() for file in sorted((tmp_path / "var").rglob("*")) if file.is_file())
    assert len(kept) > 10_000
    people = [PHONE, PHONE[1:], "Сәрсенова", "700000001", *WORDS]
    for secret in (*secrets, *people, "hush-webhook"):
        assert secret not in program.output
        assert secret.encode("unicode_escape").decode() not in program.output
        assert secret.encode() not in kept
    lines = [json.loads(line) for line in program.output.splitlines()]
    assert {"send_again", "not_delivered", "message_failed"} <= {line["event"] for line in lines}
    assert {key for line in lines for key in line} <= ALLOWED


def logged(code: str, level: str = "debug") -> list[dict[str, object]]:
    """What a program of its own logs: the logger's settings are for a whole process."""
    script = f"from bot.log import configure\nimport logging, structlog\nconfigure({level!r})\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_only_known_keys_come_through_and_each_event_is_one_short_line() -> None:
    (line,) = logged("structlog.get_logger().info('arrived', text='құпия', phone='+7701', reason='a\\nb' * 400)")
    assert set(line) == {"event", "level", "timestamp", "reason"}
    assert len(str(line["reason"])) == 300
    assert "\n" not in str(line["reason"])


def test_other_libraries_are_heard_without_their_words() -> None:
    code = "logging.getLogger('aiohttp.client').error('POST https://api.telegram.org/bot1:hush/getMe')"
    (line,) = logged(code)
    assert (line["event"], line["logger"], line["level"]) == ("library", "aiohttp.client", "warning")
    assert "hush" not in json.dumps(line)


def test_an_exception_of_a_library_is_named_by_its_kind() -> None:
    code = "try:\n    int('hush')\nexcept ValueError:\n    logging.getLogger('asyncio').exception('hush')"
    (line,) = logged(code)
    assert line["error"] == "ValueError"
    assert "hush" not in json.dumps(line)


@pytest.mark.parametrize(("level", "count"), [("debug", 3), ("info", 2), ("warning", 1), ("error", 0)])
def test_the_level_says_how_much_is_told(level: str, count: int) -> None:
    code = "log = structlog.get_logger()\nlog.debug('a')\nlog.info('b')\nlog.warning('c')"
    assert len(logged(code, level)) == count
