"""Every word the bot can say exists in both languages, fits the narrowest channel, and is spelt in its own alphabet."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.channels.telegram import shape as telegram
from bot.channels.whatsapp import shape as whatsapp
from bot.loading import ZONE, load_phrases
from bot.text.phrases import MissingPhrase, Phrases
from dialogs.messages import Kind, Money, Option, Outgoing, say
from dialogs.router import SCENES
from domain.promotion import Promotion
from domain.rulebook import LANGUAGES, SECTIONS, Language
from storage.promotions.catalog import load_all
from tests.catalogues import Asked, asked, catalogue, entries, mentioned, placeholders, texts
from tests.sources import ROOT

NARROWEST = min(channel.LIMITS.button_label for channel in (telegram, whatsapp))
HINT = whatsapp.LIMITS.list_hint
NBSP = "\u00a0"
SPOKEN = {"text", "edited", "option", "start", "left", "deadline", "table"}
"""Kinds of events that are answered by what they say, or not at all."""


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return load_phrases()


@pytest.fixture(scope="module")
def promotions() -> list[Promotion]:
    return list(load_all(ROOT / "promotions").values())


# both catalogues hold the same


def test_both_languages_have_the_same_keys() -> None:
    assert entries("kk").keys() == entries("ru").keys()


def test_a_phrase_takes_the_same_things_in_both_languages() -> None:
    kazakh, russian = entries("kk"), entries("ru")
    assert {key: placeholders(forms) for key, forms in kazakh.items()} == {
        key: placeholders(forms) for key, forms in russian.items()
    }


def test_nothing_is_left_untranslated() -> None:
    assert not [(language, key) for language, key, text in texts() if not text.strip() or text == key]


def test_no_phrase_is_marked_as_doubtful() -> None:
    assert not [message.id for language in LANGUAGES for message in catalogue(language) if message.id and message.fuzzy]


def test_marks_are_opened_and_closed() -> None:
    for language, key, text in texts():
        assert re.sub("</?[bq]>", "", text).count("<") == 0, (language, key)
        for tag in "bq":
            assert text.count(f"<{tag}>") == text.count(f"</{tag}>"), (language, key)


def test_a_number_of_things_has_every_plural_form() -> None:
    for language in LANGUAGES:
        for message in catalogue(language):
            if isinstance(message.id, tuple | list):
                forms = message.string
                assert isinstance(forms, tuple | list), message.id
                assert len(forms) == catalogue(language).num_plurals, message.id
                assert all(form.strip() for form in forms), message.id


# the code and the catalogues know each other


@pytest.mark.parametrize("use", asked(), ids=lambda use: f"{use.where} {use.key}")
def test_what_is_said_is_in_the_catalogue_and_gets_what_it_needs(use: Asked) -> None:
    fitting = [key for key in entries("kk") if use.fits(key)]
    assert fitting
    if use.exact and "**" not in use.params:
        assert placeholders(entries("kk")[use.key]) <= use.params


def test_every_phrase_is_said_somewhere() -> None:
    used, words = asked(), mentioned() | {f"command.{name}" for name in SCENES.commands}
    assert not [key for key in entries("kk") if key not in words and not any(use.fits(key) for use in used)]


def test_what_is_put_together_as_the_program_runs_is_there_too() -> None:
    keys = {f"receive.{kind}" for kind in get_args(Kind) if kind not in SPOKEN}
    keys |= {"rules.offtopic", "rules.smalltalk"} | {f"small.{kind}" for kind in ("thanks", "greeting", "abuse")}
    keys |= {f"safety.{kind}" for kind in ("money", "card", "code", "link", "remote", "paid", "isyou")}
    keys |= {f"mydata.{language}" for language in LANGUAGES}
    keys |= {f"section.{name}" for name in SECTIONS} | {f"command.{name}" for name in SCENES.commands}
    assert keys <= entries("kk").keys()


def test_an_unknown_phrase_is_a_bug_that_shows(phrases: Phrases) -> None:
    with pytest.raises(MissingPhrase):
        phrases.text(say("no.such.phrase"), "kk")


# buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_fits_the_narrowest_channel(language: Language, promotions: list[Promotion]) -> None:
    fixed = entries(language).items()
    labels = [text for key, (text, *_) in fixed if key.startswith(("button.", "section.")) and "{" not in text]
    labels += [promotion.label.get(language) for promotion in promotions]
    labels += [clause.label.get(language) for promotion in promotions for clause in promotion.rulebook]
    assert not [label for label in labels if len(label) > NARROWEST]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hint_fits_a_row_of_a_list(language: Language, promotions: list[Promotion], phrases: Phrases) -> None:
    hints = [text for key, (text, *_) in entries(language).items() if key.startswith("hint.")]
    hints += [clause.title.get(language) for promotion in promotions for clause in promotion.rulebook]
    longest = date(2024, 12, 30)
    hints += [phrases.text(say(f"promotion.{state}", day=longest), language) for state in ("ended", "upcoming")]
    hints.append(phrases.text(say("promotion.running", day=longest, time="23:59:59"), language))
    assert not [hint for hint in hints if len(hint) > HINT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_buttons_of_one_message_never_read_the_same(language: Language, promotions: list[Promotion]) -> None:
    """Whoever types a label must be understood."""
    for promotion in promotions:
        for section in SECTIONS:
            labels = [clause.label.get(language) for clause in promotion.rulebook.section(section)]
            assert len(labels) == len(set(labels)), (promotion.slug, section)


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_accepts_the_commands_and_descriptions(language: Language) -> None:
    words = entries(language)
    assert all(1 <= len(words[f"command.{name}"][0]) <= 256 for name in SCENES.commands)
    assert len(words["about.full"][0]) <= 512
    assert len(words["about.short"][0]) <= 120


# alphabets


def test_no_word_mixes_alphabets() -> None:
    """A Latin i or ə inside a Kazakh word looks right and is found by no search."""
    mixed = re.compile(r"\b(?=\w*[A-Za-zə])(?=\w*[\u0400-\u04ff])\w+\b")
    assert not [(language, key, found[0]) for language, key, text in texts() if (found := mixed.search(_words(text)))]


def test_russian_has_no_kazakh_letters_and_both_are_cyrillic() -> None:
    for language, key, text in texts():
        letters = {c for c in _words(text).casefold() if c.isalpha()}
        if language == "ru" and key != "button.kk":
            assert not letters & set("әғқңөұүһі"), key
        assert all("\u0400" <= c <= "\u04ff" for c in letters), (language, key, letters)


def _words(text: str) -> str:
    """Without placeholders, tags, and the names that stay Latin in both languages."""
    return re.sub(
        r"\{[^}]*\}|</?[bq]>|\b(?:Telegram|WhatsApp|SMS|CSV|XLSX|Excel|CVV|PIN|QR|JPEG|PNG|HEIC|WEBP|PDF|IBAN)\b",
        " ",
        text,
    )


# numbers, money, days

MONTHS = {
    1: ("қаңтарда", "қаңтарға", "қаңтардан", "января"),
    2: ("ақпанда", "ақпанға", "ақпаннан", "февраля"),
    3: ("наурызда", "наурызға", "наурыздан", "марта"),
    4: ("сәуірде", "сәуірге", "сәуірден", "апреля"),
    5: ("мамырда", "мамырға", "мамырдан", "мая"),
    6: ("маусымда", "маусымға", "маусымнан", "июня"),
    7: ("шілдеде", "шілдеге", "шілдеден", "июля"),
    8: ("тамызда", "тамызға", "тамыздан", "августа"),
    9: ("қыркүйекте", "қыркүйекке", "қыркүйектен", "сентября"),
    10: ("қазанда", "қазанға", "қазаннан", "октября"),
    11: ("қарашада", "қарашаға", "қарашадан", "ноября"),
    12: ("желтоқсанда", "желтоқсанға", "желтоқсаннан", "декабря"),
}


@pytest.mark.parametrize(("month", "forms"), MONTHS.items())
def test_a_day_is_written_and_declined_as_people_do(phrases: Phrases, month: int, forms: tuple[str, ...]) -> None:
    at, to, since, russian = forms
    day = date(2024, month, 5)
    for case, form in (("at", at), ("to", to), ("since", since)):
        assert phrases._param(say("x", day=day), "day", case, "kk").replace(NBSP, " ") == f"2024 жылғы 5 {form}"
    assert phrases.param(day, "ru").replace(NBSP, " ") == f"5 {russian} 2024 года"


def test_an_instant_is_told_in_the_time_of_the_promotion(phrases: Phrases) -> None:
    last = datetime(2025, 5, 15, 18, 59, 59, tzinfo=UTC)
    assert ZoneInfo("Asia/Almaty") == ZONE
    assert phrases.param(last, "ru").replace(NBSP, " ") == "15 мая 2025 года, 23:59"
    assert phrases.param(last, "kk").replace(NBSP, " ") == "2025 жылғы 15 мамыр, 23:59"


@pytest.mark.parametrize(
    ("kzt", "written"), [(0, "0_₸"), (500, "500_₸"), (869_990, "869_990_₸"), (6_600_000, "6_600_000_₸")]
)
def test_money_is_written_with_its_sign_and_never_torn_apart(phrases: Phrases, kzt: int, written: str) -> None:
    for language in LANGUAGES:
        assert phrases.param(Money(kzt), language) == written.replace("_", NBSP)


def test_what_somebody_wrote_cannot_become_a_mark(phrases: Phrases) -> None:
    sly = "\ue000\ue002\u202e<b>x</b>\ud800"
    assert phrases.param(sly, "kk") == "<b>x</b>"


def test_the_greeting_is_said_in_both_languages_kazakh_first(phrases: Phrases) -> None:
    hello = phrases.render(Outgoing((say("start.language"),), (Option("menu", say("button.menu")),), both=True), "ru")
    kazakh, russian = hello.text.split("\n\n")
    assert (kazakh, russian) == tuple(phrases.text(say("start.language"), language) for language in LANGUAGES)
    assert hello.options[0].label == entries("ru")["button.menu"][0]
