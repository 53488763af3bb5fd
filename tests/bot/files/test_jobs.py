"""A file of purchases, from the hand that sends it to what it earned: alike on every channel, once, and never in the way of the talk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.rulebook import LANGUAGES, Language
from storage.tables import conversations, inbox, outbox
from tests.bot.browser import Browser, words
from tests.bot.posting import settled
from tests.bot.program import Program
from tests.bot.tables import (
    GOOD,
    SECRET,
    InBrowser,
    OnTelegram,
    OnWhatsApp,
    Sender,
    announce,
    asked_for,
    upload,
    waiting,
)
from tests.bot.twin import Twin
from tests.databases import fresh_postgres
from tests.fakes.faults import Fault
from tests.fakes.twilio import DELETE_MEDIA
from tests.storage.sample_lists import write_xlsx
from tests.waiting import until
from tests.world import World

CHANNELS = ("telegram", "whatsapp", "browser")
READ = {"ru": "Файл прочитан", "kk": "Файл оқылды"}
READING = {"ru": "Читаю файл", "kk": "оқып жатырмын"}


async def sender(world: World, channel: str) -> Sender:
    if channel == "telegram":
        return OnTelegram(world)
    if channel == "whatsapp":
        return OnWhatsApp(world)
    browser = Browser(world)
    await browser.session()
    return InBrowser(browser)


async def count(world: World, *what: Any) -> int:
    return int(await world.app.writer.call(lambda c: c.execute(select(func.count()).select_from(*what)).scalar_one()))


def files_with(folder: Path, content: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and content in path.read_bytes()]


@pytest.fixture
async def telegram(world: World) -> OnTelegram:
    """A person on Telegram who is asked for purchases."""
    person = OnTelegram(world)
    await asked_for(person)
    return person


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_same_file_gets_the_same_answer_on_every_channel(world: World, language: Language) -> None:
    answers = set()
    for channel in CHANNELS:
        person = await sender(world, channel)
        await asked_for(person, language)
        await person.send(GOOD.encode())
        await person.heard(READING[language])
        answer = await person.heard(READ[language])
        assert ("31.02.2026" in answer, "600 000 ₸" in answer.replace("\u00a0", " ")) == (True, True)
        answers.add(answer.replace("\u00a0", " "))
        if isinstance(person, InBrowser):
            await person.browser.http.close()
    assert len(answers) == 1


async def test_a_workbook_is_read_and_its_purchases_are_counted(telegram: OnTelegram, tmp_path: Path) -> None:
    rows = [("Күні", "Лотерея", "Сомасы"), *((f"{day}.01.2026 12:00", "Кено", 600_000) for day in (12, 13, 14))]
    await telegram.send(write_xlsx(tmp_path / "a.xlsx", rows).read_bytes(), "a.xlsx", "application/octet-stream")
    await telegram.heard("Файл прочитан")
    await telegram.say("Всё верно")
    assert "1 800 000 ₸" in (await telegram.heard("Шансов заработано")).replace("\u00a0", " ")


async def test_the_talk_goes_on_while_a_file_is_on_its_way(telegram: OnTelegram, world: World) -> None:
    world.telegram.script.queue("file", Fault.hang())
    await telegram.send(GOOD.encode())
    await world.telegram.wait_for(lambda: world.telegram.hanging)
    await telegram.say("14.01 500 тыс кено")
    await telegram.heard("Я понял так")
    world.telegram.release()
    assert "3. 13 января" in (await telegram.heard("Файл прочитан")).replace("\u00a0", " ")


async def test_an_update_that_comes_twice_is_one_file(telegram: OnTelegram, world: World) -> None:
    update = {"update_id": 900_000, **telegram.person.document(GOOD.encode(), "a.csv", "text/csv")}
    await world.telegram.push(update, update)
    await telegram.heard("Файл прочитан")
    await settled(world)
    assert sum("Файл прочитан" in text for text in telegram.texts()) == 1
    assert len(world.telegram.calls_to("getFile")) == 1


async def test_two_files_at_once_are_shown_together(telegram: OnTelegram, world: World) -> None:
    other = "Дата;Лотерея;Сумма\n14.01.2026;Кено;500000\n12.01.2026 14:30;Кено;600 000,00\n"
    updates = [telegram.person.document(text.encode(), "a.csv", "text/csv") for text in (GOOD, other)]
    await world.telegram.push(*updates)
    await until(lambda: sum("Файл прочитан" in text for text in telegram.texts()) == 2, 20)
    assert "3. 14 января" in telegram.texts()[-1].replace("\u00a0", " ")
    assert "4. " not in telegram.texts()[-1], "a purchase that stands in both files counts once"


@pytest.mark.slow
async def test_a_file_that_was_ordered_before_a_kill_is_read_after_it_and_once(tmp_path: Path, models: Path) -> None:
    async with Program(tmp_path, models) as program:
        person = program.telegram.person()
        await program.telegram.push(person.text("/ru"), person.text("January Surprise"), person.text("/chances"))
        program.telegram.script.queue("getFile", Fault.hang())
        await program.telegram.push(person.document(GOOD.encode(), "a.csv", "text/csv"))
        await program.telegram.wait_for(lambda: program.telegram.hanging, timeout=15)
        await program.killed()
        program.telegram.release()
        await program.start()

        def told() -> list[str]:
            return [m.text for m in program.telegram.messages(person.id) if "Файл прочитан" in m.text]

        await program.telegram.wait_for(told, timeout=30)
        assert await program.stop() == 0
        assert len(told()) == 1
        assert b"Traceback" not in program.output.encode()


async def test_with_two_processes_a_file_ordered_by_one_is_read_once(tmp_path: Path, models: Path) -> None:
    with fresh_postgres() as url:
        async with World(tmp_path, models, url) as world, Twin(world) as twin:
            person = OnTelegram(world)
            await asked_for(person)
            update = {"update_id": 900_000, **person.person.document(GOOD.encode(), "a.csv", "text/csv")}
            assert await twin.update(update) == 200
            await world.telegram.push(update)
            await person.heard("Файл прочитан")
            await settled(world)
            assert len(world.telegram.calls_to("getFile")) == 1


async def test_whoever_is_forgotten_while_a_file_is_read_hears_no_more_of_it(
    telegram: OnTelegram, world: World
) -> None:
    world.telegram.script.queue("file", Fault.hang())
    await telegram.send(GOOD.encode())
    await world.telegram.wait_for(lambda: world.telegram.hanging)
    await telegram.say("/forget")
    await world.telegram.push(telegram.person.press(world.telegram.last(telegram.person.id), data="forget.yes"))
    await telegram.heard("удалено")
    world.telegram.release()
    await settled(world)
    assert not any("Файл прочитан" in text for text in telegram.texts())
    assert await count(world, conversations) == 0
    assert await count(world, inbox.select().where(inbox.c.event.is_not(None)).subquery()) == 0
    assert await count(world, outbox) == 0


# the browser


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    async with Browser(world) as running:
        await running.session()
        yield running


async def test_the_browser_shows_what_was_said_and_nothing_of_the_work_behind_it(
    browser: Browser, world: World
) -> None:
    person = InBrowser(browser)
    await asked_for(person)
    await person.send(GOOD.encode())
    await person.heard("Файл прочитан")
    await settled(world)
    told = await browser.history()
    assert [each["from"] for each in told[-3:]] == ["person", "bot", "bot"]
    assert all(words(each).strip() or each.get("attachment") for each in told)
    assert not any("source" in str(each) or "january" in str(each.get("ref", "")) for each in told)


async def test_an_uploaded_file_is_sealed_while_it_waits_and_gone_when_it_was_read(
    browser: Browser, world: World, tmp_path: Path
) -> None:
    person = InBrowser(browser)
    await asked_for(person)
    await person.send(f"Дата;Лотерея;Сумма\n12.01.2026;{SECRET};600000\n".encode())
    await person.heard(SECRET)
    await settled(world)
    assert len(waiting(world)) == 0
    assert files_with(tmp_path, b"SQLite"), "there is something to search in"
    assert not files_with(tmp_path, SECRET.encode())


async def test_a_file_that_the_talk_does_not_want_is_not_kept(browser: Browser, world: World) -> None:
    await browser.say("/ru")
    assert await upload(browser, "11111111", GOOD.encode()) == 204
    assert len(waiting(world)) == 1
    assert await announce(browser, "11111111", "list.csv", "text/csv", len(GOOD)) == 200
    assert len(waiting(world)) == 0


async def test_a_file_that_was_announced_but_did_not_arrive_is_asked_for_again(browser: Browser) -> None:
    person = InBrowser(browser)
    await asked_for(person)
    assert await announce(browser, "11111111", "list.csv", "text/csv", 100) == 200
    assert "ещё раз" in await person.heard("Не смог получить файл")


async def test_an_upload_that_is_too_large_or_nobodys_is_refused(browser: Browser, world: World) -> None:
    assert await upload(browser, "11111111", bytes(5 * 1024 * 1024 + 1)) == 413
    assert await upload(browser, "1", b"x") == 400
    assert await upload(browser, "11111111", b"x", profile="sms") == 400
    async with Browser(world) as stranger:
        assert await upload(stranger, "11111111", b"x") == 403
    async with browser.http.post(
        f"{browser.url}/preview/files/11111111?profile=telegram", data=b"x", headers={"Sec-Fetch-Site": "cross-site"}
    ) as answer:
        assert answer.status == 403
    assert len(waiting(world)) == 0


async def test_one_persons_file_is_not_read_in_anothers_talk(browser: Browser, world: World) -> None:
    assert await upload(browser, "11111111", GOOD.encode()) == 204
    async with Browser(world) as other:
        await other.session()
        person = InBrowser(other)
        await asked_for(person)
        assert await announce(other, "11111111", "list.csv", "text/csv", 100) == 200
        await person.heard("Не смог получить файл")


async def test_forget_me_takes_a_waiting_upload_along(browser: Browser, world: World) -> None:
    await browser.say("/ru")
    await upload(browser, "11111111", GOOD.encode())
    await browser.say("/forget")
    event = {"id": "87654321", "profile": "telegram", "kind": "option", "option": "forget.yes"}
    assert await browser.post(event) == 200
    assert len(waiting(world)) == 0


# WhatsApp


async def test_a_file_is_deleted_at_twilio_once_it_was_read(world: World) -> None:
    person = OnWhatsApp(world)
    await asked_for(person)
    await person.send(GOOD.encode())
    await person.heard("Файл прочитан")
    await settled(world)
    assert [call.status for call in world.twilio.calls if call.method.startswith("DELETE")] == [204]


async def test_that_a_file_cannot_be_deleted_does_not_matter_to_the_person(world: World) -> None:
    world.twilio.script.always(DELETE_MEDIA, Fault.server_error())
    person = OnWhatsApp(world)
    await asked_for(person)
    await person.send(GOOD.encode())
    await person.heard("Файл прочитан")


async def test_the_login_goes_to_twilio_alone_and_no_other_address_is_opened(world: World) -> None:
    person = OnWhatsApp(world)
    await asked_for(person)
    calls = len(world.telegram.calls)
    for place in (
        f"{world.telegram.base_url}/2010-04-01/Accounts/AC{'0' * 32}/Messages/MM{'0' * 32}/Media/ME{'0' * 32}",
        f"{world.twilio.base_url}/2010-04-01/Accounts/AC{'1' * 32}/Messages/MM{'0' * 32}/Media/ME{'0' * 32}",
        f"{world.twilio.base_url}/2010-04-01/Accounts/AC{'0' * 32}/Messages.json",
        "file:///etc/passwd",
        "http://[::1",
    ):
        form = person.person.document(GOOD.encode(), "a.csv", "text/csv")
        await world.twilio.receive({**form, "MediaUrl0": place})
        await until(lambda: "Не смог получить файл" in person.texts()[-1], 20)
        await person.say("12.01 600 тыс кено")
        await until(lambda: "Я понял так" in person.texts()[-1], 20)
    assert len(world.telegram.calls) == calls
    assert not [call for call in world.twilio.calls if "/Media/" in call.method]
