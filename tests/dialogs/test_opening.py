"""How a talk begins: a question is answered at once, everything else is greeted in both languages."""

from __future__ import annotations

import pytest

from dialogs.turn import Audited, QuestionAsked
from tests.dialogs.talk import Talk, known


@pytest.mark.parametrize(
    ("question", "language", "other"),
    [
        ("Кто может участвовать в акции Альфа?", "ru", "language.kk"),
        ("Альфа акциясына кім қатысады?", "kk", "language.ru"),
    ],
)
def test_a_first_question_is_answered_at_once_and_the_language_offered(
    question: str, language: str, other: str
) -> None:
    talk = Talk().say(question)
    assert "reply.stated" in talk.keys
    assert talk.language == language
    assert other in talk.ids
    assert talk.conversation.promotion == "alfa"


@pytest.mark.parametrize("text", ["здравствуйте", "сәлем", "🙂", "спасибо", "какая погода", "Альфа", "дурак"])
def test_a_first_message_that_is_no_question_is_greeted_in_both_languages(text: str) -> None:
    talk = Talk().say(text)
    assert talk.keys == ["start.hello"]
    assert talk.said[0].both
    assert talk.ids == ["language.kk", "language.ru"]


def test_nobody_is_greeted_twice_in_a_row() -> None:
    talk = Talk().say("здравствуйте").say("спасибо")
    assert talk.keys == ["small.thanks"]
    assert "language.kk" in talk.ids
    assert talk.say("какая погода").keys == ["rules.offtopic"]
    assert talk.say("здравствуйте").keys[0] == "promotion.which"


def test_a_first_message_without_words_is_greeted_too() -> None:
    assert Talk().say("👍").keys == ["start.hello"]


def test_the_language_that_is_chosen_stays() -> None:
    talk = Talk().say("сәлем").press("language.ru")
    assert talk.conversation.language == "ru"
    assert talk.language == "ru"
    assert talk.keys[0] == "promotion.which"
    assert Audited("language", "ru") in talk.effects


def test_promotions_are_offered_with_their_state_running_ones_first() -> None:
    talk = Talk().say("сәлем").press("language.kk")
    assert talk.ids == ["promotion.beta", "promotion.alfa"]
    assert [key for key in talk.keys if key in ("promotion.running", "promotion.ended")] == [
        "promotion.running",
        "promotion.ended",
    ]
    assert talk.phrase("promotion.running").params["time"] == "18:59:59"


def test_where_all_have_ended_that_is_said_once() -> None:
    talk = known(promotion=None)
    talk.library.promotions.pop("beta")  # type: ignore[attr-defined]
    assert talk.say("акции").keys[-1] == "promotion.all_over"


def test_a_promotion_is_chosen_from_the_list_and_introduced() -> None:
    talk = known("kk", promotion=None).say("акциялар").press("promotion.alfa")
    assert talk.conversation.promotion == "alfa"
    assert talk.keys == ["promotion.chosen", "place.clause", "promotion.over", "start.ask"]
    assert {"rules", "prizes", "promotions", "person", "help", "forget"} <= set(talk.ids)


# links


def test_a_link_leads_to_its_promotion_once_the_language_is_chosen() -> None:
    talk = Talk().hear("start", "alfa")
    assert talk.keys == ["start.hello"]
    talk.press("language.kk")
    assert (talk.keys[0], talk.conversation.promotion, talk.language) == ("promotion.chosen", "alfa", "kk")


def test_a_link_of_somebody_known_leads_there_at_once() -> None:
    talk = known("ru", "alfa").hear("start", "BETA")
    assert (talk.keys[0], talk.conversation.promotion) == ("promotion.chosen", "beta")


@pytest.mark.parametrize("payload", ["", "nothing", "../alfa", "alfa beta", "ы" * 500])
def test_a_link_to_nothing_begins_as_any_talk(payload: str) -> None:
    assert Talk().hear("start", payload).keys == ["start.hello"]
    assert known("ru", None).hear("start", payload).keys[0] == "promotion.which"


def test_the_first_word_of_a_whatsapp_link_names_the_promotion() -> None:
    talk = Talk().say("Альфа").press("language.ru")
    assert (talk.keys[0], talk.conversation.promotion) == ("promotion.chosen", "alfa")


def test_a_name_alone_changes_the_promotion() -> None:
    talk = known("ru", "alfa").say("бета")
    assert (talk.keys[0], talk.conversation.promotion) == ("promotion.chosen", "beta")


# a question that names no promotion


def test_a_question_waits_until_its_promotion_is_known() -> None:
    talk = Talk().say("кто платит налог?")
    assert talk.keys == ["rules.which_promotion"]
    assert talk.ids == ["promotion.beta", "promotion.alfa", "language.kk"]
    talk.press("promotion.alfa")
    assert "reply.stated" in talk.keys
    assert any(isinstance(effect, QuestionAsked) for effect in talk.effects)
    assert "pending" not in talk.conversation.slots


def test_the_waiting_question_survives_a_change_of_language() -> None:
    talk = Talk().say("кто платит налог?").press("language.kk")
    assert (talk.keys, talk.language) == (["rules.which_promotion"], "kk")
    talk.press("promotion.alfa")
    assert ("reply.stated" in talk.keys, talk.language) == (True, "kk")


def test_the_name_of_a_promotion_answers_the_question_back() -> None:
    talk = Talk().say("кто платит налог?").say("Альфа")
    assert "reply.stated" in talk.keys


def test_naming_a_promotion_in_a_question_changes_to_it() -> None:
    talk = known("ru", "alfa").say("а в акции Бета кто участвует?")
    quote = next(phrase for phrase in talk.folded if phrase.key == "rules.quote_translated")
    assert (talk.conversation.promotion, quote.params["promotion"]) == ("beta", talk.library.promotions["beta"].name)
    assert talk.keys[0] == "answer.other_promotion"
    assert talk.press("promotion.alfa").conversation.promotion == "alfa"


@pytest.mark.parametrize(("text", "language"), [("нужен сотрудник", "ru"), ("қызметкер керек", "kk")])
def test_whoever_asks_for_a_person_first_gets_one(text: str, language: str) -> None:
    talk = Talk().say(text)
    assert (talk.keys, talk.language) == (["support.called"], language)
