"""One person in three spellings: Kazakh letters, a Russian keyboard, the Latin of a machine readable zone."""

from __future__ import annotations

import pytest

from domain.papers.names import same_person, same_word, stands_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Әбдірахманова", "ABDIRAKHMANOVA"),
        ("Әбдірахманова", "Абдирахманова"),
        ("Қарлығаш", "KARLYGASH"),
        ("Щербакова", "SHCHERBAKOVA"),
        ("Юлия", "IULIIA"),
        ("Юлия", "YULIYA"),
        ("Ғалымжан", "GALYMZHAN"),
        ("Жұмаділова", "ZHUMADILOVA"),
        ("Жұмаділова", "Жумадилова"),
        ("Цой", "TSOI"),
        ("Дмитрий", "DMITRIY"),
        ("Өтебаев", "OTEBAEV"),
        ("Өтебаев", "Утебаев"),
        ("Өмір", "Умир"),
        ("Әсел", "Асель"),
        ("Наталья", "NATALYA"),
        ("Бақыт", "Бакыт"),
    ],
)
def test_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    assert same_word(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ерлан", "Ержан"), ("Ким", "Цой"), ("Айгүл", "Әсел"), ("Серік", "Берік"), ("Сергеева", "Усенова"), ("", "Ким")],
)
def test_other_names_are_other_names(one: str, other: str) -> None:
    assert not same_word(one, other)


def test_the_order_of_names_does_not_matter() -> None:
    assert same_person("Айгүл Ғалиқызы Әбдірахманова", "ABDIRAKHMANOVA", "AIGUL")
    assert not same_person("Айгүл Ғалиқызы Әбдірахманова", "USENOVA", "AIGUL")


def test_a_name_is_found_in_a_text() -> None:
    assert stands_in("Ғаббасова Әсел Маратовна", "Победитель: Габбасова Асель Маратовна, ИИН")
    assert not stands_in("Ғаббасова Әсел Маратовна", "Победитель: Ким Меруерт Болатқызы")
