"""Lists of purchases read in the real sandbox: whatever their form, as outside it; and what a person hears where there is none."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from openpyxl import Workbook

from bot.files.child import Answer
from bot.files.sandbox.walls import Walls
from bot.files.sheets import Sheets, table_of
from dialogs.messages import PurchaseFile
from dialogs.purchases import KEPT, ladder
from domain.rulebook import Language
from storage.lists.own_file import TOLD, Rule, read_own
from tests.bot.files.older_kernel import older_python
from tests.bot.tables import GOOD, OnTelegram, asked_for
from tests.dialogs.library import Published
from tests.domain.given import PROMOTIONS
from tests.storage.sample_lists import write_xlsx
from tests.waiting import until
from tests.world import World

NOW = datetime(2026, 1, 20, 10, tzinfo=UTC)
PROMOTION = Published(PROMOTIONS).promotions["january-surprise"]
ROWS = [("Күні", "Лотерея", "Сомасы"), ("12.01.2026 14:30", "Кено", "600 000,00"), ("31.02.2026", "Бинго", "5")]


def _csv(encoding: str, separator: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(ROWS)
    return text.getvalue().encode(encoding)


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Дата", "Лотерея", "Сумма"))
    sheet.append((datetime(2026, 1, 12, 14, 30), "Кено", 600_000))  # noqa: DTZ001 as a spreadsheet has it
    sheet.append((date(2026, 1, 13), "Кено", "=1+1"))
    sheet.append((date(2026, 1, 14), "Кено", 500_000.5))
    sheet["A2"].number_format = "dd.mm.yyyy hh:mm"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


FILES: Mapping[str, bytes] = {
    **{encoding: _csv(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048")},
    "cp1251": "Дата;Лотерея;Сумма\n12.01.2026;Кено;№ 5\n".encode("cp1251"),
    "latin": b"Date,Sum\n12.01.2026,caf\xe9\n",
    "as typed": "12 қаңтар кено 600 мың\nвчера бинго 450 тысяч\n1 февраля 5\n".encode(),
    "a workbook": _workbook(),
    "half a workbook": _workbook()[:-300],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "nothing": b"",
}


@pytest.mark.parametrize("kind", FILES)
async def test_a_file_reads_in_the_sandbox_as_outside_it(kind: str) -> None:
    laddered = ladder(PROMOTION)
    assert laddered is not None
    first, last = PROMOTION.first_day(PROMOTION.whole), PROMOTION.last_day(PROMOTION.whole)
    rule = Rule(dict(laddered.lotteries), PROMOTION.zone.key, NOW, first, last, KEPT)
    assert await Sheets().read(FILES[kind], PROMOTION, NOW) == read_own(FILES[kind], rule)


ROW = {"at": "2026-01-12", "amount_kzt": 5, "paid_with_bonus": False}
NONSENSE: list[object] = [
    {"rows": 5},
    {"fault": ["x"]},
    {"rows": [ROW] * (KEPT + 1)},
    {"refused": [{"row": 1, "reason": "unclear"}] * (TOLD + 1)},
    {"rows": [{"at": [1], "amount_kzt": 5}]},
    {"rows": [{"at": None, "amount_kzt": 5}]},
    {"rows": [{**ROW, "amount_kzt": "5"}]},
    {"rows": [{**ROW, "hours": "x"}]},
]


@pytest.mark.parametrize("said", [b"", b"{", b"\xff", *map(msgspec.json.encode, NONSENSE)])
def test_what_a_reader_says_that_was_taken_over_is_not_believed(said: bytes) -> None:
    assert table_of(Answer(0, Walls(seccomp=True), said), PROMOTION) == PurchaseFile(fault="damaged")


def test_what_a_reader_says_as_it_should_is_believed() -> None:
    assert table_of(Answer(0, Walls(seccomp=True), msgspec.json.encode({"rows": [ROW]})), PROMOTION).rows == (ROW,)


@pytest.mark.parametrize(
    ("language", "told"), [("kk", "Сатып алғандарыңызды мәтінмен жазыңыз"), ("ru", "Напишите покупки текстом")]
)
async def test_without_a_sandbox_no_file_is_opened_and_the_person_hears_what_to_do(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language, told: str
) -> None:
    person = OnTelegram(world)
    await asked_for(person, language)
    monkeypatch.setattr(sys, "executable", str(older_python(tmp_path, "seccomp")))
    await person.send(GOOD.encode())
    assert "CSV" not in await person.heard(told)
    await person.say("12.01 600 тыс кено")
    await until(lambda: "600 000 ₸" in person.texts()[-1].replace("\u00a0", " "), 20)


@pytest.mark.slow
async def test_however_many_files_a_person_sends_anothers_is_read_between_them(world: World, tmp_path: Path) -> None:
    greedy, other = OnTelegram(world), OnTelegram(world)
    await asked_for(greedy)
    await asked_for(other)
    slow = write_xlsx(tmp_path / "a.xlsx", [ROWS[0], *[("12.01.2026 14:30", "Кено", "1")] * 40_000]).read_bytes()
    for _ in range(3):
        await greedy.send(slow, "a.xlsx", "application/octet-stream")
    await other.send(GOOD.encode())
    await other.heard("Файл прочитан")
    assert sum("Строк в файле" in text for text in greedy.texts()) < 3
    await until(lambda: sum("Строк в файле" in text for text in greedy.texts()) == 3, 60)
