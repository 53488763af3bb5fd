"""What is told about a paper that was read: against the claim, in order, and never more than was read."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.papers.asked import Asked, demanded
from domain.papers.claim import PaperClaim, PaperReading
from domain.papers.documents import judge_document
from domain.papers.findings import Finding, in_order, verdict
from domain.papers.identity import judge_card
from domain.papers.looks import Look, poor
from domain.papers.mrz import find_zone

TODAY = date(2026, 1, 20)
BANKS = frozenset({"601"})
TSOI = PaperClaim(name="Цой Өмір Маратович", iin="830718399194", birth=date(1983, 7, 18))
FRONT = """ҚАЗАҚСТАН РЕСПУБЛИКАСЫ
ЖЕКЕ КУӘЛІК / УДОСТОВЕРЕНИЕ ЛИЧНОСТИ
ТЕГІ / ФАМИЛИЯ
ЦОЙ
АТЫ / ИМЯ
ӨМІР
ӘКЕСІНІҢ АТЫ / ОТЧЕСТВО
МАРАТОВИЧ
ТУҒАН КҮНІ / ДАТА РОЖДЕНИЯ
18.07.1983
ЖСН / ИИН
830718399194"""
KARLYGASH = PaperClaim(name="Әбдірахманова Қарлығаш", iin="860510497139")
ZONE = "IDKAZ0000925255860510497139<<<\n8605102F3010035KAZ<<<<<<<<<<<7\nABDIRAKHMANOVA<<KARLYGASH<<<<<"


def front(text: str, known: PaperClaim = TSOI) -> set[Finding]:
    return judge_card(Asked.ID_FRONT, PaperReading(text), known, TODAY)[0]


def test_a_front_that_fits_the_claim_is_good_and_its_fields_are_known() -> None:
    found, fields = judge_card(Asked.ID_FRONT, PaperReading(FRONT), TSOI, TODAY)
    assert not found
    assert fields == {"iin": "830718399194", "surname": "Цой", "given": "Өмір", "birth": "1983-07-18"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (FRONT.replace("830718399194", "830718399195"), Finding.IIN_CHECK),
        (FRONT.replace("18.07.1983", "19.07.1983"), Finding.IIN_BIRTH),
        (FRONT.replace("МАРАТОВИЧ", "МАРАТҚЫЗЫ"), Finding.IIN_SEX),
        (FRONT.replace("830718399194", "610618497620").replace("18.07.1983", "18.06.1961"), Finding.OTHER_PERSON),
        (FRONT.replace("830718399194", ""), Finding.IIN_UNREADABLE),
        ("ПАСПОРТ / PASSPORT\nREPUBLIC OF KAZAKHSTAN\nDATE OF ISSUE", Finding.WRONG_KIND),
        ("АКТ ВРУЧЕНИЯ\nСтороны претензий друг к другу не имеют", Finding.WRONG_KIND),
        ("МЕСТО РОЖДЕНИЯ\nОРГАН ВЫДАЧИ\nСРОК ДЕЙСТВИЯ", Finding.WRONG_SIDE),
        ("", Finding.UNREADABLE),
    ],
)
def test_what_is_wrong_with_a_front(text: str, finding: Finding) -> None:
    assert finding in front(text)


@pytest.mark.parametrize(
    ("zone", "today", "finding"),
    [
        (ZONE, date(2030, 10, 3), None),
        (ZONE, date(2030, 10, 4), Finding.EXPIRED),
        (ZONE.replace("0000925255", "0000925265"), TODAY, Finding.MRZ_CHECK),
        ("", TODAY, Finding.MRZ_UNREADABLE),
    ],
)
def test_what_is_wrong_with_a_back(zone: str, today: date, finding: Finding | None) -> None:
    found, _ = judge_card(Asked.ID_BACK, PaperReading("", find_zone([zone], today)), KARLYGASH, today)
    assert found == ({finding} if finding else set())


def test_a_passport_is_told_apart_from_a_card() -> None:
    reading = PaperReading("", find_zone([ZONE], TODAY))
    assert judge_card(Asked.PASSPORT, reading, KARLYGASH, TODAY)[0] == {Finding.WRONG_KIND}


POWER = """ДОВЕРЕННОСТЬ г. Алматы 08.08.2025
Я, Цой Өмір Маратович, ИИН 830718399194, настоящей доверенностью уполномочиваю Цой Гүлнәр Маратовна, ИИН
610618497620, {what} от моего имени.
Доверенность действительна до {until}."""
SIGNED = PaperClaim(iin="830718399194", representative_iin="610618497620")


@pytest.mark.parametrize(
    ("asked", "what", "until", "known", "finding"),
    [
        (Asked.POA_COLLECT, "получить приз", "08.08.2026", SIGNED, None),
        (Asked.POA_COLLECT, "получить приз", "19.01.2026", SIGNED, Finding.EXPIRED),
        (Asked.POA_COLLECT, "получить приз", "20.01.2026", SIGNED, None),
        (Asked.POA_COLLECT, "управлять автомобилем", "08.08.2026", SIGNED, Finding.WRONG_PURPOSE),
        (Asked.POA_SIGN, "получить приз", "08.08.2026", SIGNED, Finding.WRONG_PURPOSE),
        (Asked.POA_SIGN, "подписать акт приёма-передачи приза", "08.08.2026", SIGNED, None),
        (Asked.POA_COLLECT, "получить приз", "08.08.2026", PaperClaim(iin="020512699401"), Finding.OTHER_PERSON),
    ],
)
def test_a_power_of_attorney(asked: Asked, what: str, until: str, known: PaperClaim, finding: Finding | None) -> None:
    reading = PaperReading(POWER.format(what=what, until=until), exact=True)
    assert judge_document(asked, reading, known, TODAY, BANKS)[0] == ({finding} if finding else set())


def test_a_kazakh_power_of_attorney_is_read_too() -> None:
    text = """СЕНІМХАТ. Мен, Цой Өмір, ЖСН 830718399194, осы сенімхатпен Цой Гүлнәр, ЖСН 610618497620, азаматқа
    менің атымнан жүлдені алуға өкілеттік беремін. Сенімхат 27.06.2027 дейін жарамды."""
    found, fields = judge_document(Asked.POA_COLLECT, PaperReading(text, exact=True), SIGNED, TODAY, BANKS)
    assert not found
    assert fields["until"] == "2027-06-27"


ACT = """АКТ ВРУЧЕНИЯ СЕРТИФИКАТА. Организатор передал, а победитель акции «{name}» принял приз.
Победитель: Цой Өмір Маратович ИИН: 830718399194. Стороны претензий друг к другу не имеют."""


def test_an_act_of_another_promotion_is_told() -> None:
    known = PaperClaim(iin="830718399194", promotion=("SERIKTES",), others=("ЯНВАРСКИЙ СЮРПРИЗ", "KASIPKER"))
    for name, finding in (
        ("SERIKTES", set()),
        ("Январский сюрприз", {Finding.OTHER_PROMOTION}),
        ("Лучший друг", set()),
    ):
        assert judge_document(Asked.ACT, PaperReading(ACT.format(name=name)), known, TODAY, BANKS)[0] == finding


def at_clock(text: str) -> datetime:
    """As a screen shows it: without a zone."""
    return datetime.fromisoformat(text)


SCREEN = "Поздравляем!\nВы выиграли\nПриз\nКофемашина Delonghi\nДата и время\n{at}\nУчётная запись\nID 77146995"


@pytest.mark.parametrize(
    ("at", "known", "finding"),
    [
        ("18.01.2026 13:38", PaperClaim(account="ID 77146995", prize="Кофемашина Delonghi"), None),
        ("18.01.2026 13:38", PaperClaim(account="ID 77000001"), Finding.OTHER_ACCOUNT),
        ("18.01.2026 13:38", PaperClaim(prize="Apple iPhone 16 Pro Max 256GB"), Finding.SERVER_DIFFERS),
        ("18.01.2026 13:38", PaperClaim(at=at_clock("2026-01-18T13:39")), Finding.SERVER_DIFFERS),
        ("31.01.2026 18:59", PaperClaim(ends=at_clock("2026-01-31T18:59:59")), None),
        ("31.01.2026 19:00", PaperClaim(ends=at_clock("2026-01-31T18:59:59")), Finding.OUTSIDE_PERIOD),
        ("05.01.2026 13:59", PaperClaim(starts=at_clock("2026-01-05T14:00")), Finding.OUTSIDE_PERIOD),
        ("", PaperClaim(), Finding.PRIZE_MISSING),
    ],
)
def test_a_screen_with_a_prize(at: str, known: PaperClaim, finding: Finding | None) -> None:
    reading = PaperReading(SCREEN.format(at=at))
    assert judge_document(Asked.WIN_SCREEN, reading, known, TODAY, BANKS)[0] == ({finding} if finding else set())


def test_no_text_is_no_accusation() -> None:
    for asked in (Asked.ACT, Asked.IBAN, Asked.POA_SIGN, Asked.POA_COLLECT, Asked.WIN_SCREEN):
        assert judge_document(asked, PaperReading(". , ~"), TSOI, TODAY, BANKS)[0] == {Finding.UNREADABLE}


def test_what_keeps_a_file_closed_refuses_it_and_a_remark_does_nothing() -> None:
    assert verdict([]) == "ok"
    assert verdict([Finding.SIGNATURE_NOT_VERIFIED, Finding.ROTATED]) == "ok"
    assert verdict([Finding.OTHER_PERSON]) == "doubt"
    assert verdict([Finding.OTHER_PERSON, Finding.BROKEN]) == "refuse"
    assert in_order({Finding.EXPIRED, Finding.BLURRED, Finding.TYPE}) == (
        Finding.TYPE,
        Finding.BLURRED,
        Finding.EXPIRED,
    )


def test_only_papers_that_the_rules_name_may_be_asked_for() -> None:
    assert demanded([("screenshot", "3.6"), ("personal-data-consent", "3.12")]) == {Asked.WIN_SCREEN: "3.6"}
    assert demanded([]) == {}


def seen(**other: object) -> Look:
    good: dict[str, object] = {
        **{
            "pixels": (1280, 960),
            "paper": (1050, 660),
            "found": True,
            "level": 245.0,
            "low_level": 220.0,
            "contrast": 0.88,
        },
        **{
            "printed": 0.06,
            "sharpness": 0.5,
            "spread": 45.0,
            "touched": (0.0,) * 4,
            "corners": (),
            "burnt": 0.0,
            "zone": None,
        },
    }
    return Look(**{**good, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("look", "finding"),
    [
        (seen(), None),
        (seen(level=150.0, low_level=120.0), None),
        (seen(level=40.0), Finding.DARK),
        (seen(contrast=0.25, low_level=245.0), Finding.BRIGHT),
        (seen(sharpness=0.1), Finding.BLURRED),
        (seen(paper=(300, 190)), Finding.SMALL),
        (seen(paper=(630, 655), touched=(0.0, 0.0, 0.7, 0.0)), Finding.CROPPED),
        (seen(paper=(1050, 662), touched=(0.4, 0.0, 0.0, 0.0)), None),
        (seen(paper=(950, 420)), Finding.SKEWED),
        (seen(spread=1.0, contrast=0.0, printed=0.0), Finding.BLANK),
    ],
)
def test_what_is_wrong_with_a_picture(look: Look, finding: Finding | None) -> None:
    assert poor(look, Asked.ID_FRONT) == ({finding} if finding else set())
