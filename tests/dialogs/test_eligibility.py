"""May I take part: asked step by step, with the way back, corrected, skipped, stopped; the answer names each criterion and what is next."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loading import load_phrases
from dialogs.messages import Phrase
from domain.eligibility import questions_of, rulings
from domain.rulebook import LANGUAGES, Language
from tests.dialogs.library import Published
from tests.dialogs.talk import Talk, known
from tests.domain.given import PROMOTIONS

LIBRARY = Published(PROMOTIONS)
PHRASES = load_phrases()
RUNNING = datetime.fromisoformat("2024-03-20T12:00:00+05:00")
ASKED = [
    (slug, name)
    for slug, promotion in PROMOTIONS.items()
    for name in (*questions_of(promotion), *rulings(promotion).silent)
]
SAID = {
    "first_contact_days_after_draw": "три",
    "connected_at": "12 марта 2024",
    "ekassa_connected_at": "12.09.2022",
    "receipts_via_app": "сентябрь 6, октябрь 7",
    "earlier_ekassa_since": "15.03.2022",
    "age": "25",
    "age_at_purchase": "25 жас",
    "accounts": "1",
}


def asked(slug: str, question: str, language: Language = "ru", now: datetime | None = None) -> Talk:
    talk = known(language, slug)
    talk.library, talk.now = LIBRARY, now or talk.now
    return talk.tap(f"check.{slug}.{question}")


def check(talk: Talk) -> Any:
    return talk.conversation.slots.get("check") or {}


def choose(talk: Talk, answer: int | str) -> Talk:
    """The n-th answer under the question, or `skip`, `done`."""
    return talk.press(f"fact.{check(talk)['run']}.{check(talk)['current']}.{answer}")


def answers(talk: Talk, *given: int | str) -> Talk:
    for each in given:
        talk = (
            talk.say(each.removeprefix("say "))
            if isinstance(each, str) and each.startswith("say ")
            else choose(talk, each)
        )
    return talk


def lines(talk: Talk) -> list[str]:
    """Each criterion of the verdict with its sign, in Russian, in the order in which it is shown."""
    shown = [phrase for phrase in talk.phrases if phrase.key in ("check.met", "check.not_met", "check.not_known")]
    return [f"{phrase.key.removeprefix('check.')} {phrase.params['criterion'].ru}" for phrase in shown]  # type: ignore[union-attr]


def text(talk: Talk) -> str:
    shown = "\n".join(PHRASES.render(outgoing, talk.language).text for outgoing in talk.said)
    return re.sub("[\ue000-\uf8ff]", "", shown)


def test_one_short_question_at_a_time_leads_to_an_answer_criterion_by_criterion() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "say 12 марта 2024", "say ни разу")
    assert talk.keys[0] == "verdict.eligible"
    assert [line.split()[0] for line in lines(talk)] == ["met"] * len(lines(talk))
    assert "п. 5" in text(talk)


def test_taking_part_also_tells_by_when_the_organiser_draws_and_by_which_clause() -> None:
    talk = answers(asked("seriktes", "draw", now=RUNNING), 0, 0, "say 12 марта 2024", "skip")
    assert talk.phrase("verdict.draw_by").params["day"].isoformat() == "2024-04-20"  # type: ignore[union-attr]
    assert "п. 7" in text(talk)


def test_a_no_comes_at_once_and_asks_nothing_more() -> None:
    talk = choose(asked("seriktes", "draw"), 1)
    assert talk.keys[0] == "verdict.not_eligible"
    assert lines(talk)[0] == "not_met Клиент – ТОО"


def test_what_a_person_can_still_change_comes_first_and_is_the_next_step() -> None:
    talk = answers(asked("seriktes", "draw", now=RUNNING), 0, 1)
    assert lines(talk)[0] == "not_met Пакет SERIKTES"
    assert "verdict.do" in talk.keys
    assert "verdict.ended" not in talk.keys


def test_what_nobody_can_change_any_more_is_not_offered_as_a_next_step() -> None:
    talk = choose(asked("seriktes", "draw", now=RUNNING), 1)
    assert "verdict.final" in talk.keys
    assert "verdict.do" not in talk.keys


def test_after_the_end_the_answer_says_how_it_would_have_been() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 1)
    assert "verdict.ended" in talk.keys
    assert "verdict.do" not in talk.keys


def test_a_winner_can_still_act_after_the_end_and_is_told_how() -> None:
    talk = answers(asked("seriktes", "receive_prize"), "say 3", 1)
    assert talk.phrase("verdict.do").params["criterion"].ru == "Регистрация на Ismet.kz"  # type: ignore[union-attr]


def test_what_is_missing_is_named_and_can_be_answered_at_once() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "skip", "skip")
    assert talk.keys[0] == "verdict.cannot_say_fact_missing"
    assert "Какого числа Вы подключили пакет?" in text(talk)
    talk.press("factfix.").say("12.03.2024")
    assert talk.keys[0] == "verdict.eligible"


def test_where_the_rules_are_silent_the_open_question_is_said_with_the_nearest_clause() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "say 12.03.2024", 0)
    assert talk.keys[0] == "verdict.cannot_say_rules_silent"
    assert "победитель прошлого месяца" in text(talk)
    assert "person" in talk.ids


def test_a_question_that_the_rules_answer_alone_speaks_of_the_rules_and_not_of_answers() -> None:
    talk = asked("seriktes", "prize_in_cash")
    assert talk.keys[0] == "verdict.not_eligible_by_rules"


def test_back_asks_the_question_before_and_forgets_its_answer() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0).press("factback.")
    assert (check(talk)["current"], check(talk)["facts"]) == ("package", {"legal_form": "TOO"})


def test_every_answer_is_listed_by_number_and_can_be_given_anew() -> None:
    talk = answers(asked("seriktes", "draw"), 1)
    run = check(talk)["run"]
    talk.tap(f"factfix.{run}")
    assert "1. Как оформлен Ваш бизнес? ИП" in text(talk)
    answers(talk.tap(f"factfix.{run}.legal_form"), 0)
    assert (check(talk)["facts"]["legal_form"], check(talk)["current"]) == ("TOO", "package")


def test_a_corrected_answer_takes_with_it_what_was_only_asked_because_of_it() -> None:
    talk = answers(asked("kasipker", "draw"), 1, 0, "say 12.03.2024", 0, 0, "say 01.04.2024", "say нет")
    run = check(talk)["run"]
    assert "services_added_at" in check(talk)["facts"]
    choose(talk.tap(f"factfix.{run}.kazakhtelecom_client_before"), 1)
    assert not {"added_services_to_package", "services_added_at"} & {*check(talk)["facts"]}
    assert talk.keys[0].startswith("verdict.")


def test_stopping_forgets_the_answers() -> None:
    talk = answers(asked("seriktes", "draw"), 0).tap("checkstop")
    assert check(talk) == {}
    assert talk.ids == ["check", "menu"]


def test_a_wrong_answer_is_said_to_be_wrong_and_the_question_stands_again() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "say 31.02.2024")
    assert talk.keys[:2] == ["check.no_such_day", "check.ask"]
    assert "connected_at" not in check(talk)["facts"]


@pytest.mark.parametrize(
    "words", ["кто платит налог?", "салық төлеу керек пе", "спасибо", "а 12 марта кто платит налог за приз?"]
)
def test_a_question_in_the_middle_is_answered_and_ours_is_asked_again(words: str) -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0)
    first = talk.say(words).said[0].parts[0].key
    assert not first.startswith(("check.", "verdict."))
    assert talk.said[-1].parts[-1].key == "check.ask"
    assert check(talk)["current"] == "connected_at"
    assert talk.say("12.03.2024").keys[0] in ("check.ask", "verdict.eligible")


def test_a_person_who_is_called_in_the_middle_hears_no_more_questions() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0).say("позовите сотрудника")
    assert talk.conversation.handoff is not None
    assert "check.ask" not in talk.keys


def test_buttons_of_another_promotion_or_an_older_check_are_out_of_date() -> None:
    talk = asked("seriktes", "draw")
    run = check(talk)["run"]
    talk.tap("promotion.kasipker").tap(f"fact.{run}.legal_form.1")
    assert talk.keys == ["start.out_of_date"]
    assert talk.tap(f"factfix.{run}").keys == ["start.out_of_date"]


def test_several_items_are_ticked_one_by_one() -> None:
    talk = answers(asked("double-chance", "receive_prize"), "say 3", 0, 2)
    assert [phrase.key for phrase in talk.phrases] == ["check.ask"]
    assert [option.label.key for option in talk.options[:3]] == ["check.ticked", "button.clause", "check.ticked"]
    assert check(answers(talk, 2, "done"))["facts"]["documents"] == ["id"]


def test_who_refused_to_sign_is_not_shown_a_signed_act() -> None:
    for slug in ("seriktes", "kasipker"):
        days = ("say 3", "say 5") if slug == "kasipker" else ("say 3",)
        talk = answers(asked(slug, "receive_prize"), *days, 0, 2)
        assert "not_met Победитель не отказался подписать акт" in lines(talk)
        assert not any("Акт вручения подписан" in line for line in lines(talk))


def test_a_hand_signature_leads_to_the_questions_that_the_rules_ask_of_it() -> None:
    talk = answers(asked("seriktes", "receive_prize"), "say 3", 0, 1)
    assert check(talk)["current"] == "can_sign_with_eds"
    assert check(answers(talk, 1))["current"] == "organizer_approved_manual_signing"
    ismet = answers(asked("ismet-app", "receive_prize"), "say 3", 0, 1, 1)
    assert check(ismet)["current"] == "valid_reason"


def test_who_was_not_in_touch_yet_is_asked_how_long_ago_the_draw_was() -> None:
    talk = answers(asked("seriktes", "receive_prize"), 0)
    assert check(talk)["current"] == "today_days_after_draw"
    assert lines(talk.say("11"))[0] == "not_met Выйти на связь в течение 10 дней с момента розыгрыша"


def test_an_existing_client_is_not_judged_before_being_asked() -> None:
    talk = choose(asked("kasipker", "draw"), 0)
    assert not any("действующего клиента" in line for line in lines(talk))
    unsure = answers(asked("kasipker", "draw"), 1, 0, "say 12.03.2024", "skip", "skip")
    assert [line for line in lines(unsure) if "действующего клиента" in line][0].startswith("not_known")


def test_a_bonus_credit_is_not_measured_by_the_consent_for_goods() -> None:
    talk = answers(asked("january-surprise", "receive_prize"), 1, 1)
    assert not any("ценного приза" in line for line in lines(talk))
    assert check(asked("january-surprise", "electronic_delivery"))["current"] == "prize"
    assert choose(asked("january-surprise", "electronic_delivery"), 1).keys[0] == "verdict.eligible"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("slug", "question"), ASKED)
@pytest.mark.parametrize("answer", [0, 1, "skip"])
def test_every_question_of_every_promotion_comes_to_an_answer_with_a_way_on(
    slug: str, question: str, answer: int | str, language: Language
) -> None:
    talk = asked(slug, question, language)
    for _ in range(25):
        current = check(talk).get("current")
        if not current:
            break
        assert len(text(talk)) <= 260, text(talk)
        fact = rulings(PROMOTIONS[slug]).facts[current]
        if fact.type in ("number", "date", "table") and answer != "skip":
            talk.say(
                SAID.get(current, "5")
                if fact.type != "table" or current in SAID
                else "10.05.2025"
                if slug == "double-chance"
                else "12.01 600 тыс"
            )
        else:
            choose(
                choose(talk, 0) if fact.type == "list" and answer == 0 else talk,
                "done" if fact.type == "list" and answer != "skip" else answer,
            )
    assert talk.keys[0].startswith("verdict.")
    assert "menu" in talk.ids
    assert (
        "п." in text(talk)
        or "тарма" in text(talk)
        or "кесте" in text(talk)
        or "нормативн" in text(talk)
        or "раздел" in text(talk)
    )


taps = st.sampled_from(
    [
        "option 0",
        "option 1",
        "option 2",
        "option 3",
        "option 4",
        "option -1",
        "factback",
        "factfix",
        "checkstop",
        "menu",
        "old",
    ]
)
typed = st.sampled_from(
    [
        "да",
        "жоқ",
        "12.03.2024",
        "31.02.2024",
        "три",
        "17",
        "не знаю",
        "кто платит налог?",
        "🙂",
        "12.01 600 тыс",
        "чеков 6",
        "меню",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ASKED), st.lists(taps | typed | st.text(max_size=30), max_size=14), st.sampled_from(LANGUAGES))
def test_whatever_is_tapped_or_typed_there_is_a_next_step(
    which: tuple[str, str], events: list[str], language: Language
) -> None:
    talk = asked(*which, language)
    offered = talk.ids
    for event in events:
        if event.startswith("option ") and offered:
            talk.tap(offered[int(event.split()[1]) % len(offered)])
        elif event == "old":
            talk.tap("fact.gone.legal_form.0")
        elif event in ("factback", "factfix", "checkstop", "menu"):
            ids = [id for id in offered if id.startswith(event)]
            talk.tap(ids[0] if ids else event)
        else:
            talk.say(event)
        assert talk.said
        assert all(isinstance(phrase, Phrase) for phrase in talk.phrases)
        offered = talk.ids or offered
        assert offered
        text(talk)
