"""May I take part: asked step by step, with the way back, corrected, skipped, stopped; the answer names each criterion and what is next."""

from __future__ import annotations

import pytest

from tests.dialogs.checking import RUNNING, answers, asked, check, choose, lines, text


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
    assert talk.phrase("verdict.lost").params["lost"].ru == "В этой акции участвуют только ТОО"  # type: ignore[union-attr]
    assert "verdict.do" not in talk.keys


def test_after_the_end_the_answer_says_how_it_would_have_been() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 1)
    assert "verdict.ended" in talk.keys
    assert "verdict.do" not in talk.keys


def test_a_winner_can_still_act_after_the_end_and_is_told_how() -> None:
    talk = answers(asked("seriktes", "receive_prize"), "say 3", 1)
    assert talk.phrase("verdict.do").params["do"].ru == "зарегистрируйтесь на Ismet.kz"  # type: ignore[union-attr]


def test_what_is_missing_is_named_and_can_be_answered_at_once() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "skip", "skip")
    assert talk.keys[0] == "verdict.cannot_say_fact_missing"
    assert "Какого числа Вы подключили пакет?" in text(talk)
    talk.press("factfix.").say("12.03.2024")
    assert talk.keys[0] == "verdict.eligible"


def test_where_the_rules_are_silent_the_open_question_is_said_with_the_nearest_clause() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "say 12.03.2024", 1)
    assert talk.keys[0] == "verdict.cannot_say_rules_silent"
    assert "победитель прошлого месяца" in text(talk)
    assert "person" in talk.ids


def test_a_question_that_the_rules_answer_alone_is_answered_at_once() -> None:
    talk = asked("seriktes", "prize_in_cash")
    assert talk.keys[0] == "verdict.not_eligible"
    assert "Деньгами приз не выдаётся" in text(talk)


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
    talk = answers(asked("seriktes", "draw"), 0, 0).say("нужен сотрудник")
    assert talk.conversation.handoff is not None
    assert "check.ask" not in talk.keys


def test_buttons_of_another_promotion_or_an_older_check_are_out_of_date() -> None:
    talk = asked("seriktes", "draw")
    run = check(talk)["run"]
    talk.tap("promotion.kasipker").tap(f"fact.{run}.legal_form.1")
    assert talk.keys == ["start.out_of_date"]
    assert talk.tap(f"factfix.{run}").keys == ["start.out_of_date"]


def test_a_button_of_this_check_with_something_behind_it_is_out_of_date() -> None:
    talk = choose(asked("seriktes", "draw"), 0)
    offered = [*talk.ids, f"factfix.{check(talk)['run']}", *talk.tap(f"factfix.{check(talk)['run']}").ids]
    assert {id.partition(".")[0] for id in offered} >= {"fact", "factback", "factfix", "checkstop"}
    for id in offered:
        assert talk.tap(f"{id}.1").keys == ["start.out_of_date"], id


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
    assert lines(talk.say("11"))[0] == "not_met Срок выйти на связь не пропущен: 10 дней с момента розыгрыша"


def test_who_may_still_get_in_touch_is_told_not_yet_and_what_to_do() -> None:
    talk = answers(asked("seriktes", "receive_prize"), 0).say("9")
    assert talk.keys[0] == "verdict.not_yet"
    assert lines(talk)[0] == "not_met Связаться с организатором"
    assert "verdict.do" in talk.keys


def test_an_existing_client_is_not_judged_before_being_asked() -> None:
    talk = choose(asked("kasipker", "draw"), 0)
    assert not any("действующего клиента" in line for line in lines(talk))
    unsure = answers(asked("kasipker", "draw"), 1, 0, "say 12.03.2024", "skip", "skip")
    assert next(line for line in lines(unsure) if "действующего клиента" in line).startswith("not_known")


def test_a_bonus_credit_is_not_measured_by_the_consent_for_goods() -> None:
    talk = answers(asked("january-surprise", "receive_prize"), 1, 1)
    assert not any("ценного приза" in line for line in lines(talk))
    assert check(asked("january-surprise", "electronic_delivery"))["current"] == "prize"
    assert choose(asked("january-surprise", "electronic_delivery"), 1).keys[0] == "verdict.eligible"


@pytest.mark.parametrize("words", ["сентябрь 6 октябрь 7", "қыркүйек 6, қазан 7", "сентябрь 2022: 6; октябрь 2022: 7"])
def test_receipts_of_several_months_are_taken_month_by_month(words: str) -> None:
    talk = answers(asked("ismet-app", "draw"), 0, 0, 0, "say 12.09.2022", "say не было", 0, 0, 0, 0)
    assert check(talk)["current"] == "receipts_via_app"
    assert check(talk.say(words))["facts"]["receipts_via_app"] == {"2022-09": 6, "2022-10": 7}


