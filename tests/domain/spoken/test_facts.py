"""What a sentence says of a person is read into facts, in both languages and any spelling; what it says only in part is doubtful."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.promotion import Promotion
from domain.spoken.facts import read_facts
from tests.domain.given import DOUBLE_CHANCE, ISMET, JANUARY, KASIPKER, PROMOTIONS, SERIKTES

TODAY = {SERIKTES.slug: date(2024, 5, 10), KASIPKER.slug: date(2024, 5, 10), ISMET.slug: date(2022, 10, 20)}


def read(promotion: Promotion, text: str) -> dict[str, Any]:
    return dict(read_facts(promotion, text, _today(promotion)).values)


def doubtful(promotion: Promotion, text: str) -> dict[str, str]:
    return dict(read_facts(promotion, text, _today(promotion)).doubtful)


def _today(promotion: Promotion) -> date:
    return TODAY.get(promotion.slug, min(date(2026, 1, 20), promotion.last_day(promotion.whole)))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        *(("мы ТОО", "TOO"), ("жшс-пыз", "TOO"), ("ЖШСміз", "TOO"), ("jshs", "TOO"), ("our LLP", "TOO")),
        *(("я ип", "IP"), ("жкмын", "IP"), ("мен жеке кәсіпкермін", "IP"), ("men jk", "IP"), ("ипшник я", "IP")),
        *(("акционерлік қоғамбыз", "AO"), ("я физлицо", "natural person"), ("жеке тұлғамын", "natural person")),
        *(("крестьянское хозяйство", "other"), ("шаруа қожалығымыз бар", "other"), ("не ТОО, а ИП", "IP")),
        *(("раньше были ТОО, теперь ИП", "IP"), ("пакет оформлен на ТОО, а у директора ещё и ИП", "TOO")),
    ],
)
def test_the_form_of_business_is_a_word_inside_a_sentence(text: str, form: str) -> None:
    assert read(SERIKTES, text)["legal_form"] == form


@pytest.mark.parametrize("text", ["мы не ТОО", "ТОО у нас нет", "ЖШС емеспіз", "что то надо", "о чём речь"])
def test_what_is_denied_or_only_sounds_like_it_is_no_fact(text: str) -> None:
    assert "legal_form" not in read(SERIKTES, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("подключили 2 февраля", "2024-02-02"), ("подключили второго февраля", "2024-02-02")),
        *(
            ("тамыздың үшінде қостық", "2024-08-03"),
            ("5 qazanda qostyq", "2024-10-05"),
            ("қосылғаны 31.01.2024", "2024-01-31"),
        ),
        *(("өткен жылы қарашада қостық", "2023-11"), ("қазаннан бері қосылған", "2024-10")),
        *(("в марте 2024 подключили", "2024-03"), ("сәуірде қостық", "2024-04"), ("подключили вчера", "2024-05-09")),
        *(("подключили 15 декабря 2023, январский розыгрыш мой?", "2023-12-15"), ("девятого подключили", "2024-05-09")),
    ],
)
def test_a_day_or_a_month_is_read_as_people_say_it(text: str, day: str) -> None:
    assert read(SERIKTES, text)["connected_at"] == day


def test_two_days_for_one_fact_are_doubtful() -> None:
    assert doubtful(SERIKTES, "подключили то ли 3 марта, то ли 5 апреля")["connected_at"] == "two"
    assert doubtful(SERIKTES, "желтоқсан ба қаңтар ма қосқанымыз, ұмытып қалдым")["connected_at"]


@pytest.mark.parametrize("text", ["розыгрыш был 20 апреля", "ұтыс 18 сәуірде өтті"])
def test_the_day_of_a_draw_is_no_day_of_connection(text: str) -> None:
    assert "connected_at" not in read(SERIKTES, text)
    assert read_facts(SERIKTES, text, TODAY["seriktes"]).drawn


@pytest.mark.parametrize(
    ("text", "years"),
    [
        *(("мне 17", 17), ("35 жастамын", 35), ("35temin", 35), ("отыз бестемін", 35), ("тридцать пять лет", 35)),
        *(
            ("жасым 17де", 17),
            ("33 мне", 33),
            ("елу бір жастамын", 51),
            ("мне сорок один", 41),
            ("мен он тоғыздамын", 19),
        ),
    ],
)
def test_an_age_in_digits_and_words(text: str, years: int) -> None:
    assert read(JANUARY, text)["age"] == years
    assert read(DOUBLE_CHANCE, text)["age_at_purchase"] == years


@pytest.mark.parametrize(
    "text",
    [
        "мне нет 18",
        "мне почти 18 лет",
        "18 жаста емеспін",
        "2008 года рождения",
        "2008 жылы туғанмын",
        "мне больше 18 лет",
    ],
)
def test_an_age_that_is_told_in_part_is_doubtful(text: str) -> None:
    assert "age" not in read(JANUARY, text)
    assert doubtful(JANUARY, text)["age"] == "part"


def test_the_day_of_the_eighteenth_birthday_is_its_own_fact() -> None:
    found = read(DOUBLE_CHANCE, "мне 17, восемнадцать будет 10 мая")
    assert found == {"age_at_purchase": 17, "eighteenth_birthday": "2025-05-10"}


@pytest.mark.parametrize(
    ("promotion", "text", "fact", "value"),
    [
        (SERIKTES, "через менеджера", "connected_via", "other"),
        (SERIKTES, "подключили через исмет", "connected_via", "ismet.kz"),
        (SERIKTES, "не через исмет, в офисе", "connected_via", "sales office"),
        (SERIKTES, "акт подписал через эцп", "act_signed", "eds"),
        (SERIKTES, "қол қоюдан бас тартты", "act_signed", "refused"),
        (SERIKTES, "удостоверение потерял", "id_document", False),
        (SERIKTES, "куәлігім қолда", "id_document", True),
        (SERIKTES, "исметте тіркелмегенбіз", "registered_on_ismet", False),
        (KASIPKER, "сертификат выиграли мы", "is_winner", True),
        (KASIPKER, "взяли серик", "package", "other"),
        (ISMET, "касса у вас, казахтелеком", "ofd", "Kazakhtelecom"),
        (ISMET, "касса не у казахтелекома, другой офд", "ofd", "other"),
        (ISMET, "в приложении авторизован", "app_authorized", True),
        (ISMET, "қосымшаға кірген жоқпын", "app_authorized", False),
        (ISMET, "не оплатили месяц", "paid_one_month", False),
        (ISMET, "6 чеков через приложение в сентябре", "receipts_via_app", {"2022-09": 6}),
        (ISMET, "в сентябре 3 чека, в октябре 4", "receipts_via_app", {"2022-09": 3, "2022-10": 4}),
        (ISMET, "осы айда қосымшадан бес чек", "receipts_via_app", {"2022-10": 5}),
        (DOUBLE_CHANCE, "у меня теле2", "operator", "Tele2"),
        (DOUBLE_CHANCE, "нөмірім билайн", "operator", "other"),
        (DOUBLE_CHANCE, "симка на маму", "contract_holder", "another person"),
        (DOUBLE_CHANCE, "88ге жазылғанмын", "subscribed_88", True),
        (DOUBLE_CHANCE, "на *88# не подписан", "subscribed_88", False),
        (DOUBLE_CHANCE, "4 мая *88*5# набрал", "purchases", [{"at": "2025-05-04", "ussd": "*88*5#"}]),
        (DOUBLE_CHANCE, "үш билет алдым", "purchases", [{"tickets_at_once": 3}]),
        (DOUBLE_CHANCE, "договор на фирму", "subscriber_type", "legal entity"),
        (JANUARY, "на loto.sz.kz зарегана", "registered_on_loto_sz", True),
        (JANUARY, "сайтта тіркелмегенмін", "registered_on_loto_sz", False),
        (JANUARY, "у меня два аккаунта", "accounts", 2),
        (SERIKTES, "на исмете мы не зарегистрированы", "registered_on_ismet", False),
        (SERIKTES, "мы частная школа, ТОО", "legal_form", "TOO"),
        (KASIPKER, "ип открыт в мае, касипкер купил 2 июня", "connected_at", "2024-06-02"),
        (DOUBLE_CHANCE, "теле2, пять штук сразу", "purchases", [{"tickets_at_once": 5}]),
    ],
)
def test_facts_of_each_promotion(promotion: Promotion, text: str, fact: str, value: object) -> None:
    assert read(promotion, text)[fact] == value


def test_what_the_person_does_not_know_is_doubtful() -> None:
    assert doubtful(ISMET, "оплатили ли месяц, понятия не имею") == {"paid_one_month": "unknown"}
    assert "subscribed_88" not in read(DOUBLE_CHANCE, "88 терген жоқпын ба білмеймін")


def test_a_whole_story_is_read_at_once() -> None:
    text = "Алматы, ТОО «Береке», серик взяли второго февраля через ваш сайт"
    assert read(SERIKTES, text) == {
        "legal_form": "TOO",
        "package": "SERIKTES",
        "connected_at": "2024-02-02",
        "connected_via": "ismet.kz",
        "region": "other",
    }


@given(st.text(max_size=200), st.sampled_from(list(PROMOTIONS.values())))
def test_no_text_breaks_the_reader(text: str, promotion: Promotion) -> None:
    read(promotion, text)


@pytest.mark.parametrize("promotion", PROMOTIONS.values(), ids=list(PROMOTIONS))
def test_phrases_give_a_fact_only_values_that_it_may_have(promotion: Promotion) -> None:
    facts = promotion.rules["eligibility"].facts
    beside = {"near", "none", "elsewhere", "tickets", "yes", "no", "implied"}
    strange = [
        (name, value)
        for name, value in promotion.wording.said.meanings
        if name in facts and facts[name].type == "choice" and value not in facts[name].options
    ]
    assert strange == []
    assert [
        (name, value)
        for name, value in promotion.wording.said.meanings
        if name in facts and facts[name].type not in ("choice", "list") and value not in beside
    ] == []
