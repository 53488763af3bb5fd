"""An answer is the sentence that was asked for, with its clause; a word that may mean several things is asked back."""

from __future__ import annotations

import pytest

from dialogs.turn import QuestionAsked
from tests.dialogs.library import ALFA, POINTS
from tests.dialogs.talk import Talk, known


def test_an_answer_is_the_sentence_that_was_asked_for_and_the_clause_it_stands_on() -> None:
    talk = known().say("кто платит налог?")
    assert talk.keys[:2] == ["reply.stated", "place.clause"]
    assert talk.phrase("reply.stated").params["say"].ru == "Налог платит победитель"  # type: ignore[union-attr]
    assert talk.phrase("place.clause").params["number"] == "3"
    assert "rules.quote" not in talk.keys


def test_the_quotation_of_the_clause_stands_folded_below() -> None:
    talk = known().say("кто платит налог?")
    quote = next(phrase for phrase in talk.folded if phrase.key == "rules.quote")
    assert quote.params["promotion"] == ALFA.name
    assert quote.params["text"] == ALFA.rulebook.cite("3").text


def test_where_nothing_can_be_folded_a_button_opens_the_clause() -> None:
    talk = known().say("кто платит налог?")
    assert [option.id for option in talk.options if option.unfolds] == ["clause.alfa.2"]
    assert talk.press("clause.alfa.2").keys[:2] == ["rules.answer", "rules.quote"]


def test_a_clause_without_points_answers_as_a_whole() -> None:
    said = known().say("таблица").phrase("reply.stated").params["say"]
    assert said.ru == ALFA.rulebook.cite("table 1").answer.ru  # type: ignore[union-attr]


@pytest.mark.parametrize(("question", "language"), [("кто платит налог?", "ru"), ("салықты кім төлейді?", "kk")])
@pytest.mark.parametrize("own", ["kk", "ru"])
def test_the_reply_comes_in_the_language_of_the_question(question: str, language: str, own: str) -> None:
    talk = known(own).say(question)  # type: ignore[arg-type]
    assert talk.language == language
    assert talk.conversation.language == own


def test_where_the_question_does_not_tell_its_language_the_persons_own_is_used() -> None:
    assert known("kk").say("2024/12").language == "kk"


def test_a_tap_is_answered_in_the_language_of_its_button() -> None:
    talk = known("ru").say("салықты кім төлейді?").press("menu")
    assert talk.language == "kk"
    assert talk.say("100500").language == "kk", "what tells no language goes on in the last one"


def test_a_translation_is_called_one_and_its_original_one_tap_away() -> None:
    talk = known("kk").say("салық")
    assert "rules.quote_translated" in [phrase.key for phrase in talk.folded]
    talk.press("original.alfa")
    assert talk.keys[0] == "rules.original"
    assert talk.phrase("rules.original").params["text"] == ALFA.rulebook.cite("3").text.ru


def test_the_organisers_own_words_need_no_such_button() -> None:
    talk = known("ru").say("налог")
    assert "rules.quote" in [phrase.key for phrase in talk.folded]
    assert not [id for id in talk.ids if id.startswith("original")]


def test_a_note_of_ours_stands_folded_after_the_quotation() -> None:
    talk = known().say("кто?")
    assert [phrase.key for phrase in talk.folded if phrase.key.startswith("rules.")] == ["rules.quote", "rules.note"]
    assert "rules.note" not in talk.keys
    assert "rules.note" not in [phrase.key for phrase in known().say("налог").folded]


def test_that_a_promotion_has_ended_is_said_with_the_first_answer_only() -> None:
    talk = known().say("налог")
    assert "promotion.over" in talk.keys
    assert "promotion.over" not in talk.say("кто?").keys


def test_a_table_is_shown_as_records_that_a_phone_can_hold() -> None:
    quote = next(phrase for phrase in known().say("таблица").folded if phrase.key == "rules.quote")
    shown = quote.params["text"]
    assert shown.ru.splitlines() == [  # type: ignore[union-attr]
        "Таблица 1",
        "Месяц: январь · Приз: 600 000",
        "Месяц: февраль",
    ]
    assert "|" not in shown.kk  # type: ignore[union-attr]


# did you mean


def test_of_two_close_clauses_the_person_chooses() -> None:
    talk = known().say("где приз?")
    assert talk.keys[0] == "rules.meant"
    assert talk.keys.count("rules.meant_line") == 2
    assert talk.phrase("rules.meant_line").params["title"] == POINTS["collect"].say
    assert talk.ids == ["clause.alfa.3", "clause.alfa.4", "else", "menu"]
    talk.press("clause.alfa.3")
    assert "rules.answer" in talk.keys
    assert "vote.up.alfa.3" in talk.ids


