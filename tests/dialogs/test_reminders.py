"""STOP says once what it means here and is kept with its time; «отмена» leaves what is under way; a number to delete is forgetting."""

from __future__ import annotations

import pytest

from dialogs.turn import Audited
from tests.dialogs.talk import known


@pytest.mark.parametrize(
    "word",
    [
        *(
            "STOP",
            "стоп",
            "Стоп!",
            "отписаться",
            "хватит мне писать",
            "не пишите мне больше",
            "не присылайте мне",
            "тоқта",
        ),
        *("тоқтат", "unsubscribe", "маған жазбаңыз", "отключите напоминания"),
    ],
)
def test_stop_is_explained_once_and_kept_with_its_time(word: str) -> None:
    talk = known().say(word)
    assert talk.keys == ["small.stop", "reminders.meaning"]
    assert "forget" in talk.ids
    assert talk.conversation.reminders_off == talk.now
    assert Audited("reminders_off") in talk.effects
    since = talk.now
    assert talk.say(word).keys == ["reminders.off_since"]
    assert talk.conversation.reminders_off == since


def test_reminders_can_be_switched_on_again() -> None:
    talk = known().say("стоп").tap("remind")
    assert talk.keys == ["reminders.on"]
    assert talk.conversation.reminders_off is None


@pytest.mark.parametrize(
    "text", ["не отписывайте меня", "можно отписаться от подписки 88?", "когда перестанут продавать билеты"]
)
def test_what_only_sounds_like_it_leaves_reminders_on(text: str) -> None:
    assert known().say(text).conversation.reminders_off is None


@pytest.mark.parametrize("text", ["отмена", "Отмена.", "cancel", "болдырмау"])
def test_cancelling_nothing_says_so_and_is_no_question_about_the_rules(text: str) -> None:
    talk = known().say(text)
    assert talk.keys == ["reminders.nothing"]
    assert talk.conversation.reminders_off is None


def test_cancelling_the_question_whether_to_forget_keeps_everything() -> None:
    assert known().tap("forget").say("отмена").keys == ["privacy.kept"]


@pytest.mark.parametrize(
    "text",
    [
        "удалите мой номер из базы",
        "Удалите меня",
        "сотрите мои данные",
        "нөмірімді базадан өшіріңіз",
        "деректерімді жойыңыз",
    ],
)
def test_to_delete_a_number_is_to_be_forgotten(text: str) -> None:
    assert known().say(text).keys == ["privacy.sure"]


def test_not_to_delete_is_not() -> None:
    assert "privacy.sure" not in known().say("не удаляйте мой номер").keys
