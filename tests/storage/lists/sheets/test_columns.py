"""Columns are recognised in three languages, by hand where the words do not tell, and what is missing is said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.lists.kinds.fields import Kind
from storage.lists.values.cells import Unreadable
from tests.storage.sample_lists import read, read_rows, reasons, write_csv, write_xlsx


def fields(folder: Path, headers: list[str], kind: Kind, slug: str, **given: object) -> dict[str, str]:
    found = read_rows(folder, [headers, ["x"] * len(headers)], kind, slug, **given)
    return {column.header: column.field for column in found.columns.known}


@pytest.mark.parametrize(
    "headers",
    [
        ["Телефон", "Дата и время покупки", "Лотерея", "Сумма, тг", "Способ оплаты"],
        ["Номер телефона", "ДАТА", "Название лотереи", "Сумма покупки (₸)", "Источник оплаты"],
        ["Телефон нөмірі", "Күні", "Лотерея атауы", "Сомасы", "Төлем тәсілі"],
        ["Телефон нөмірі", "Сатып алу күні", "Ойын", "Сатып алу сомасы", "Төлем көзі"],
        ["Phone number", "Date", "Lottery", "Amount", "Payment source"],
        ["phone", "at", "lottery", "amount_kzt", "paid_with_bonus"],
        ["Телефно", "Дата и врмя", "Лотерея", "Сума", "Способ оплата"],
    ],
)
def test_purchases_are_recognised_in_three_languages_and_in_spite_of_slips(tmp_path: Path, headers: list[str]) -> None:
    found = fields(tmp_path, headers, "purchases", "january-surprise")
    assert list(found.values()) == ["phone", "at", "lottery", "amount_kzt", "paid_with_bonus"]


@pytest.mark.parametrize(
    ("slug", "headers", "meant"),
    [
        (
            "seriktes",
            [
                "БИН",
                "Наименование",
                "Телефон",
                "Правовая форма",
                "Пакет",
                "Дата подключения",
                "Канал подключения",
                "Ismet.kz",
            ],
            ["bin", "name", "phone", "legal_form", "package", "connected_at", "connected_via", "registered_on_ismet"],
        ),
        (
            "kasipker",
            [
                "ЖСН",
                "Аты-жөні",
                "Телефон нөмірі",
                "Нысаны",
                "Топтама",
                "Қосылған күні",
                "Бұрынғы клиент",
                "Қызмет қосылған күн",
            ],
            [
                "iin",
                "name",
                "phone",
                "legal_form",
                "package",
                "connected_at",
                "kazakhtelecom_client_before",
                "services_added_at",
            ],
        ),
        (
            "ismet-app",
            [
                "ИИН/БИН",
                "Жеке шот",
                "Дата подключения",
                "ОФД",
                "Оплачено",
                "Чеки сентябрь 2022",
                "чектер 2022-10",
                "Чеки, ноябрь",
            ],
            ["bin", "personal_account", "ekassa_connected_at", "ofd", "paid_one_month", *["receipts_via_app"] * 3],
        ),
        ("january-surprise", ["ID", "Phone", "Шансы"], ["account", "phone", "chances_earned"]),
        ("double-chance", ["Абонент", "Оператор", "Дата подписки"], ["phone", "operator", "subscribed_88_at"]),
    ],
)
def test_participants_are_recognised_by_the_facts_of_their_promotion(
    tmp_path: Path, slug: str, headers: list[str], meant: list[str]
) -> None:
    assert list(fields(tmp_path, headers, "participants", slug).values()) == meant


def test_the_header_that_fits_best_is_taken_and_the_other_is_named(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path, [["Телефон", "Телефон дополнительный", "Примечание"], ["87011234567", "", ""]], "participants"
    )
    assert [column.header for column in found.columns.known] == ["Телефон"]
    assert found.columns.ignored == ("Телефон дополнительный", "Примечание")


def test_two_columns_that_look_alike_are_the_operators_choice(tmp_path: Path) -> None:
    rows = [["Телефон", "телефон", "Аккаунт"], ["87011234567", "87011234568", "a"]]
    with pytest.raises(Unreadable, match="«Телефон», «телефон» all look like phone"):
        read_rows(tmp_path, rows, "participants")


def test_a_column_is_what_the_operator_says(tmp_path: Path) -> None:
    rows = [["Кто", "Когда", "Что", "Сколько", "Сумма"], ["87011234567", "12.01.2026", "Keno", "500", "7"]]
    mapped = {"кто": "phone", "Когда": "at", "Что": "lottery", "Сколько": "amount_kzt", "Сумма": "ignore"}
    found = read_rows(tmp_path, rows, mapped=mapped)
    assert found.records[0].said["bought"]["amount_kzt"] == 500
    assert found.columns.ignored == ("Сумма",)


@pytest.mark.parametrize(
    ("mapped", "said"),
    [
        ({"Кто": "phone"}, "there is no column «Кто»; there are «Телефон», «Дата»"),
        ({"Дата": "birthday"}, "there is no field birthday; there are phone, account, at"),
        ({"Дата": "at", "Телефон": "at"}, "two columns are mapped to at"),
    ],
)
def test_a_map_that_leads_nowhere_is_named(tmp_path: Path, mapped: dict[str, str], said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_rows(tmp_path, [["Телефон", "Дата"], ["87011234567", "12.01.2026"]], mapped=mapped)
    assert said in str(refusal.value)


def test_a_missing_column_is_named_with_what_was_found(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_rows(tmp_path, [["Телефон", "Дата", "Примечание"], ["87011234567", "12.01.2026", ""]])
    assert str(refusal.value) == (
        "there is no column for lottery and for amount_kzt; row 1 has «Телефон», «Дата», «Примечание» "
        "(--map COLUMN=lottery says which it is)"
    )


def test_a_csv_of_one_column_asks_for_its_separator(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [["Телефон^Дата^Сумма"], ["87011234567^1^2"]])
    with pytest.raises(Unreadable, match="is the separator ; , or a tab"):
        read(path)


def test_one_column_is_enough_for_masks(tmp_path: Path) -> None:
    assert len(read_rows(tmp_path, [["Номер"], ["7 747 9** *3 83"]], "results", "double-chance").records) == 1


def test_a_list_without_headers_does_not_show_peoples_numbers(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_rows(tmp_path, [["87011234567", "12.01.2026"], ["87011234568", "12.01.2026"]])
    assert "8701123" not in str(refusal.value)


def test_titles_above_the_headers_are_passed_over(tmp_path: Path) -> None:
    rows = [["Отчёт о покупках"], [], ["Сформирован", "10.03.2026"], ["Телефон", "Дата", "Лотерея", "Сумма"]]
    found = read(write_xlsx(tmp_path / "list.xlsx", [*rows, ["87011234567", "12.01.2026", "Keno", 500]]))
    assert found.columns.row == 4
    assert [record.row for record in found.records] == [5]


def test_a_day_of_birth_is_no_day_of_purchase(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no column for at"):
        read_rows(
            tmp_path, [["Телефон", "Дата рождения", "Лотерея", "Сумма"], ["87011234567", "12.01.1990", "Keno", "5"]]
        )


def test_a_column_in_another_currency_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="«Сумма, USD» holds another currency"):
        read_rows(tmp_path, [["Телефон", "Дата", "Лотерея", "Сумма, USD"], ["87011234567", "12.01.2026", "Keno", "5"]])


def test_a_row_with_a_cell_too_many_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "phone,date,lottery,amount\n87011234567,12.01.2026,Keno,600,50\n87011234567,12.01.2026,Keno,600\n", "utf-8"
    )
    assert reasons(read(path)) == {2: "5 cells under 4 headers: is there a separator inside a value?"}


def test_promotions_without_purchases_have_no_list_of_them(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="seriktes know no purchases"):
        read_rows(tmp_path, [["Телефон"], ["87011234567"]], "purchases", "seriktes")


def test_only_headers_are_no_list(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no row below the headers"):
        read_rows(tmp_path, [["Телефон", "Дата", "Лотерея", "Сумма"]])
