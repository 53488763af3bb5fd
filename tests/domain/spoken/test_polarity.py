"""A word that is denied is never taken for that word, in Kazakh and Russian, whatever stands between."""

from __future__ import annotations

import pytest

from domain.spoken.polarity import asks_negated, denied_at, negates, yes_or_no

DENIED = (
    ("мне нет 18", "18"),
    ("мне ещё нет 18", "18"),
    ("18 ещё не исполнилось", "18"),
    ("18 жаста емеспін", "18"),
    ("18-ге толмадым", "18"),
    ("не юрлицо", "юрлицо"),
    ("ТОО у нас нет", "ТОО"),
    ("нет у меня ТОО", "ТОО"),
    ("мы не являемся ТОО", "ТОО"),
    ("не подключал SERIKTES", "SERIKTES"),
    ("SERIKTES қоспадым", "SERIKTES"),
    ("jk ashpagam", "jk"),
    ("ЖШС емеспін, ЖК-мын", "ЖШС"),
    ("не ТОО, а ИП", "ТОО"),
    ("бонуссыз", "бонуссыз"),
    ("без бонусов", "бонусов"),
    ("бонуспен емес", "бонуспен"),
    ("не от руки", "от руки"),
    ("не через менеджера", "менеджера"),
    ("құжатсыз", "құжатсыз"),
)
SAID = (
    ("нет, ТОО", "ТОО"),
    ("не ТОО, а ИП", "ИП"),
    ("ЖШС емеспін, ЖК-мын", "ЖК"),
    ("ТОО не участвует?", "ТОО"),
    ("не только ТОО", "ТОО"),
    ("ЖШС қатыспайды ма", "ЖШС"),
    ("ЖШС емес пе", "ЖШС"),
    ("SERIKTES-ні қостым", "қостым"),
    ("подключили или нет", "подключили"),
    ("қостық па жоқ па", "қостық"),
)


@pytest.mark.parametrize(("text", "word"), DENIED)
def test_a_word_beside_a_negation_is_denied(text: str, word: str) -> None:
    assert denied_at(text, text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize(("text", "word"), SAID)
def test_a_negation_of_something_else_denies_nothing(text: str, word: str) -> None:
    assert not denied_at(text, text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize(
    "text", ["не удалить всё", "Не верно", "алмадым", "жазылмаған", "қатыспаймын", "құжатсыз", "zhoq", "ne nado"]
)
def test_a_text_with_a_negation_is_known(text: str) -> None:
    assert negates(text)


@pytest.mark.parametrize(
    "text", ["Удалить всё", "топтамасын алдым", "Алматыдан", "мамырда", "аласыз", "победы", "қатысамба", "тіркелгенсіз"]
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not negates(text)


@pytest.mark.parametrize(
    "text", ["да", "иә", "ия", "ia", "бар", "да конечно", "да, зарегистрирован", "не против", "қарсы емеспін", "ok"]
)
def test_a_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        *("нет", "точно нет", "конечно нет", "да нет", "есть не было", "пока нет", "не зарегистрирован", "нет, не был"),
        *("жоқ", "joq", "әлі жоқ", "тіркелген жоқпын", "тіркелмедім", "жоқ тіркелмегенмін", "бар емес"),
    ],
)
def test_a_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", ["да нет наверное", "да, нет", "нет, есть", "возможно да", "в марте", "", "тридцать"])
def test_what_takes_no_side_or_both_is_asked_again(text: str) -> None:
    assert yes_or_no(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "копия не подойдёт?",
        "нельзя копией?",
        "көшірме болмай ма?",
        "ала алмаймын ба?",
        "а без чека?",
        "көшірме жарамайды ма",
    ],
)
def test_a_question_asked_the_negated_way_is_heard(text: str) -> None:
    assert asks_negated(text)


@pytest.mark.parametrize(
    "text",
    ["копия подойдёт?", "көшірме бола ма?", "Абай көшесінде ме?", "участвовать можно или нет?", "бар ма жоқ па?"],
)
def test_a_question_asked_straight_is_not(text: str) -> None:
    assert not asks_negated(text)
