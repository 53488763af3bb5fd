"""What would be, computed only from what was read whole; and questions about a result that stands."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.dialogs.chances.test_scene import AFTER, LIBRARY, THREE_DAYS, THURSDAY, person, text
from tests.dialogs.talk import Talk, known


def asking(question: str, now: datetime = THURSDAY) -> Talk:
    """Somebody who told of no purchases asks."""
    talk = known("ru", "january-surprise")
    talk.library, talk.now = LIBRARY, now
    return talk.say(question)


@pytest.mark.parametrize(
    "question",
    [
        *("если куплю на 1,5 миллиона, будет шанс?", "1,5 миллионға билет алсам неше шанс болады?"),
        *("если куплю на 500 тыс за два дня, дадут шанс?", "если муж купит 16-го на 500 тыс, прибавится?"),
        *("если куплю завтра на 500 тыс и верну билет?", "если завтра выиграю 500 тыс, какой налог?"),
    ],
)
def test_what_was_not_read_whole_or_names_no_day_is_left_to_the_rules(question: str) -> None:
    assert "chances.what_if" not in asking(question).keys


def test_without_a_day_it_is_today_where_purchases_were_told() -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep").say("а если куплю ещё на 400 тыс?")
    assert talk.keys[0] == "chances.what_if"
    assert "15 января" in text(talk)
    assert "1 950 000 ₸" in text(talk)


def test_purchases_that_wait_for_a_word_count_too() -> None:
    talk = person().say(THREE_DAYS).say("а если завтра возьму на 400 тыс?")
    assert "1 950 000 ₸" in text(talk)


def test_a_plan_beside_a_draft_is_computed_and_kept_nowhere() -> None:
    talk = person().say(THREE_DAYS)
    before = talk.conversation.slots["draft"]
    talk.say("завтра возьму на 400 тысяч, сколько будет шансов?")
    assert (talk.reply.kind, talk.reply.function) == ("chances", "chances")
    assert talk.conversation.slots["draft"] == before


def test_after_the_end_a_plan_is_told_to_be_too_late() -> None:
    talk = person(AFTER).say(THREE_DAYS).tap("chances.keep").say("а если куплю завтра на 400 тыс?")
    assert talk.keys[0] == "chances.over"
    assert "chances.what_if" in person(AFTER).say("а если бы 14.01 купила на 400 тыс?").keys


@pytest.mark.parametrize(
    ("question", "words"),
    [
        *(("сколько мне не хватает?", "1 850 000 ₸"), ("тағы қанша жетпейді?", "1 850 000 ₸")),
        *(("а до второго сколько?", "1 850 000 ₸"), ("екіншісіне ше?", "1 850 000 ₸"), ("а третий?", "4 350 000 ₸")),
        *(
            ("сколько дней осталось?", "осталось"),
            ("почему?", "Шансов заработано: 1"),
            ("сколько у меня шансов?", "Шансов заработано: 1"),
        ),
    ],
)
def test_a_result_can_be_asked_about(question: str, words: str) -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep").say(question)
    assert talk.reply.kind == "chances"
    assert talk.language == "kk" or words in text(talk)


@pytest.mark.parametrize(
    "question", ["сколько дней идёт акция?", "сколько шансов можно использовать сразу?", "екінші кезең қашан?"]
)
def test_a_question_about_the_rules_is_none_about_the_result(question: str) -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep").tap("menu").tap("rules").say(question)
    assert talk.reply.kind != "chances"


def test_where_nothing_was_told_there_is_no_result_to_ask_about() -> None:
    assert asking("сколько мне не хватает?").reply.kind != "chances"
