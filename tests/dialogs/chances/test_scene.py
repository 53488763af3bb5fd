"""My chances: purchases in free form, shown back, corrected, counted period by period; what if; nothing is urged, nothing is half kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.loading import load_phrases
from domain.rulebook import LANGUAGES, Language
from tests.dialogs.library import Published
from tests.dialogs.talk import Talk, known
from tests.domain.given import PROMOTIONS

LIBRARY = Published(PROMOTIONS)
PHRASES = load_phrases()
THURSDAY = datetime.fromisoformat("2026-01-15T12:00:00+05:00")
AFTER = datetime.fromisoformat("2026-11-20T12:00:00+05:00")
THREE_DAYS = "12.01 600 тыс кено\n13 января бинго 450 000\n14.01 500 тыс лото плюс"


def person(now: datetime = THURSDAY, language: Language = "ru", slug: str = "january-surprise") -> Talk:
    talk = known(language, slug)
    talk.library, talk.now = LIBRARY, now
    return talk.tap("chances")


def kept(talk: Talk, slot: str = "purchases") -> Any:
    return talk.conversation.slots.get(slot) or []


def text(talk: Talk) -> str:
    shown = "\n".join(PHRASES.render(outgoing, talk.language).text for outgoing in talk.said)
    return re.sub("[\ue000-\uf8ff]", "", shown).replace("\u00a0", " ")


def decided(point: str, choice: str) -> Published:
    """The library after the organiser has settled a point."""
    promotion = PROMOTIONS["january-surprise"]
    said = {"settled": choice, "settled_on": date(2026, 1, 7), "source": "письмо АО «Сәтті Жұлдыз»"}
    points = tuple(replace(each, **said) if each.id == point else each for each in promotion.open_points)  # type: ignore[arg-type]
    return Published({**PROMOTIONS, promotion.slug: replace(promotion, open_points=points)})


def test_a_point_that_the_organiser_settled_makes_the_answer_definite_and_is_named_as_its_source() -> None:
    bonus_day = "12.01 750 тыс кено\n13.01 750 тыс кено\n14.01 5 тыс кено бонусами"
    talk = person().say(bonus_day)
    talk.library = decided("O-1", "counts")
    said = text(talk.tap("chances.keep"))
    assert "Шансов заработано: 1" in said
    assert (
        "решение организатора (7 января 2026 года, письмо АО «Сәтті Жұлдыз»): Считается ли одним из трёх дней" in said
    )
    plain = person().say(THREE_DAYS)
    plain.library = decided("O-1", "counts")
    assert "решение организатора" not in text(plain.tap("chances.keep"))


@pytest.mark.parametrize("text_", [THREE_DAYS, "12.01 600 тыс кено", "12 қаңтарда 600 мың теңге бинго\n31.02 5 тыс"])
def test_purchases_pasted_before_anybody_asked_for_them_are_taken_for_what_they_are(text_: str) -> None:
    talk = known("ru", "january-surprise")
    talk.library, talk.now = LIBRARY, THURSDAY
    assert talk.say(text_).keys[0] == "chances.understood"


@pytest.mark.parametrize(
    "text_", ["розыгрыш 12.01 на 500 000 тенге", "12.01 600 тыс кено?", "600 тыс", "приз 500 000 12 января", "12.01"]
)
def test_a_question_with_a_day_and_a_sum_is_still_a_question(text_: str) -> None:
    talk = known("ru", "january-surprise")
    talk.library, talk.now = LIBRARY, THURSDAY
    assert "chances.understood" not in talk.say(text_).keys


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", [THREE_DAYS, "12.01 600 мың кено\n13 қаңтар бинго 450 000\n14.01 500 мың лото плюс"])
def test_purchases_are_shown_back_before_anything_is_counted(typed: str, language: Language) -> None:
    talk = person(language=language).say(typed)
    assert talk.keys[0] == "chances.understood"
    assert "600 000 ₸" in text(talk)
    assert (len(kept(talk, "draft")), kept(talk)) == (3, [])


def test_what_is_confirmed_is_counted_by_period_with_what_is_missing_and_the_days_left() -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep")
    said = text(talk)
    for part in (
        *("Шансов заработано: 1", "Период 2: учтено 1 550 000 ₸, дней покупок: 3, шансов: 1"),
        *(
            "🟩🟩🟩🟩⬜⬜⬜⬜⬜⬜\nСобрано 1 550 000 ₸ из 3 400 000 ₸",
            "не хватает: 1 850 000 ₸",
            "осталось дат: 4",
            "п. 3.1",
        ),
    ):
        assert part in said
    assert (len(kept(talk)), kept(talk, "draft")) == (3, [])


def test_a_day_paid_with_bonuses_is_open_and_said_as_at_least_with_the_silent_clause() -> None:
    said = text(person().say("12.01 кено 600 тыс\n13.01 кено 450 тыс\n14.01 кено 500 тыс бонусами").tap("chances.keep"))
    assert "дней покупок: не меньше 2" in said
    assert "п. 3.4), поэтому здесь только то, что верно при любом прочтении" in said


def test_after_the_end_the_chances_are_told_as_gone() -> None:
    said = text(person(AFTER).say(THREE_DAYS).tap("chances.keep"))
    assert "Шансов заработано: 1" in said
    assert "Неиспользованные шансы действовали до" in said
    assert "а если куплю" not in said


def test_one_line_can_be_removed_by_button_or_word_or_written_anew() -> None:
    talk = person().say(THREE_DAYS).tap("chances.fix").press("chances.drop.2.")
    assert [row["lottery"] for row in kept(talk, "draft")] == ["Keno", "Loto Plus"]
    assert [row["lottery"] for row in kept(talk.say("убрать строку 1"), "draft")] == ["Loto Plus"]
    assert [row["amount_kzt"] for row in kept(talk.say("1) 14.01 700 тыс лото плюс"), "draft")] == [700_000]
    assert kept(talk.say("1-жолды алып таста"), "draft") == []


def test_a_remove_button_of_an_older_list_removes_nothing() -> None:
    talk = person().say(THREE_DAYS).tap("chances.drop.1.7")
    assert talk.keys == ["start.out_of_date"]
    assert len(kept(talk, "draft")) == 3


def test_more_purchases_are_added_to_those_that_are_kept() -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep").say("15.01 100 тыс кено")
    assert len(kept(talk, "draft")) == 4
    assert len(kept(talk)) == 3
    assert len(kept(talk.tap("chances.keep"))) == 4


def test_a_draft_that_was_left_is_shown_again_and_not_forgotten() -> None:
    talk = person().say(THREE_DAYS).tap("menu").tap("chances")
    assert talk.keys[0] == "chances.understood"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("31.02 500 тыс", "нет в календаре"),
        ("-500 000 12.01", "меньше нуля"),
        ("20.01 500 тыс кено", "ещё не наступил"),
        ("12.01 $500 кено", "правила считают в тенге"),
        ("12.01 600 тыс 100 евро", "правила считают в тенге"),
        ("12.01 600,50 кено", "сумма не указана"),
        ("12.01 25:70 600 тыс", "не бывает"),
        ("12.01 99999999 млн", "слишком большая"),
        ("x" * 10_000, "нужны день и сумма"),
    ],
)
def test_a_line_that_cannot_be_counted_is_named_with_its_reason_and_nothing_of_it_is_kept(
    line: str, words: str
) -> None:
    talk = person().say(f"12.01 600 тыс кено\n{line}")
    assert words in text(talk)
    assert len(kept(talk, "draft")) == 1
    alone = person().say(line)
    assert words in text(alone)
    assert (kept(alone, "draft"), kept(alone)) == ([], [])


def test_of_many_bad_lines_a_few_are_named_and_the_rest_counted() -> None:
    talk = person().say("\n".join(f"31.02 {n} тыс" for n in range(1, 41)))
    assert len([key for key in talk.keys if key == "purchase.fault"]) == 5
    assert talk.phrase("chances.more_faults").params["number"] == 35


def test_a_hundred_pasted_lines_are_read_and_more_than_fit_are_refused_as_a_whole() -> None:
    rows = "\n".join(f"{6 + n % 9:02}.01 {100 + n} тыс кено" for n in range(100))
    talk = person().say(rows)
    assert len(kept(talk, "draft")) == 100
    assert [id for id in talk.tap("chances.fix").ids if id.startswith("chances.drop")] == [
        f"chances.drop.{n}.100" for n in range(1, 16)
    ]
    assert "chances.drop.16.100" in talk.tap("chances.fix.15").ids
    over = talk.say(rows).say(rows).say(rows)
    assert over.keys == ["chances.too_many"]
    assert len(kept(over, "draft")) == 300


def test_where_the_hour_decides_about_the_period_it_is_asked_for() -> None:
    assert "chances.add_time" in person().say("11.01 600 тыс кено").keys
    assert "chances.add_time" in person().say("11.01 600 тыс кено").tap("chances.keep").keys
    assert "chances.add_time" not in person().say("11.01 18:30 600 тыс кено").keys


def test_what_we_assumed_and_what_lies_outside_is_said() -> None:
    talk = person(AFTER).say("12.01 600 тыс\nвчера 100 тыс кено")
    assert "chances.lottery_assumed" in talk.keys
    assert talk.phrase("chances.outside").params["number"] == 1


def test_a_question_among_the_purchases_is_answered_and_the_purchases_stay() -> None:
    talk = person().say(THREE_DAYS).say("кто платит налог?")
    assert talk.keys[0] == "reply.stated"
    assert talk.said[-1].parts[0].key == "chances.understood"
    assert len(kept(talk, "draft")) == 3


@pytest.mark.parametrize(
    "question",
    [
        *(
            "а если куплю на 400 000 завтра?",
            "что будет, если завтра куплю на 400 тыс",
            "если бы я купил 16.01 на 400 тыс",
        ),
        *("егер ертең 400 000-ға алсам ше?", "ертең 400 мыңға алсам не болады?"),
    ],
)
def test_what_if_answers_and_keeps_nothing(question: str) -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep")
    before = talk.conversation.slots
    talk.say(question)
    assert talk.keys[0] == "chances.what_if"
    assert "1 950 000 ₸" in text(talk)
    assert talk.conversation.slots == before


@pytest.mark.parametrize("question", ["а если завтра куплю на полмиллиона?", "егер ертең жарты миллионға алсам ше?"])
def test_what_if_hears_a_half_in_words(question: str) -> None:
    talk = person().say(question)
    assert talk.keys[0] == "chances.what_if"
    assert "500 000 ₸" in text(talk)


def test_what_if_on_a_day_that_does_not_exist_is_told_so() -> None:
    assert "нет в календаре" in text(person().say("а если куплю 31 февраля на 500 тыс?"))


@pytest.mark.parametrize(
    "question", ["если я выиграл 600 000, какой налог?", "если мне 17 лет, можно?", "а если приз не забрать?"]
)
def test_a_question_that_begins_with_if_is_not_taken_for_a_purchase(question: str) -> None:
    talk = known("ru", "january-surprise")
    talk.library = LIBRARY
    assert "chances.what_if" not in talk.say(question).keys


def test_no_answer_urges_anybody_to_buy() -> None:
    talk = person().say("12.01 600 тыс кено").tap("chances.keep")
    assert not re.search(r"\b(?:купите|покупайте|успейте|докупите|спешите|торопитесь)\b", text(talk), re.IGNORECASE)


def test_the_other_promotions_tell_entries_and_no_odds_without_a_list() -> None:
    talk = person(AFTER, slug="seriktes")
    assert talk.keys == ["chances.need_check"]
    talk.tap("check.seriktes.draw").press("fact.").press("fact.").say("12.03.2024").say("ни разу").tap("chances")
    assert "март 2024" in text(talk)
    assert "entries.odds" in talk.keys
    assert "listed" in talk.ids
