"""A list of winners becomes claims once; what it contradicts stays and goes to a person; a reported claim is confirmed by it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from domain.claims.acts import Acting, ClaimActed, begin
from domain.promotion import Promotion
from storage.claims.finding import by_phone
from storage.claims.importing import import_winners
from storage.claims.keeping import create, load
from storage.claims.tables import claim_reminders, claim_tasks, claims
from storage.database import connect, prepare
from storage.lists.keeping import Change
from storage.lists.kinds.fields import layout_of
from storage.lists.kinds.rows import Given, RowFound, read_list
from storage.lists.sheets.files import open_sheet
from storage.lists.values.cells import Unreadable
from storage.lists.values.values import CellReading
from storage.sealing import Seal
from tests.domain.given import DOUBLE_CHANCE, ISMET, JANUARY, SERIKTES
from tests.storage.sample_lists import write_csv
from tests.storage.store import KEY

NOW = datetime(2024, 3, 1, 7, tzinfo=UTC)
HEAD = ["Дата розыгрыша", "Приз", "Победитель", "Телефон", "БИН", "Номер протокола", "ФИО"]
BIN = "060140004563"
WINNER = ["20.02.2024", "MacBook", "победитель", "8 701 000 00 01", "", "SR-2024/01", "Айгүл С."]
RESERVES = [
    ["20.02.2024", "", "резерв 1", "8 701 000 00 02", "", "SR-2024/01", ""],
    ["20.02.2024", "", "2 резервный победитель", "8 701 000 00 03", "", "SR-2024/01", ""],
]


@pytest.fixture
def seal() -> Seal:
    return Seal(KEY)


@pytest.fixture
def engine(database: str, seal: Seal) -> Iterator[Engine]:
    engine = connect(database)
    prepare(engine, seal)
    yield engine
    engine.dispose()


def read(folder: Path, rows: list[list[Any]], promotion: Promotion = SERIKTES, now: datetime = NOW) -> RowFound:
    sheet = open_sheet(write_csv(folder / "winners.csv", [HEAD, *rows]), None)
    return read_list(sheet, layout_of("winners", promotion), Given({}), CellReading(promotion.zone, now))


def bring(connection: Connection, seal: Seal, found: RowFound, promotion: Promotion = SERIKTES, **ways: bool) -> Change:
    return import_winners(connection, seal, promotion, found.records, NOW, "winners.csv", **ways)


def test_winner_and_reserves_become_claims_and_the_same_list_twice_changes_nothing(
    engine: Engine, seal: Seal, tmp_path: Path
) -> None:
    found = read(tmp_path, [WINNER, *RESERVES])
    assert not found.refused
    with engine.begin() as connection:
        assert bring(connection, seal, found) == Change(added=3)
        assert bring(connection, seal, found) == Change(known=3)
        rows = connection.execute(select(claims).order_by(claims.c.rank)).all()
        assert [(row.state, row.rank, row.prize, row.draw) for row in rows] == [
            ("confirmed", 0, "macbook-certificate", "2024-01"),
            ("standby", 1, "macbook-certificate", "2024-01"),
            ("standby", 2, "macbook-certificate", "2024-01"),
        ]
        (kept,) = by_phone(connection, seal, "87010000001")
        assert str(kept.claim.events["drawn_at"]) == "2024-02-20"
        assert kept.body.who["name"] == "Айгүл С."
        last = select(claim_reminders.c.last_day).where(claim_reminders.c.rung == "last_morning")
        assert list(connection.execute(last).scalars()) == []  # the winner is told on the last day itself
        assert {row.claim for row in connection.execute(select(claim_reminders))} == {rows[0].id}


def test_what_a_later_list_contradicts_is_refused_and_becomes_a_persons_task(
    engine: Engine, seal: Seal, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        bring(connection, seal, read(tmp_path, [WINNER]))
        other = [*WINNER[:5], "SR-2024/09", WINNER[6]]
        change = bring(connection, seal, read(tmp_path, [other]), skipping=True)
        assert (change.added, change.known) == (0, 0)
        assert "protocol" in change.refused[0].reason
        assert list(connection.execute(select(claim_tasks.c.what)).scalars()) == ["contradiction"]
        (kept,) = by_phone(connection, seal, "87010000001")
        assert kept.body.who["protocol"] == "SR-2024/01"


@pytest.mark.parametrize("prize", [None, "macbook-certificate"])
def test_a_claim_that_the_winner_reported_is_confirmed_by_the_list(
    engine: Engine, seal: Seal, tmp_path: Path, prize: str | None
) -> None:
    with engine.begin() as connection:
        made = begin(uuid.uuid4().hex, SERIKTES, "reported", Acting("winner", NOW), prize)
        assert isinstance(made, ClaimActed)
        create(connection, seal, made.claim, made.transitions, {"phone": "77010000001"}, b"t" * 16)
        assert bring(connection, seal, read(tmp_path, [WINNER])).added == 1
        assert bring(connection, seal, read(tmp_path, [WINNER])).known == 1
        kept = load(connection, seal, made.claim.id)
        assert kept is not None
        assert (kept.claim.state, kept.conversation, kept.claim.draw) == ("confirmed", b"t" * 16, "2024-01")
        assert len(connection.execute(select(claims)).all()) == 1


def test_two_reports_of_one_phone_are_for_a_person(engine: Engine, seal: Seal, tmp_path: Path) -> None:
    with engine.begin() as connection:
        for _ in range(2):
            made = begin(uuid.uuid4().hex, SERIKTES, "reported", Acting("winner", NOW))
            assert isinstance(made, ClaimActed)
            create(connection, seal, made.claim, made.transitions, {"phone": "77010000001"}, b"t" * 16)
        bring(connection, seal, read(tmp_path, [WINNER]))
        states = sorted(connection.execute(select(claims.c.state)).scalars())
        assert states == ["confirmed", "reported", "reported"]
        assert len(connection.execute(select(claim_tasks)).all()) == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([*WINNER[:2], "1", *WINNER[3:]], "neither"),
        ([*WINNER[:2], "резерв", *WINNER[3:]], "which reserve"),
        ([*WINNER[:3], "", "", *WINNER[5:]], "nothing says who"),
        (["", *WINNER[1:]], "no date of the draw"),
        (["20.02.2031", *WINNER[1:]], "future"),
        ([*WINNER[:4], "123456789012", *WINNER[5:]], "check digit"),
        (["20.02.2023", *WINNER[1:]], "no draw of the rules"),
    ],
)
def test_a_row_that_does_not_hold_is_refused_with_its_reason(tmp_path: Path, row: list[Any], reason: str) -> None:
    found = read(tmp_path, [row])
    assert [reason in remark.reason for remark in found.refused] == [True], found.refused


def test_a_second_winner_of_one_draw_is_refused_where_the_rules_have_one_and_a_late_draw_is_remarked_on(
    tmp_path: Path,
) -> None:
    second = [*WINNER[:3], "8 701 000 00 09", *WINNER[4:]]
    late = ["25.02.2024", "MacBook", "победитель", "8 701 000 00 07", "", "SR-2024/02", ""]
    found = read(tmp_path, [WINNER, second, WINNER])
    assert ["row 2" in each.reason for each in found.refused] == [True]
    assert len(found.repeated) == 1
    (remark,) = read(tmp_path, [late]).remarks
    assert "clause 7" in remark.reason


def test_no_reserve_and_no_bonus_where_the_rules_have_none(tmp_path: Path) -> None:
    later = datetime(2026, 2, 1, tzinfo=UTC)
    bonus = ["12.01.2026", "бонус 500", "победитель", "8 701 000 00 01", "", "", ""]
    assert "3.13" in read(tmp_path, [bonus], JANUARY, later).refused[0].reason
    phone = ["12.01.2026", "iPhone 16 Pro Max 256GB", "победитель", "8 701 000 00 01", "", "", ""]
    assert read(tmp_path, [phone], JANUARY, later).records[0].said["prize"]
    reserve = ["20.10.2022", "", "резерв 1", "8 701 000 00 01", "", "", ""]
    assert "reserve" in read(tmp_path, [reserve], ISMET).refused[0].reason


def test_a_promotion_without_a_plan_makes_no_claims(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="has no claim"):
        layout_of("winners", replace(DOUBLE_CHANCE, claim=None))
