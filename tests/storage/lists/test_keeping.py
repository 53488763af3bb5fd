"""A list is kept whole or not at all, once, sealed; the chat finds in it what is said of the owner of a verified phone, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from domain.chances import accrue, entries
from domain.eligibility import judge
from domain.lists import PublishedMask
from domain.participants import fits_mask
from domain.purchases import Purchase
from storage.lists.keeping import compare, draft, keep
from storage.lists.lookup import find_person, has_masks, masks, purchase_rows_of, purchases_of, size_of
from storage.lists.tables import TABLES, list_imports, listed_people, published_masks
from storage.sealing import Seal, SealBroken
from storage.tables import audit
from tests.storage.sample_lists import BOUGHT, NOW, SEAL, TAKES_PART, Shelf, promotion, read_rows

BIN, OTHER_BIN = "180440012349", "990240005557"
MINE, OTHERS = "+77011234567", "87479123383"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def shelf(database: str, tmp_path: Path) -> Iterator[Shelf]:
    opened = Shelf(database, tmp_path)
    yield opened
    opened.close()


def buy(day: str, amount: int = 500_000, number: str = "", phone: str = MINE, lottery: str = "Keno") -> list[object]:
    return [day, phone, lottery, amount, "Kaspi", number]


def take(
    bin_: str = BIN, phone: str = MINE, day: str = "15.03.2024", ismet: str = "да", form: str = "ТОО"
) -> list[object]:
    return [bin_, phone, form, "SERIKTES", day, ismet]


def size(shelf: Shelf, kind: str) -> int:
    with shelf.look() as connection:
        return int(connection.execute(select(func.count()).select_from(TABLES[kind])).scalar_one())


THREE = [BOUGHT, buy("12.01.2026 10:00"), buy("13.01.2026 10:00"), buy("14.01.2026 10:00")]


def test_the_same_list_twice_changes_nothing(shelf: Shelf) -> None:
    assert shelf.put(THREE).added == 3
    again = shelf.put(THREE, now=LATER)
    assert (again.added, again.known, again.since) == (0, 3, int(NOW.timestamp() * 1000))
    assert size(shelf, "purchases") == 3


def test_the_same_list_in_another_order_and_spelling_is_the_same_list(shelf: Shelf) -> None:
    shelf.put(THREE)
    other = [BOUGHT, buy("2026-01-14T05:00:00+00:00"), *THREE[1:3]]
    assert shelf.put(other).since is not None


def test_a_longer_list_adds_only_what_is_new(shelf: Shelf) -> None:
    shelf.put(THREE)
    change = shelf.put([*THREE, buy("15.01.2026 10:00")])
    assert (change.added, change.known) == (1, 3)
    assert size(shelf, "purchases") == 4


def test_rows_alike_count_as_often_as_the_longest_list_has_them(shelf: Shelf) -> None:
    once, twice = [BOUGHT, buy("12.01.2026")], [BOUGHT, buy("12.01.2026"), buy("12.01.2026")]
    for rows, kept in ((once, 1), (twice, 2), (once, 2), (twice, 2)):
        shelf.put(rows)
        assert size(shelf, "purchases") == kept


def test_a_transaction_imported_before_with_other_values_is_refused(shelf: Shelf) -> None:
    shelf.put([BOUGHT, buy("12.01.2026", 100, "1")])
    changed = [BOUGHT, buy("12.01.2026", 999, "1"), buy("13.01.2026", 5, "2")]
    change = shelf.put(changed)
    assert [remark.row for remark in change.refused] == [2]
    assert size(shelf, "purchases") == 1
    assert shelf.put(changed, skipping=True).added == 1
    assert shelf.put(changed, replacing=True).removed == 2
    with shelf.look() as connection:
        assert [each.amount_kzt for each in purchases_of(connection, SEAL, "january-surprise", phone=MINE)] == [999, 5]


def test_a_list_takes_the_place_of_the_older_one_only_when_told_to(shelf: Shelf) -> None:
    shelf.put(THREE)
    change = shelf.put([BOUGHT, buy("20.01.2026")], replacing=True)
    assert (change.added, change.removed) == (1, 3)
    assert size(shelf, "purchases") == 1
    assert shelf.put([BOUGHT, buy("20.01.2026")], replacing=True).since is not None
    assert shelf.put(THREE).added == 3, "the older list is gone, so it may come again"


def test_lists_of_other_promotions_are_left_alone(shelf: Shelf) -> None:
    shelf.put([TAKES_PART, take()], "participants", "seriktes")
    shelf.put([TAKES_PART, take()], "participants", "kasipker")
    shelf.put([TAKES_PART, take(OTHER_BIN)], "participants", "seriktes", replacing=True)
    assert size(shelf, "participants") == 2


def test_the_list_of_one_draw_does_not_take_the_place_of_anothers(shelf: Shelf) -> None:
    for draw in ("2024-02", "2024-03"):
        shelf.put([TAKES_PART, take(), take(OTHER_BIN, OTHERS)], "participants", "seriktes", draw=draw)
    shelf.put([TAKES_PART, take()], "participants", "seriktes", draw="2024-03", replacing=True)
    with shelf.look() as connection:
        assert [size_of(connection, "seriktes", month) for month in ("2024-02", "2024-03", "2024-04")] == [2, 1, None]


def test_comparing_changes_nothing(shelf: Shelf) -> None:
    records = read_rows(shelf.folder, THREE).records
    with shelf.look() as connection:
        drafted = draft(SEAL, "january-surprise", "purchases", records, NOW)
        assert compare(connection, drafted, replacing=True).added == 3
    assert size(shelf, "purchases") == 0


def test_a_list_that_breaks_off_leaves_nothing_behind(shelf: Shelf) -> None:
    records = read_rows(shelf.folder, [BOUGHT, *[buy("12.01.2026", n + 1) for n in range(2500)]]).records
    drafted = draft(SEAL, "january-surprise", "purchases", records, NOW)
    drafted.rows[-1]["row"] = drafted.rows[0]["row"]
    with pytest.raises(IntegrityError), shelf.look() as connection:
        keep(connection, drafted, replacing=False, skipping=False)
    assert size(shelf, "purchases") == 0
    with shelf.look() as connection:
        for table in (list_imports, audit):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_an_import_is_noted_without_naming_anybody(shelf: Shelf) -> None:
    shelf.put(THREE)
    shelf.put(THREE)
    with shelf.look() as connection:
        assert [tuple(row) for row in connection.execute(select(audit.c.what, audit.c.detail))] == [
            ("imported", "january-surprise purchases: 3 added, 0 removed")
        ]


# sealed


def test_nothing_that_names_a_person_stands_in_the_database(shelf: Shelf) -> None:
    rows = [[*TAKES_PART, "Наименование", "Аккаунт"], [*take(), "ТОО «Ромашка»", "romashka-77"]]
    shelf.put(rows, "participants", "seriktes")
    shelf.put([[*BOUGHT, "Аккаунт"], [*buy("12.01.2026"), "romashka-77"]])
    with shelf.look() as connection:
        kept = b""
        for table in ("listed_people", "listed_purchases", "list_imports"):
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                kept += b"|".join(
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row
                )
    for secret in (BIN, "7011234567", "Ромашка", "romashka", "2024-03-15"):
        assert secret.encode() not in kept


def test_a_row_opens_only_in_its_place_and_with_the_key(shelf: Shelf) -> None:
    shelf.put([TAKES_PART, take(), take(OTHER_BIN, OTHERS)], "participants", "seriktes")
    with shelf.look() as connection:
        assert find_person(connection, Seal(bytes(32)), "seriktes", MINE) is None
        rows = connection.execute(select(listed_people.c.row, listed_people.c.payload)).all()
        for row, other in zip(rows, reversed(rows), strict=True):
            connection.execute(
                listed_people.update().where(listed_people.c.row == row.row).values(payload=other.payload)
            )
        with pytest.raises(SealBroken):
            find_person(connection, SEAL, "seriktes", MINE)


# found again


@pytest.mark.parametrize("phone", ["+7 701 123 45 67", "87011234567", "7011234567"])
def test_a_person_is_found_by_phone_however_it_is_written(shelf: Shelf, phone: str) -> None:
    shelf.put([TAKES_PART, take(), take(OTHER_BIN, OTHERS)], "participants", "seriktes", draw="2024-03")
    with shelf.look() as connection:
        found = find_person(connection, SEAL, "seriktes", phone)
    assert found is not None
    assert found.facts == {
        "legal_form": "TOO",
        "package": "SERIKTES",
        "connected_at": "2024-03-15",
        "registered_on_ismet": True,
    }
    assert (found.periods, found.clients, found.imported_at) == (("2024-03",), 1, NOW)
    verdict = judge(promotion("seriktes"), "draw", found.facts)
    assert (verdict.answer, verdict.month) == ("eligible", "2024-03")


@pytest.mark.parametrize("phone", [OTHERS, "", "abc", BIN, "180440012349", "7 701 123-45-6*"])
def test_nobody_is_found_by_anything_else(shelf: Shelf, phone: str) -> None:
    shelf.put([TAKES_PART, take()], "participants", "seriktes")
    with shelf.look() as connection:
        assert find_person(connection, SEAL, "seriktes", phone) is None
        assert find_person(connection, SEAL, "kasipker", MINE) is None
        assert purchases_of(connection, SEAL, "january-surprise", phone=phone) == ()


def test_two_connections_are_two_entries(shelf: Shelf) -> None:
    shelf.put([TAKES_PART, take(day="20.05.2024"), take()], "participants", "seriktes")
    with shelf.look() as connection:
        found = find_person(connection, SEAL, "seriktes", MINE)
    assert found is not None
    assert found.facts["connections"] == [
        {"at": "2024-03-15", "package": "SERIKTES"},
        {"at": "2024-05-20", "package": "SERIKTES"},
    ]
    assert "connected_at" not in found.facts
    assert set(entries(promotion("seriktes"), found.facts).months) == {"2024-03", "2024-05"}


def test_the_newest_list_has_the_last_word(shelf: Shelf) -> None:
    for day, ismet in enumerate(("нет", "да", "нет")):
        shelf.put(
            [TAKES_PART, take(ismet=ismet), *([take(OTHER_BIN, OTHERS)] * day)][: 2 + day],
            "participants",
            "seriktes",
            now=NOW + timedelta(days=day),
        )
        with shelf.look() as connection:
            found = find_person(connection, SEAL, "seriktes", MINE)
        assert found is not None
        assert found.facts["registered_on_ismet"] is (ismet == "да")


def test_a_phone_of_two_clients_tells_what_holds_for_both(shelf: Shelf) -> None:
    shelf.put([TAKES_PART, take(), take(OTHER_BIN, MINE, "20.05.2024")], "participants", "seriktes")
    with shelf.look() as connection:
        found = find_person(connection, SEAL, "seriktes", MINE)
    assert found is not None
    assert found.clients == 2
    assert found.facts == {"legal_form": "TOO", "package": "SERIKTES", "registered_on_ismet": True}


def test_receipts_of_several_months_come_together(shelf: Shelf) -> None:
    for month, number in (("сентябрь 2022", 6), ("2022-10", 7)):
        rows = [["БИН", "Телефон", "Жеке шот", "Чеки", "Отчетный месяц"], [BIN, MINE, f"A{number}", number, month]]
        shelf.put(rows, "participants", "ismet-app")
    with shelf.look() as connection:
        found = find_person(connection, SEAL, "ismet-app", MINE)
    assert found is not None
    assert found.facts == {"receipts_via_app": {"2022-09": 6, "2022-10": 7}, "personal_accounts": 2}
    assert found.periods == ("2022-09", "2022-10")


def test_purchases_are_found_by_phone_and_by_the_account_that_the_list_of_participants_links_to_it(
    shelf: Shelf,
) -> None:
    shelf.put([["ID", "Телефон"], ["User-1", MINE], ["user-2", OTHERS]], "participants")
    by_account = [["Аккаунт", *BOUGHT[:1], *BOUGHT[2:5]]]
    by_account += [[account, "12.01.2026", "Keno", 500_000, "Kaspi"] for account in ("user-1", "USER-2", "user-3")]
    shelf.put(by_account)
    shelf.put([BOUGHT, buy("11.01.2026 20:00"), buy("13.01.2026", phone=OTHERS)])
    almaty = datetime(2026, 1, 11, 20, tzinfo=ZoneInfo("Asia/Almaty"))
    with shelf.look() as connection:
        assert purchases_of(connection, SEAL, "january-surprise", phone=MINE) == (
            Purchase(almaty, "Keno", 500_000, False),
            Purchase(date(2026, 1, 12), "Keno", 500_000, False),
        )
        assert len(purchases_of(connection, SEAL, "january-surprise", phone=OTHERS)) == 2


def test_imported_purchases_earn_what_typed_ones_do(shelf: Shelf) -> None:
    shelf.put(THREE)
    with shelf.look() as connection:
        found = purchases_of(connection, SEAL, "january-surprise", phone=MINE)
    assert accrue(promotion("january-surprise"), found).chances_total == 1


def test_purchases_by_phone_command_come_as_the_rules_read_them(shelf: Shelf) -> None:
    shelf.put([["Абонент", "Дата", "USSD"], [MINE, "02.05.2025 10:00", "*88*5#"]], "purchases", "double-chance")
    with shelf.look() as connection:
        rows = purchase_rows_of(connection, SEAL, "double-chance", phone=MINE)
    assert rows == ({"at": "2025-05-02T10:00:00+05:00", "ussd": "*88*5#"},)
    facts = {"subscriber_type": "natural person", "operator": "Tele2", "age_at_purchase": 30, "subscribed_88": True}
    assert judge(promotion("double-chance"), "draw", {**facts, "purchases": rows}).answer == "eligible"


def test_published_masks_say_in_which_list_they_stand_and_since_when(shelf: Shelf) -> None:
    masked = [["Номер"], ["7 747 9** *3 83"], ["7 701 1** *5 67"]]
    shelf.put(masked, "results", "double-chance", list="participants", published_on="2025-05-19")
    shelf.put(masked[:2], "results", "double-chance", list="results")
    shelf.put(masked[:2], "results", "double-chance", list="results", replacing=True)
    with shelf.look() as connection:
        assert masks(connection, "double-chance") == (
            PublishedMask("7 747 9** *3 83", "results", None),
            PublishedMask("7 747 9** *3 83", "participants", date(2025, 5, 19)),
            PublishedMask("7 701 1** *5 67", "participants", date(2025, 5, 19)),
        )
        assert size_of(connection, "double-chance", "promotion") == 2
        assert masks(connection, "seriktes") == ()


@given(st.from_regex(r"[78][0-9*]{10}", fullmatch=True), st.from_regex(r"[0-9]{10}", fullmatch=True))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_finds_a_fitting_mask_as_the_domain_does(shelf: Shelf, mask: str, rest: str) -> None:
    # a random number hardly fits a mask, so one is made of the mask itself
    number = "7" + "".join(digit if place == "*" else place for place, digit in zip(mask[1:], rest, strict=True))
    slug = "double-chance"
    records = read_rows(shelf.folder, [["Номер"], [mask]], "results", slug).records
    with shelf.look() as connection:
        for table in (list_imports, published_masks):
            connection.execute(table.delete())
        keep(connection, draft(SEAL, slug, "results", records, NOW), replacing=False, skipping=True)
        for phone in (number, "7" + rest):
            assert bool(masks(connection, slug, phone=phone)) == (bool(records) and fits_mask(mask, phone))
        assert masks(connection, slug, phone="abc") == ()


def test_whether_a_list_of_masks_was_imported_is_known(shelf: Shelf) -> None:
    shelf.put([["Номер"], ["7 747 9** *3 83"]], "results", "double-chance")
    with shelf.look() as connection:
        assert has_masks(connection, "double-chance")
        assert not has_masks(connection, "seriktes")


def test_the_size_of_a_list_counts_people_and_not_rows(shelf: Shelf) -> None:
    rows = [TAKES_PART, take(), take(day="20.03.2024"), take(OTHER_BIN, OTHERS)]
    shelf.put(rows, "participants", "seriktes", draw="2024-03")
    with shelf.look() as connection:
        assert size_of(connection, "seriktes", "2024-03") == 2


def test_moments_keep_the_offset_they_had(shelf: Shelf) -> None:
    shelf.put([BOUGHT, buy("2026-01-11T14:00:00Z")])
    with shelf.look() as connection:
        assert purchases_of(connection, SEAL, "january-surprise", phone=MINE)[0].at == datetime(
            2026, 1, 11, 14, tzinfo=UTC
        )
