"""The draft of purchases as a talk: what is asked is completed, what was wrong is corrected, a yes is the button."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.dialogs.chances.test_scene import kept, person, text
from tests.dialogs.talk import Talk

SATURDAY = datetime.fromisoformat("2026-01-17T12:00:00+05:00")


def rows(talk: Talk, slot: str = "draft") -> list[tuple[str, int]]:
    return [(str(row["at"])[8:], int(row["amount_kzt"]) // 1000) for row in kept(talk, slot)]


def kind(talk: Talk) -> Any:
    return talk.reply.kind


@pytest.mark.parametrize(
    ("told", "answer", "expected"),
    [
        *(("вчера кено 250", "тысяч", [("14", 250)]), ("250 тыс кено", "вчера", [("14", 250)])),
        *(
            ("кеше кено алдым", "250 мың", [("14", 250)]),
            ("12-14 января всего 600 тыс", "по 200", [("12", 200), ("13", 200), ("14", 200)]),
        ),
        *(("вчера около миллиона", "980 тыс", [("14", 980)]), ("в прошлый вторник 250 тыс", "13-го", [("13", 250)])),
    ],
)
def test_what_was_asked_is_answered_in_a_word(told: str, answer: str, expected: list[tuple[str, int]]) -> None:
    talk = person().say(told)
    assert (rows(talk), kind(talk)) == ([], "ask")
    talk.say(answer)
    assert (rows(talk), kind(talk)) == (expected, "purchases")


@pytest.mark.parametrize("yes", ["да", "ок", "иә", "бәрі дұрыс", "всё верно"])
def test_a_yes_keeps_what_is_shown(yes: str) -> None:
    talk = person().say("12.01 600 тыс кено").say(yes)
    assert (rows(talk), rows(talk, "purchases")) == ([], [("12", 600)])


@pytest.mark.parametrize("no", ["нет", "жоқ", "неверно, нет", "дұрыс емес"])
def test_a_no_keeps_nothing_and_asks_which_line_is_wrong(no: str) -> None:
    talk = person().say("12.01 600 тыс кено").say(no)
    assert "chances.remove_which" in talk.keys
    assert (rows(talk), rows(talk, "purchases")) == ([("12", 600)], [])


def test_a_correction_changes_its_line_and_adds_none() -> None:
    talk = person().say("12.01 кено 600 тыс\n13.01 бинго 400 тыс").say("нет, кено было 500")
    assert (rows(talk), kind(talk)) == ([("12", 500), ("13", 400)], "purchases")


def test_a_correction_of_either_of_two_is_asked_back() -> None:
    talk = person().say("12.01 кено 600 тыс\n13.01 кено 400 тыс").say("нет, кено было 500")
    assert (rows(talk), kind(talk)) == ([("12", 600), ("13", 400)], "ask")


@pytest.mark.parametrize(
    ("answer", "open_"), [("в 18:30", False), ("до 19:00", False), ("утром", False), ("вечером", True)]
)
def test_the_hour_that_decides_is_asked_for_and_taken(answer: str, open_: bool) -> None:
    talk = person().say("11.01 600 тыс кено")
    assert kind(talk) == "ask"
    talk.say(answer)
    assert len(rows(talk)) == 1
    assert ("chances.add_time" in talk.keys) is open_


def test_a_purchase_of_today_was_made_before_now() -> None:
    talk = person(datetime.fromisoformat("2026-01-18T18:00:00+05:00")).say("сегодня 400 тыс кено")
    assert "chances.add_time" not in talk.keys
    assert "00:00–18:02" in text(talk)


def test_a_lottery_that_is_not_named_is_not_invented() -> None:
    talk = person().say("12.01 600 тыс")
    assert "lottery" not in kept(talk, "draft")[0]
    assert "лотерея не названа" in text(talk)


def test_plans_refunds_and_purchases_of_others_are_told_to_be_left_out() -> None:
    talk = person().say(
        "12.01 кено 600 тыс\nзавтра куплю на 300 тыс\nмуж 13.01 купил на 200 тыс\n14.01 возврат 100 тыс"
    )
    assert rows(talk) == [("12", 600)]
    assert talk.keys.count("purchase.left") == 3


def test_an_edited_message_replaces_what_it_had_told() -> None:
    talk = person().say("12.01 кено 600 тыс").say("13.01 бинго 400 тыс")
    talk.hear("edited", "13.01 бинго 450 тыс")
    assert rows(talk) == [("12", 600), ("13", 450)]


def test_purchases_with_the_question_what_they_earn_are_counted_at_once_and_wait_for_a_word() -> None:
    talk = person(SATURDAY).tap("menu").say("14-го 700 тыс, 15-го 500 тыс, 16-го 300 тыс кено, шанс уже есть?")
    reply = talk.reply
    assert (reply.kind, reply.says, reply.function) == ("chances", "yes", "chances")
    assert "Шансов заработано: 1" in text(talk)
    assert (len(rows(talk)), rows(talk, "purchases")) == (3, [])
    assert len(rows(talk.say("ещё 13-го 100 тыс"))) == 4
    assert len(rows(talk.say("да"), "purchases")) == 4
