"""A wish in own words leads where the button of that name leads."""

from __future__ import annotations

import pytest

from dialogs.rules import by_number
from dialogs.wishes import WISHES
from tests.dialogs.checking import asked
from tests.dialogs.library import WISHES as SAID
from tests.dialogs.talk import Talk, known

LED = {
    "посчитай мне": ("chances", "chances"),
    "отвечай по-казахски": ("language.kk", None),
    "главный экран": ("menu", "start.menu"),
    "другие розыгрыши": ("promotions", "promotion.which"),
    "сотри всё обо мне": ("forget", "privacy.sure"),
    "что ты хранишь": ("mydata", "mydata.kept"),
    "нужен сотрудник": ("person", "support.called"),
    "покажи пункт 3": ("clause", "rules.answer"),
    "3-тармақты көрсет": ("clause", "rules.answer"),
    "весь текст": ("rules", "rules.sections"),
    "что ты умеешь": ("help", "start.help"),
    "не пиши мне": ("stop", "small.stop"),
    "пусть отвечает бот": ("bot", "support.back"),
}


@pytest.mark.parametrize(("text", "where"), LED.items())
def test_a_wish_is_led_where_its_button_leads(text: str, where: tuple[str, str | None]) -> None:
    function, key = where
    talk = known().say(text)
    assert talk.reply.function == function
    assert key is None or talk.keys[0].startswith(key)


@pytest.mark.parametrize("name", sorted({name.removesuffix("?") for name in SAID.values() if "safety" not in name}))
def test_everything_that_is_recognised_is_done(name: str) -> None:
    assert name in WISHES


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("спасибо", "small.thanks"), ("понятно, ясно", "small.ok"), ("ага, да", "small.yes"), ("не-а", "small.no")),
        *(("ты робот?", "small.robot"), ("безобразие", "small.complaint"), ("дурак", "small.abuse")),
    ],
)
def test_small_talk_gets_a_short_word(text: str, key: str) -> None:
    talk = known().say(text)
    assert (talk.keys, talk.reply.kind) == ([key], "small")


def test_small_talk_as_the_very_first_words_is_greeted() -> None:
    assert Talk().say("спасибо").keys == ["start.hello"]


def test_what_is_perhaps_a_wish_is_a_question_where_the_rules_answer_it() -> None:
    assert known().say("может быть налог").reply.kind == "answer"
    assert known().say("может быть правила").reply.function == "rules"


# clauses by number


@pytest.mark.parametrize("text", ["п. 3", "пункт 3", "3-тармақ", "П.3!", "tarmaq 3"])
def test_a_bare_number_of_a_clause_shows_it(text: str) -> None:
    assert known().say(text).reply.clauses == ("3",)


@pytest.mark.parametrize("text", ["пункт 77", "покажи пункт 12.4", "99-тармақты көрсет"])
def test_a_clause_that_is_not_there_is_said_so(text: str) -> None:
    talk = known().say(text)
    assert talk.keys[0] == "clause.unknown"
    assert "rules" in talk.ids


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        *(("восемнадцатый пункт", ("18",)), ("он сегізінші тармақ", ("18",)), ("пункты 2, 3 и 5", ("2", "3", "5"))),
        *(("вторая таблица", ("table 2",)), ("2-кесте", ("table 2",)), ("п 9 за 20 марта", ("9",))),
        *(("төртінші тармақтың екінші тармақшасы", ("4.2",)), ("подпункт 2 пункта 4", ("4.2",))),
        *(("пункт 4 подпункт 2", ("4.2",)), ("что в п.3.6.1", ("3.6.1",))),
    ],
)
def test_numbers_are_read_as_people_say_them(text: str, numbers: tuple[str, ...]) -> None:
    assert by_number.named(text) == numbers


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        *(("5.11", True), ("что в 4.2 написано", True), ("5.9 не туралы", True), ("п. 3", True)),
        *(("12.03 подключил, можно?", False), ("куплю 12.01 на 500", False), ("налог 10%", False)),
    ],
)
def test_what_stands_in_a_clause_is_asked_with_its_number(text: str, asked: bool) -> None:
    assert by_number.asks(text) is asked


def test_question_marks_alone_after_an_answer_ask_for_it_in_other_words() -> None:
    assert known().say("кто платит налог?").say("???").keys[0] == "small.not_understood"
    assert known().say("???").keys == ["start.wordless"]


def test_several_clauses_are_shown_one_under_another() -> None:
    assert known().say("покажи пункты 2 и 3").reply.clauses == ("2", "3")


# the last answer


def test_the_last_answer_is_said_again_shorter_and_plainer() -> None:
    talk = known().say("кто платит налог?")
    assert talk.say("короче").keys[0] == "reply.stated"
    assert talk.say("проще").keys[:2] == ["small.simpler", "reply.stated"]
    assert talk.say("не понимаю").keys[:2] == ["small.not_understood", "reply.stated"]
    assert talk.say("скажи ещё раз").reply.clauses == ("3",)


@pytest.mark.parametrize("text", ["скажи ещё раз", "короче", "проще"])
def test_where_nothing_was_said_there_is_nothing_to_repeat(text: str) -> None:
    assert known().say(text).keys == ["small.nothing_to_repeat"]


# language


def test_the_language_goes_back_to_the_one_before() -> None:
    talk = known("ru").say("отвечай по-казахски")
    assert (talk.conversation.language, talk.language) == ("kk", "kk")
    assert talk.say("верни язык").conversation.language == "ru"
    assert talk.say("верни язык").conversation.language == "kk"


def test_one_foreign_word_turns_no_talk() -> None:
    assert known("ru").say("кім").language == "ru"
    assert known("kk").say("налог").language == "kk"


def test_the_language_of_the_client_is_a_hint_until_the_person_shows_their_own() -> None:
    talk = Talk().hear("text", "alfa 15", language_hint="ru")
    assert talk.language == "ru"
    assert talk.conversation.language is None
    assert talk.say("салықты кім төлейді?").language == "kk"


def test_the_other_keyboard_is_read() -> None:
    assert known().say("yfkju").reply.clauses[0] == "3"


# in the middle of something


def test_in_a_check_a_short_word_is_said_and_the_question_asked_again() -> None:
    talk = asked("seriktes", "draw").say("спасибо")
    assert (talk.keys[0], talk.keys[-1]) == ("small.thanks", "check.ask")
    assert talk.conversation.scene == "eligibility"


def test_in_a_check_another_wish_leaves_it() -> None:
    assert asked("seriktes", "draw").say("главный экран").conversation.scene == "rules"
    assert asked("seriktes", "draw").say("не пиши мне").keys == ["check.stopped"]


def test_in_a_check_a_bare_yes_is_no_small_talk() -> None:
    assert "small.yes" not in asked("seriktes", "draw").say("ага, да").keys


def test_a_yes_to_forgetting_asks_again_and_destroys_nothing() -> None:
    talk = known().say("сотри всё").say("ага, да")
    assert talk.keys == ["privacy.sure"]
    assert talk.say("не-а").keys == ["privacy.kept"]


# what is kept


def test_what_is_kept_is_told_as_it_is() -> None:
    talk = known().say("что ты хранишь")
    assert {"mydata.kept", "mydata.now", "mydata.promotion", "mydata.no_phone"} <= set(talk.keys)
    assert "mydata.purchases" not in talk.keys
    assert talk.ids[0] == "forget"
    bought = [{"at": "2026-01-12", "lottery": "Keno", "amount_kzt": 500}]
    assert "mydata.purchases" in known(slots={"purchases": bought}).say("что ты хранишь").keys