def test_receipts_without_their_months_are_asked_for_again() -> None:
    talk = answers(
        asked("ismet-app", "draw"),
        0,
        0,
        0,
        "say 12.09.2022",
        "say не было",
        0,
        0,
        0,
        0,
        "say 6 чеков в сентябре и октябре",
    )
    assert talk.keys[0] == "check.wrong_months"


def test_all_facts_of_a_text_are_taken_and_not_only_the_one_that_was_asked() -> None:
    talk = asked("seriktes", "draw").say("мы ТОО, серик подключили 12 марта 2024")
    assert check(talk)["facts"] == {"legal_form": "TOO", "package": "SERIKTES", "connected_at": "2024-03-12"}
    assert check(talk)["current"] == "won_in"


def test_facts_that_answer_another_question_are_taken_and_ours_is_asked_again() -> None:
    talk = answers(asked("seriktes", "draw"), 0).say("12 марта 2024 через исмет")
    assert check(talk)["facts"]["connected_at"] == "2024-03-12"
    assert check(talk)["current"] == "package"


def test_only_the_month_of_a_day_is_enough_where_every_day_of_it_answers_alike() -> None:
    talk = answers(asked("seriktes", "draw"), 0, 0, "say в марте 2024", "say ни разу")
    assert talk.keys[0] == "verdict.eligible"
    asked_again = answers(asked("seriktes", "discount"), 0, 0, "say в декабре 2024")
    assert check(asked_again)["facts"]["connected_at"] == "2024-12"


@pytest.mark.parametrize(
    ("slug", "before", "said", "fact", "value"),
    [
        ("january-surprise", (0,), "тридцать пять", "age", 35),
        ("january-surprise", (0,), "отыз бес", "age", 35),
        ("january-surprise", (0,), "елу бір жастамын", "age", 51),
        ("january-surprise", (0, "say 25"), "конечно нет", "registered_on_loto_sz", False),
        ("january-surprise", (0, "say 25"), "точно нет", "registered_on_loto_sz", False),
        ("january-surprise", (0, "say 25"), "есть не было", "registered_on_loto_sz", False),
        ("january-surprise", (0, "say 25"), "тіркелмегенмін", "registered_on_loto_sz", False),
    ],
)
def test_negated_and_worded_answers_are_understood(
    slug: str, before: tuple[int | str, ...], said: str, fact: str, value: object
) -> None:
    talk = answers(asked(slug, "participant"), *before).say(said)
    assert check(talk)["facts"][fact] == value


@pytest.mark.parametrize(
    ("slug", "question", "before", "said"),
    [
        ("january-surprise", "participant", (0,), "мне нет 18"),
        ("january-surprise", "participant", (0,), "почти 18"),
        ("january-surprise", "participant", (0,), "2008 года рождения"),
        ("january-surprise", "participant", (), "не юрлицо"),
        ("january-surprise", "participant", (0, "say 25"), "да нет наверное"),
        ("seriktes", "receive_prize", ("say 3", 0), "не от руки"),
        ("seriktes", "draw", (0, 0), "не 12 марта"),
    ],
)
def test_what_is_denied_or_half_said_is_asked_again(
    slug: str, question: str, before: tuple[int | str, ...], said: str
) -> None:
    talk = answers(asked(slug, question), *before)
    current = check(talk)["current"]
    talk.say(said)
    assert check(talk)["current"] == current
    assert current not in check(talk)["facts"]


@pytest.mark.parametrize("word", ["отмена", "Хватит!", "тоқта"])
def test_a_word_leaves_the_check(word: str) -> None:
    assert check(answers(asked("seriktes", "draw"), 0).say(word)) == {}


@pytest.mark.parametrize(
    ("slug", "question", "before", "said", "fact", "value"),
    [
        ("january-surprise", "participant", (0,), "мне не 16, а 21", "age", 21),
        ("january-surprise", "participant", (), "не физлицо, юридическое", "person", "legal entity"),
        ("seriktes", "draw", (), "мы не ИП, мы ТОО", "legal_form", "TOO"),
        ("seriktes", "draw", (0,), "не SERIKTES, другой", "package", "other"),
        ("double-chance", "draw", (0,), "теле2 нет, у меня алтел", "operator", "Altel"),
        ("seriktes", "receive_prize", ("say 3", 0), "эцқ арқылы", "act_signed", "eds"),
    ],
)
def test_what_is_denied_beside_the_right_word_leaves_the_right_word(
    slug: str, question: str, before: tuple[int | str, ...], said: str, fact: str, value: object
) -> None:
    assert check(answers(asked(slug, question), *before).say(said))["facts"][fact] == value
