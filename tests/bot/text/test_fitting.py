"""Each channel shows a message as well as it can, and what a person types is understood as the button it stands for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.preview import PROFILES, Preview
from bot.channels.telegram import shape as telegram
from bot.channels.whatsapp import shape as whatsapp
from bot.text import markup as marked
from bot.text.fitting import choose, fit
from bot.text.limits import Limits
from bot.text.phrases import Rendered, RenderedOption
from dialogs.conversation import Offer
from domain.rulebook import LANGUAGES, SECTIONS, Language
from storage.promotions.catalog import load_all
from tests.catalogues import entries
from tests.sources import ROOT

CHANNELS = {"telegram": telegram.LIMITS, "whatsapp": whatsapp.LIMITS, **{f"web as {k}": v for k, v in PROFILES.items()}}
every_channel = pytest.mark.parametrize("limits", CHANNELS.values(), ids=CHANNELS)
texts = st.text(alphabet="абвәғқ .!?\n🎁", min_size=1, max_size=6000)
labels = st.lists(st.text(alphabet="абвәғқ 🎁", min_size=1, max_size=64), max_size=14)


def message(text: str, *labels: str) -> Rendered:
    return Rendered(text, "kk", tuple(RenderedOption(f"option.{at}", label) for at, label in enumerate(labels)))


@every_channel
@given(texts, labels)
def test_whatever_is_said_fits_the_channel(limits: Limits, text: str, labels: list[str]) -> None:
    *before, last = fit(message(text, *labels), limits)
    assert all(piece.shape == "text" and not piece.options for piece in before)
    assert all(0 < marked.length(piece.text) <= limits.text for piece in (*before, last))
    longest = max((marked.utf16(option.label) for option in last.options), default=0)
    if last.shape == "buttons":
        assert len(last.options) <= limits.buttons
        assert longest <= limits.button_label
        assert marked.length(last.text) <= limits.button_text
    if last.shape == "list":
        assert len(last.options) <= limits.list_rows
        assert longest <= limits.list_label
        assert marked.length(last.text) <= limits.button_text


@every_channel
@given(texts, labels)
def test_no_word_and_no_option_is_lost(limits: Limits, text: str, labels: list[str]) -> None:
    pieces = fit(message(text, *labels), limits)
    shown = "".join("".join(piece.text.split()) for piece in pieces)
    assert "".join(text.split()) in shown or not text.strip()
    if pieces[-1].options:
        assert [option.label for option in pieces[-1].options] == labels
    else:
        assert all("".join(f"{number}. {label}".split()) in shown for number, label in enumerate(labels, 1))


CLAUSE = RenderedOption("clause.alfa.2", "Салық", unfolds=True)


def folding(text: str = "Салықты жеңімпаз төлейді.") -> Rendered:
    quote = f"«Альфа», 3-тармақ:\n{marked.QUOTE}Салықты жеңімпаз төлейді.{marked.UNQUOTE}"
    return Rendered(text, "kk", (CLAUSE, RenderedOption("menu", "Мәзір")), folded=quote)


def test_what_can_be_folded_stands_folded_below_and_its_button_is_left_out() -> None:
    (piece,) = fit(folding(), telegram.LIMITS)
    assert [option.id for option in piece.options] == ["menu"]
    *said, clause = marked.spans(piece.text)
    assert not any(span.fold for span in said)
    assert (clause.fold, clause.quote) == (True, False)
    assert "3-тармақ" in clause.text


def test_where_nothing_can_be_folded_its_button_stands_there_instead() -> None:
    (piece,) = fit(folding(), whatsapp.LIMITS)
    assert [option.id for option in piece.options] == ["clause.alfa.2", "menu"]
    assert "3-тармақ" not in piece.text


def test_telegram_gets_an_expandable_quotation() -> None:
    (call,) = telegram.compose("7", folding())
    body = json.loads(call.partition(b"\n")[2])
    (entity,) = [each for each in body["entities"] if "blockquote" in each["type"]]
    assert entity["type"] == "expandable_blockquote"
    start = entity["offset"]
    assert body["text"][start : start + entity["length"]].startswith("«Альфа», 3-тармақ")
    assert start + entity["length"] == len(body["text"])


def test_the_browser_chat_is_told_what_is_folded() -> None:
    for profile, marks in (("telegram", [None, True]), ("whatsapp", [None])):
        (payload,) = Preview().compose(f"{profile}:x", folding(), datetime(2026, 6, 1, tzinfo=UTC))
        assert [span.get("f") for span in json.loads(payload)["spans"]] == marks


def test_a_long_clause_stays_folded_in_every_message_it_is_cut_into() -> None:
    long = replace(folding(), folded="Тармақ сөзі. " * 700)
    pieces = fit(long, telegram.LIMITS)
    assert len(pieces) > 1
    for piece in pieces:
        assert any(span.fold for span in marked.spans(piece.text))


def test_three_short_choices_are_quick_replies_on_whatsapp() -> None:
    assert fit(message("Тіл?", "Қазақша", "Русский", "Мәзір"), whatsapp.LIMITS)[0].shape == "buttons"


def test_up_to_ten_choices_are_a_list_on_whatsapp() -> None:
    assert fit(message("Бөлім?", *(f"Бөлім {n}" for n in range(10))), whatsapp.LIMITS)[0].shape == "list"


@pytest.mark.parametrize(
    "labels",
    [[f"Бөлім {n}" for n in range(11)], ["Иә", "Жиырма төрт таңбадан ұзын атау"]],
    ids=["too many for a list", "a label too long for a row"],
)
def test_what_fits_no_list_becomes_numbered_text(labels: list[str]) -> None:
    (piece,) = fit(message("Таңдаңыз", *labels), whatsapp.LIMITS)
    assert piece.shape == "text"
    assert piece.text.splitlines()[-1] == f"{len(labels)}. {labels[-1]}"


def test_a_long_answer_is_not_torn_apart_for_the_sake_of_its_buttons() -> None:
    (piece,) = fit(message("Жауап. " * 180, "👍", "👎"), whatsapp.LIMITS)
    assert piece.shape == "text"
    assert piece.text.endswith("1. 👍\n2. 👎")


def test_telegram_shows_all_choices_as_buttons() -> None:
    assert fit(message("Бөлім?", *(f"Бөлім {n}" for n in range(40))), telegram.LIMITS)[0].shape == "buttons"


def test_buttons_stand_under_the_end_of_a_long_text() -> None:
    first, *_, last = fit(message("Сөйлем осында бітеді. " * 400, "Мәзір"), telegram.LIMITS)
    assert (first.shape, last.shape) == ("text", "buttons")
    assert first.text.endswith("бітеді.")


# what a person types

OFFERED = tuple(
    Offer(f"option.{at}", label)
    for at, label in enumerate(
        ["👍", "👎", "Түпнұсқа", "Русский", "Мәзір", "Как получить приз", "Как участвовать", "Қазақша"]
    )
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("1", 0), (" 5. ", 4), ("№ 4", 3), ("7)", 6)),
        *(("Русский", 3), ("русский!", 3), ("РУССКИЙ", 3), ("мәзір", 4)),
        *(("👍", 0), ("👎🏻", 1), ("👍️", 0)),
        *(
            ("мазир", 4),
            ("mazir", 4),
            ("тупнуска", 2),
            ("qazaqsha", 7),
            ("руский", 3),
            ("русксий", 3),
            ("как учавствовать", 6),
            ("как полчить прис", 5),
        ),
    ],
)
def test_a_number_a_label_or_a_slip_of_the_finger_counts_as_the_tap(typed: str, meant: int) -> None:
    assert choose(typed, OFFERED, numbered=True) == f"option.{meant}"


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "0", "9", "99", "123", "-1", "1.5", "🙂", "как", "к", "а"),
        *("кто платит налог?", "приз", "можно ли получить приз деньгами", "қалай қатысамын?", "мәзір қайда болады"),
        *("как получить приз, если я в другом городе", "русский" * 30),
    ],
)
def test_a_question_is_no_choice(typed: str) -> None:
    assert choose(typed, OFFERED, numbered=True) is None


def test_the_beginning_of_one_label_is_enough() -> None:
    offered = (Offer("yes", "Иә, бәрін өшіріңіз"), Offer("no", "Жоқ, қалсын"))
    assert choose("иә", offered, numbered=True) == "yes"
    assert choose("Жоқ!", offered, numbered=True) == "no"
    assert choose("жоқ?", offered, numbered=True) is None


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("не удалить всё", Offer("forget.yes", "Удалить всё")),
        ("Не верно", Offer("chances.keep", "Всё верно")),
        ("удолить всё", Offer("forget.yes", "Удалить всё")),
        ("все верна", Offer("chances.keep", "Всё верно")),
        ("не от руки", Offer("fact.1.act_signed.1", "Да, от руки")),
    ],
)
def test_a_near_match_never_turns_a_meaning_nor_destroys_or_confirms(typed: str, offer: Offer) -> None:
    assert choose(typed, (offer, Offer("menu", "Меню")), numbered=True) is None
    assert choose(offer.label.lower(), (offer, Offer("menu", "Меню")), numbered=True) == offer.id


def test_where_a_number_is_an_answer_it_is_no_choice() -> None:
    assert choose("2", OFFERED, numbered=False) is None
    assert choose("Русский", OFFERED, numbered=False) == "option.3"


@given(st.text(max_size=80), st.lists(st.text(max_size=24), max_size=10))
def test_whatever_is_typed_and_offered_nothing_breaks(typed: str, labels: list[str]) -> None:
    offered = [Offer(str(at), label) for at, label in enumerate(labels)]
    assert choose(typed, offered, numbered=True) in {None, *(offer.id for offer in offered)}


def shown_together(language: Language) -> list[list[str]]:
    """Labels that really stand under one message."""
    words = {key: text for key, (text, *_) in entries(language).items()}
    menu = ("rules", "prizes", "promotions", "kk", "ru", "person", "help", "forget")
    sets = [[words[f"button.{name}"] for name in menu], [words[f"section.{name}"] for name in SECTIONS]]
    for promotion in load_all(ROOT / "promotions").values():
        for section in SECTIONS:
            clauses = [clause.label.get(language) for clause in promotion.rulebook.section(section)]
            sets.append([*clauses, words["button.rules"], words["button.menu"]])
    return sets


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_that_is_shown_can_be_typed(language: Language) -> None:
    for labels in shown_together(language):
        offered = [Offer(label, label) for label in labels]
        for label in labels:
            assert choose(label.lower(), offered, numbered=True) == label


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_never_leads_to_another_button(language: Language) -> None:
    """One letter left out, or two neighbours swapped: the right button, or none."""
    for labels in shown_together(language):
        offered = [Offer(label, label) for label in labels]
        for label in labels:
            slips = [label[:at] + label[at + 1 :] for at in range(len(label))]
            slips += [label.replace(a + b, b + a, 1) for a, b in pairwise(label)]
            for slip in slips:
                assert choose(slip, offered, numbered=False) in (label, None), slip
