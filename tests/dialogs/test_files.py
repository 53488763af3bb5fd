"""A file of purchases in the talk: it is said that it is read, shown back as typed lines are, and nothing is taken unseen or twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from dialogs.conversation import Handoff
from dialogs.files import AT_ONCE
from dialogs.messages import Attachment, PurchaseFile, RefusedRow
from dialogs.purchases import FILE, KEPT
from dialogs.turn import Fetched, Forgotten
from domain.rulebook import LANGUAGES, Language
from tests.dialogs.chances.test_scene import LIBRARY, THURSDAY, kept, person, text
from tests.dialogs.talk import Talk, known

CSV = Attachment("ref", "text/csv", "покупки.csv", 500)
PHOTO = Attachment("ref", "image/jpeg")
SEEN = ("table.reading",)


def row(day: int, amount: int = 600_000, lottery: str = "Keno") -> dict[str, Any]:
    return {
        "at": f"2026-01-{day:02}T14:30:00+05:00",
        "lottery": lottery,
        "amount_kzt": amount,
        "paid_with_bonus": False,
    }


def send(talk: Talk, *files: Attachment, text: str = "") -> list[str]:
    """The sources of the files that are to be read."""
    talk.hear("attachment", text, attachments=files or (CSV,))
    return [effect.source for effect in talk.effects if isinstance(effect, Fetched)]


def come_back(talk: Talk, source: str, *rows: dict[str, Any], **more: Any) -> Talk:
    return talk.hear("table", table=PurchaseFile(source, "january-surprise", rows=rows, **more))


def chosen(language: Language = "ru", promotion: str = "january-surprise") -> Talk:
    """A talk about a promotion, its purchases not asked for."""
    talk = known(language, promotion)
    talk.library, talk.now = LIBRARY, THURSDAY
    return talk


def asked_for_purchases(slug: str, question: str) -> Talk:
    """A check whose question of the moment is for purchases."""
    talk = chosen(promotion=slug).tap(f"check.{slug}.{question}")
    for _ in range(12):
        fact = talk.conversation.slots["check"]["current"]  # type: ignore[call-overload,index]
        if fact == "purchases":
            return talk
        if any(id.endswith(".0") for id in talk.ids):
            talk.press("fact.")
        else:
            talk.say("1" if fact == "accounts" else "25")
    raise AssertionError(f"no question for purchases in {slug}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_read_and_shown_back_and_counted_only_after_a_word(language: Language) -> None:
    talk = person(language=language)
    (source,) = send(talk)
    assert talk.keys == ["table.reading"]
    come_back(talk, source, row(12), row(13, 450_000, "Bingo"), row(14, 500_000))
    assert talk.keys[:2] == ["table.read", "chances.understood"]
    assert "450 000 ₸" in text(talk)
    assert (len(kept(talk, "draft")), kept(talk)) == (3, [])
    talk.tap("chances.keep")
    assert len(kept(talk)) == 3
    assert "1 550 000 ₸" in text(talk)


def test_a_table_is_read_at_any_moment_where_the_promotion_counts_purchases() -> None:
    talk = chosen()
    assert len(send(talk)) == 1
    talk.say("какие призы?")
    assert "chances.understood" in come_back(talk, "1/1", row(12)).keys


@pytest.mark.parametrize(
    "file", [PHOTO, Attachment("r", "application/pdf", "акт.pdf"), Attachment("r", "text/plain", "a.txt")]
)
def test_other_files_are_not_fetched_where_no_purchases_are_awaited(file: Attachment) -> None:
    talk = chosen()
    assert send(talk, file) == []
    assert "receive.attachment" in talk.keys


def test_where_purchases_are_awaited_the_kind_that_a_file_claims_is_not_believed() -> None:
    talk = person()
    for claimed in ("application/pdf", "application/octet-stream", "text/plain"):
        (source,) = send(talk, Attachment("r", claimed, "список"))
        come_back(talk, source, fault="no_table")
        assert "table.no_table" in talk.keys
    assert send(talk, PHOTO) == []
    assert talk.keys[0] == "receive.table"


def test_another_promotion_reads_no_purchases_and_asks_for_text() -> None:
    assert send(chosen(promotion="seriktes")) == []
    talk = asked_for_purchases("double-chance", "draw")
    assert send(talk) == []
    assert talk.keys[0] == "receive.table_text"
    assert talk.conversation.step == "answer"


def test_a_file_too_large_by_its_own_word_is_not_fetched() -> None:
    talk = person()
    assert send(talk, replace(CSV, size=200 * 1024 * 1024)) == []
    assert talk.keys[0] == "table.too_large"
    assert len(send(talk, replace(CSV, size=FILE))) == 1


def test_refused_rows_are_told_with_number_and_reason_a_few_and_how_many_more() -> None:
    talk = person()
    (source,) = send(talk)
    refused = tuple(RefusedRow(n, "no_such_day", f"{n}.02.2026") for n in range(30, 50))
    said = text(come_back(talk, source, row(12), refused=refused, wrong=200))
    assert "Строка 30 файла: дня «30.02.2026» нет в календаре" in said
    assert said.count("нет в календаре") == 5
    assert "195" in said
    assert len(kept(talk, "draft")) == 1


REASONS = ["repeated", "same_number", "formula", "fell", "bonus_more", "unpaid", "no_day", "no_sum", "zero", "tiyn"]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_said_in_the_persons_language(reason: str, language: Language) -> None:
    talk = person(language=language)
    (source,) = send(talk)
    assert text(come_back(talk, source, refused=(RefusedRow(7, reason, "что-то"),), wrong=1))


FAULTS = [
    "too_large",
    "columns",
    "same_columns",
    "currency",
    "password",
    "no_table",
    "damaged",
    "empty",
    "gone",
    "unreachable",
]


@pytest.mark.parametrize("fault", [*FAULTS, "too_many"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_cannot_be_read_is_answered_and_the_talk_goes_on(fault: str, language: Language) -> None:
    talk = person(language=language).say("12.01 600 тыс кено")
    (source,) = send(talk)
    come_back(talk, source, fault=fault, detail="«a»", number=10_000)
    assert talk.keys[0] == f"table.{fault}"
    assert text(talk)
    assert len(kept(talk, "draft")) == 1
    assert len(kept(talk.say("13.01 500 тыс кено"), "draft")) == 2


def test_what_a_row_or_header_holds_of_a_card_is_masked() -> None:
    talk = person()
    (source,) = send(talk)
    come_back(talk, source, refused=(RefusedRow(2, "no_such_day", "4111 1111 1111 1111"),), wrong=1)
    assert "4111" not in text(talk)


def test_the_same_file_twice_changes_nothing_and_two_files_add_up() -> None:
    talk = person()
    (first,) = send(talk)
    (second,) = send(talk)
    (third,) = send(talk)
    come_back(talk, second, row(12), row(12), row(13))
    come_back(talk, first, row(12), row(12), row(13))
    assert len(kept(talk, "draft")) == 3
    come_back(talk, third, row(13), row(14))
    assert [each["at"][:10] for each in kept(talk, "draft")] == [*["2026-01-12"] * 2, "2026-01-13", "2026-01-14"]


def test_what_was_read_has_its_effect_once() -> None:
    talk = person()
    (source,) = send(talk)
    come_back(talk, source, row(12))
    talk.tap("chances.clear")
    assert come_back(talk, source, row(12)).said == ()
    assert kept(talk, "draft") == []


def test_a_person_may_type_and_tap_while_the_file_is_read() -> None:
    talk = person()
    (source,) = send(talk)
    talk.say("11.01 20:00 700 тыс бинго")
    assert "chances.understood" in talk.keys
    come_back(talk, source, row(12))
    assert len(kept(talk, "draft")) == 2


def test_a_file_read_after_the_promotion_was_changed_says_whose_purchases_they_are() -> None:
    talk = person()
    (source,) = send(talk)
    talk.tap("promotion.seriktes")
    come_back(talk, source, row(12))
    assert talk.keys[0] == "table.other_promotion"
    assert talk.conversation.promotion == "january-surprise"


def test_only_so_many_files_at_once_and_later_ones_again() -> None:
    talk = person()
    sources = [source for _ in range(AT_ONCE) for source in send(talk)]
    assert send(talk) == []
    assert talk.keys == ["table.busy"]
    come_back(talk, sources[0], row(12))
    assert len(send(talk)) == 1
    talk.now += timedelta(hours=1)
    assert len(send(talk)) == 1, "files that never came back do not shut the door for ever"


def test_an_album_of_tables_is_read_with_one_word_about_it() -> None:
    talk = person()
    album = replace(CSV, album="7")
    assert (len(send(talk, album)), talk.keys) == (1, ["table.reading"])
    assert (len(send(talk, album)), talk.keys) == (1, [])


def test_several_files_of_one_message_are_read_each() -> None:
    assert len(set(send(person(), CSV, CSV))) == 2


def test_too_many_purchases_together_are_told_and_what_was_there_stays() -> None:
    talk = person()
    (first,), (second,) = send(talk), send(talk)
    come_back(talk, first, *(row(12, n) for n in range(1, KEPT)))
    come_back(talk, second, *(row(13, n) for n in range(1, 10)))
    assert talk.keys[0] == "chances.too_many"
    assert len(kept(talk, "draft")) == KEPT - 1


def test_a_long_list_is_shown_page_by_page_and_can_be_walked_through() -> None:
    talk = person()
    (source,) = send(talk)
    come_back(talk, source, *(row(12, n) for n in range(1, KEPT + 1)))
    seen = talk.keys.count("purchase.line")
    for _ in range(KEPT // seen - 1):
        talk.press("chances.list.")
        seen += talk.keys.count("purchase.line")
    assert seen >= KEPT - 39
    assert f"{KEPT}. " in text(talk.press("chances.list.")) or f"{KEPT}. " in text(talk)
    talk.say("300) 14.01 500 тыс бинго")
    assert "Bingo" in text(talk)


def test_a_file_answers_the_question_for_purchases_in_a_check() -> None:
    talk = asked_for_purchases("january-surprise", "participant")
    (source,) = send(talk)
    come_back(talk, source, row(12), refused=(RefusedRow(3, "no_sum", ""),), wrong=1)
    assert "table.row" in talk.keys
    assert "check.ask" in talk.keys, "nothing is taken in part: the question stands"
    (again,) = send(talk)
    come_back(talk, again, row(12))
    facts = talk.conversation.slots["check"]["facts"]  # type: ignore[call-overload,index]
    assert facts["purchases"] == [row(12)]


def test_while_a_person_was_asked_for_the_purchases_are_shown_all_the_same() -> None:
    talk = person()
    (source,) = send(talk)
    talk.tap("person")
    come_back(talk, source, row(12))
    assert talk.keys[:2] == ["table.read", "chances.understood"]
    assert talk.keys[-1] == "support.waiting"
    assert talk.conversation.handoff is not None


def test_while_a_person_holds_the_talk_nothing_is_said_of_a_file() -> None:
    talk = person()
    (source,) = send(talk)
    talk.conversation = msgspec.structs.replace(talk.conversation, handoff=Handoff(talk.now, "agent"))
    assert come_back(talk, source, row(12)).said == ()
    assert kept(talk, "draft") == []


def test_a_file_of_somebody_who_was_forgotten_leaves_nothing() -> None:
    late = Talk(library=LIBRARY)
    come_back(late, "1/1", row(12))
    assert late.said == ()
    assert late.effects == (Forgotten(),)
    anew = person()
    anew.conversation = msgspec.structs.replace(anew.conversation, last_heard=THURSDAY)
    come_back(anew, "1/1", row(12))
    assert (anew.said, anew.effects, kept(anew, "draft")) == ((), (), [])
