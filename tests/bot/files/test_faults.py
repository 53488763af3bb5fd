"""Files that cannot be had or cannot be read: each gets a clear answer in the person's language, and the talk goes on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.channels.fetching import NotNow
from bot.files.jobs import Files, order
from bot.files.sheets import Sheets
from dialogs.conversation import Conversation
from dialogs.files import READING_TIMEOUT
from dialogs.messages import Attachment, Incoming
from dialogs.purchases import FILE
from dialogs.turn import Fetched
from tests.bot.posting import settled
from tests.bot.tables import GOOD, OnTelegram, OnWhatsApp, asked_for
from tests.dialogs.library import Published
from tests.domain.given import PROMOTIONS
from tests.fakes.faults import Fault
from tests.fakes.twilio import FETCH_MEDIA, STORAGE
from tests.storage.sample_lists import write_xlsx
from tests.waiting import until
from tests.world import World

AT = datetime(2026, 1, 20, 10, tzinfo=UTC)


@pytest.fixture
async def telegram(world: World) -> OnTelegram:
    person = OnTelegram(world)
    await asked_for(person)
    return person


@pytest.fixture
async def whatsapp(world: World) -> OnWhatsApp:
    person = OnWhatsApp(world)
    await asked_for(person)
    return person


async def goes_on(person: OnTelegram | OnWhatsApp) -> None:
    await person.say("12.01 600 тыс кено")
    await until(lambda: "600 000 ₸" in person.texts()[-1].replace("\u00a0", " "), 20)


# what is sent


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "защищён паролем"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "не таблица CSV или XLSX"),
        ("a.csv", bytes(range(256)) * 9, "не таблица CSV или XLSX"),
        ("a.csv", b"", "нет ни одной покупки"),
        ("a.xlsx", b"PK\x03\x04" + bytes(300), "повреждён"),
        ("a.csv", "Имя;Город\nА;Б\n".encode("cp1251"), "«Имя», «Город»"),
        ("a.csv", ("Дата;Сумма\n" + "12.01.2026;1000\n" * 10_000).encode(), "Строк в файле: 10 000"),
        ("a.csv", b"1" * (FILE + 1), "слишком большой"),
    ],
)
async def test_a_file_that_is_no_list_of_purchases_is_answered_and_the_talk_goes_on(
    telegram: OnTelegram, name: str, content: bytes, answer: str
) -> None:
    # what the update says of type and size is not believed
    update = telegram.person.document(content, name, "text/csv", size=100)
    await telegram.world.telegram.push(update)
    assert "Пришлите таблицу" in (await telegram.heard(answer.replace(" 000", "\u00a0000")))
    await goes_on(telegram)


async def test_two_hundred_megabytes_by_its_own_word_are_not_fetched(telegram: OnTelegram) -> None:
    world = telegram.world
    await world.telegram.push(telegram.person.document(GOOD.encode(), "a.csv", "text/csv", size=200 * 2**20))
    await telegram.heard("слишком большой")
    assert world.telegram.calls_to("getFile") == []
    await goes_on(telegram)


async def test_a_size_that_the_update_left_out_is_asked_of_telegram(telegram: OnTelegram) -> None:
    world = telegram.world
    update = telegram.person.document(GOOD.encode(), "a.csv", "text/csv", size=200 * 2**20)
    del update["message"]["document"]["file_size"]
    await world.telegram.push(update)
    await telegram.heard("слишком большой")
    assert world.telegram.calls_to("file") == []


async def test_more_bytes_than_whatsapp_was_asked_for_are_not_read(whatsapp: OnWhatsApp) -> None:
    await whatsapp.send(bytes(FILE + 1))
    await whatsapp.heard("слишком большой")
    await goes_on(whatsapp)


# who has it


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("getFile", Fault.refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")),
        ("file", Fault.refused(404, "Not Found")),
    ],
)
async def test_a_file_that_telegram_no_longer_has_is_asked_for_again(
    telegram: OnTelegram, target: str, fault: Fault
) -> None:
    telegram.world.telegram.script.queue(target, fault)
    await telegram.send(GOOD.encode())
    assert "ещё раз" in await telegram.heard("Не смог получить файл")
    await telegram.send(GOOD.encode())
    await telegram.heard("Файл прочитан")


@pytest.mark.parametrize("target", [FETCH_MEDIA, STORAGE])
async def test_a_file_that_twilio_no_longer_has_is_asked_for_again(whatsapp: OnWhatsApp, target: str) -> None:
    whatsapp.world.twilio.script.always(target, Fault.refused(404, "gone", 20404))
    await whatsapp.send(GOOD.encode())
    await whatsapp.heard("Не смог получить файл")
    await goes_on(whatsapp)


@pytest.mark.parametrize("target", [FETCH_MEDIA, STORAGE])
async def test_a_file_that_twilio_does_not_have_yet_is_waited_for_and_not_destroyed(
    whatsapp: OnWhatsApp, target: str
) -> None:
    whatsapp.world.twilio.script.queue(target, Fault.refused(404, "not yet", 20404), times=2)
    await whatsapp.send(GOOD.encode())
    await whatsapp.heard("Файл прочитан")
    assert not any("Не смог получить" in text for text in whatsapp.texts())


async def test_a_file_that_was_never_read_is_not_deleted_at_twilio(whatsapp: OnWhatsApp) -> None:
    whatsapp.world.twilio.script.always(FETCH_MEDIA, Fault.refused(404, "gone", 20404))
    await whatsapp.send(GOOD.encode())
    await whatsapp.heard("Не смог получить файл")
    await settled(whatsapp.world)
    assert [call for call in whatsapp.world.twilio.calls if call.method.startswith("DELETE")] == []


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("getFile", Fault.rate_limited(1)),
        ("getFile", Fault.server_error(502)),
        ("file", Fault.server_error()),
        ("file", Fault.reset()),
        ("file", Fault.lost_answer()),
    ],
)
async def test_trouble_on_the_way_is_waited_out(telegram: OnTelegram, target: str, fault: Fault) -> None:
    telegram.world.telegram.script.queue(target, fault, times=2)
    await telegram.send(GOOD.encode())
    await telegram.heard("Файл прочитан")
    await settled(telegram.world)
    assert sum("Файл прочитан" in text for text in telegram.texts()) == 1


@pytest.mark.parametrize("target", [FETCH_MEDIA, STORAGE])
async def test_trouble_at_twilio_is_waited_out(whatsapp: OnWhatsApp, target: str) -> None:
    whatsapp.world.twilio.script.queue(target, Fault.server_error())
    await whatsapp.send(GOOD.encode())
    await whatsapp.heard("Файл прочитан")


class Away:
    """A provider that is not there, at the port `Fetcher`."""

    def __init__(self) -> None:
        self.asked = 0

    async def fetch(self, ref: str, most: int) -> bytes:
        self.asked += 1
        raise NotNow("503")

    async def dispose(self, ref: str) -> None:
        return None


class Waiting:
    """Errands of one person whose talk waits for a file, or has waited."""

    def __init__(self, fetcher: Away, reading: bool = True) -> None:
        slots = {"reading": {"1/1": AT.isoformat()}} if reading else {}
        self.talk = Conversation("person", "telegram", "7", slots=slots)
        self.accepted: list[Incoming] = []
        self.now = AT
        self.files = Files(
            "telegram", fetcher, Published(PROMOTIONS), Sheets(), self._talk, self._accept, lambda: self.now
        )
        sent = Incoming("1", "telegram", "7", AT, "attachment")
        self.order = order(sent, Fetched("1/1", Attachment("ref", "text/csv"), "january-surprise"))

    async def _talk(self, channel: str, address: str) -> Conversation | None:
        return self.talk

    async def _accept(self, incoming: Incoming) -> bool:
        self.accepted.append(incoming)
        self.talk = replace(self.talk, slots={})
        return True


async def test_a_provider_that_stays_away_is_given_up_and_the_person_told() -> None:
    away = Away()
    person = Waiting(away)
    assert (await person.files.send(person.order, False)).outcome == "later"
    person.now = AT + READING_TIMEOUT - timedelta(seconds=1)
    assert (await person.files.send(person.order, False)).outcome == "later"
    assert person.accepted == []
    person.now = AT + READING_TIMEOUT
    assert (await person.files.send(person.order, False)).outcome == "sent"
    (event,) = person.accepted
    assert event.table is not None
    assert (event.table.fault, event.at) == ("unreachable", AT)
    assert away.asked == 3


async def test_what_was_read_before_a_crash_is_not_fetched_again() -> None:
    away = Away()
    person = Waiting(away, reading=False)
    assert (await person.files.send(person.order, True)).outcome == "sent"
    assert (away.asked, person.accepted) == (0, [])


# what reading may cost


def _swelling(sheet: Callable[[zipfile.ZipFile], None], book: bytes) -> bytes:
    held = io.BytesIO(book)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        sheet(archive)
    return held.getvalue()


async def test_a_file_that_swells_is_refused_in_a_process_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    book = write_xlsx(tmp_path_factory.mktemp("bomb") / "a.xlsx", [("Дата", "Сумма"), ("12.01.2026", 1)]).read_bytes()

    def fill(archive: zipfile.ZipFile) -> None:
        with archive.open("xl/media/a.xml", "w") as part:
            for _ in range(400):
                part.write(bytes(1024 * 1024))

    promotion = Published(PROMOTIONS).promotions["january-surprise"]
    table = await Sheets().read(_swelling(fill, book), promotion, AT)
    assert table.fault == "too_large"