def test_none_of_them_leaves_a_way_on() -> None:
    talk = known().say("где приз?").press("else")
    assert {"rules", "person", "menu"} <= set(talk.ids)
    assert not [id for id in talk.tap("clause.alfa.3").ids if id.startswith("vote")]


def test_a_clause_that_is_looked_up_later_does_not_answer_that_question() -> None:
    talk = known().say("где приз?").say("правила").press("section.alfa.tax").press("clause.alfa.2")
    assert "rules.answer" in talk.keys
    assert not [id for id in talk.ids if id.startswith("vote")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("какая погода", "offtopic"), ("ауа райы қандай", "offtopic"), ("дурак", "abuse"), ("ақымақ", "abuse")),
        *(("спасибо", "thanks"), ("рақмет", "thanks"), ("как дела", "smalltalk"), ("здравствуйте", "greeting")),
    ],
)
@pytest.mark.parametrize("promotion", ["alfa", None])
def test_what_is_no_question_gets_a_short_courteous_turn(text: str, kind: str, promotion: str | None) -> None:
    talk = known("ru", promotion).say(text)
    assert len(talk.said) == 1
    assert talk.options
    assert talk.keys[0] == (f"rules.{kind}" if kind in ("offtopic", "smalltalk") else f"small.{kind}") or (
        (kind, promotion, talk.keys[0]) == ("greeting", None, "promotion.which")
    )


def test_questions_are_kept_with_what_became_of_them_and_without_the_person() -> None:
    (asked,) = known().say("кто платит налог? мой телефон +7 701 123 45 67, aigerim@mail.kz").effects
    assert isinstance(asked, QuestionAsked)
    assert (asked.promotion, asked.language, asked.result, asked.clauses) == ("alfa", "ru", "answer", ("3",))
    assert "701" not in asked.text
    assert "@" not in asked.text
    (asked,) = known().say("парковка").effects
    assert isinstance(asked, QuestionAsked)
    assert asked.result == "rules_silent"


@pytest.mark.parametrize("text", ["спасибо", "как дела"])
def test_small_talk_is_not_kept(text: str) -> None:
    assert known().say(text).effects == ()


def test_abuse_is_kept_as_its_kind_for_the_organiser_and_without_the_person() -> None:
    (told,) = known().say("дурак").effects
    assert isinstance(told, QuestionAsked)
    assert told.result == "abuse"


# language


@pytest.mark.parametrize("ask", ["налог", "таблица"])
def test_changing_the_language_says_the_last_answer_again(ask: str) -> None:
    talk = known("ru").say(ask)
    before = talk.phrase("reply.stated").params["say"]
    talk.tap("language.kk")
    assert talk.phrase("reply.stated").params["say"] == before
    assert talk.language == "kk"
    assert [id for id in talk.ids if id.startswith("vote.up")]


def test_where_there_was_no_answer_the_promotion_is_introduced_again() -> None:
    assert known("ru").say("ыыы").tap("language.kk").keys[0] == "promotion.chosen"


@pytest.mark.parametrize(
    ("word", "language"), [("қазақша", "kk"), ("русский", "ru"), ("/kk", "kk"), ("по-русски", "ru")]
)
def test_the_language_is_changed_by_a_word_too(word: str, language: str) -> None:
    assert Talk().say("налог").say(word).conversation.language == language


# without typing


def test_rules_are_read_by_sections_without_typing() -> None:
    talk = known().say("правила")
    assert talk.ids == [
        *(f"section.alfa.{name}" for name in ("dates", "who", "prizes", "claim", "tax", "contacts")),
        "menu",
    ]
    talk.press("section.alfa.who")
    assert talk.ids[:2] == ["clause.alfa.1", "rules"]
    talk.press("clause.alfa.1")
    assert talk.keys[:2] == ["rules.answer", "rules.quote"]


def test_prizes_are_listed_with_their_clause_and_amounts() -> None:
    talk = known().tap("prizes")
    assert talk.keys.count("prize.line") == 1
    assert talk.keys.count("prize.line_unknown") == 1
    assert talk.keys.count("place.table") == 3
    assert "prize.fund" in talk.keys


@pytest.mark.parametrize("id", ["rules", "prizes"])
def test_without_a_promotion_one_is_chosen_first(id: str) -> None:
    assert known("ru", None).tap(id).keys[0] == "promotion.which"
