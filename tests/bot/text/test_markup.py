"""Long texts are cut where a reader would pause, nothing is lost, and what is bold, quoted or folded stays so."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import markup as marked
from bot.text.markup import BOLD, FOLD, QUOTE, UNBOLD, UNFOLD, UNQUOTE
from bot.text.phrases import money

SENTENCES = (
    "Сертификат беріледі. ",
    "Участвовать можно до 30 ноября! ",
    "Қай тілде сөйлескен ыңғайлы? ",
    "Победитель получит 🎁 и 📱… ",
    "«Жүлде қоры.»\n",
    "Бірінші тармақ.\n\n",
)
words = st.text(alphabet="абвгәғқңөұүһі .,!?…\n😀🎁ab1", min_size=1, max_size=40)


@st.composite
def rich_texts(draw: st.DrawFn) -> str:
    """Texts as they are rendered: bold, quoted and folded stretches beside plain ones, never one inside the other of its kind."""
    pieces = []
    for _ in range(draw(st.integers(0, 12))):
        before, after = draw(
            st.sampled_from(
                [
                    ("", ""),
                    (BOLD, UNBOLD),
                    (QUOTE, UNQUOTE),
                    (QUOTE + BOLD, UNBOLD + UNQUOTE),
                    (FOLD + BOLD, UNBOLD + UNFOLD),
                ]
            )
        )
        pieces.append(before + draw(words | st.sampled_from(SENTENCES)) + after)
    return "".join(pieces)


def letters(text: str) -> str:
    return "".join(marked.plain(text).split())


@given(rich_texts(), st.integers(2, 120))
def test_cutting_loses_nothing_and_adds_nothing(text: str, limit: int) -> None:
    assert letters("".join(marked.split(text, limit))) == letters(text)


@given(rich_texts(), st.integers(2, 120))
def test_no_piece_is_too_long_or_empty(text: str, limit: int) -> None:
    for piece in marked.split(text, limit):
        assert marked.length(piece) <= limit
        assert len(marked.plain(piece).encode("utf-16-le")) // 2 <= limit
        assert marked.plain(piece).strip()


@given(rich_texts(), st.integers(2, 120))
def test_what_was_bold_or_quoted_is_so_in_every_piece(text: str, limit: int) -> None:
    pieces = marked.split(text, limit)
    for piece in pieces:
        for mark, end in ((BOLD, UNBOLD), (QUOTE, UNQUOTE), (FOLD, UNFOLD)):
            assert piece.count(mark) == piece.count(end)
    assert looks("".join(pieces)) == looks(text)


def looks(text: str) -> list[tuple[str, bool, bool, bool]]:
    """Each visible character with how it looks."""
    return [(c, span.bold, span.quote, span.fold) for span in marked.spans(text) for c in span.text if not c.isspace()]


@given(st.lists(st.sampled_from(SENTENCES), min_size=4, max_size=40), st.integers(80, 300))
def test_a_long_text_is_cut_between_sentences(sentences: list[str], limit: int) -> None:
    for piece in marked.split("".join(sentences), limit):
        assert re.search(r"[.!?…»]$", piece.rstrip())


def test_a_paragraph_is_kept_whole_where_it_fits() -> None:
    first, second = "Бірінші сөйлем. Екінші сөйлем.", "Үшінші сөйлем. Төртінші сөйлем."
    assert marked.split(f"{first}\n\n{second}", 50) == [first, second]


def test_money_and_days_are_never_torn_apart() -> None:
    amount = money(869_990)
    assert marked.split(f"Смартфон стоит ровно {amount} тенге", 28) == ["Смартфон стоит ровно", f"{amount} тенге"]


def test_a_word_without_end_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece in marked.split("ұ" * 250, 100)] == [100, 100, 50]


def test_an_emoji_counts_twice_as_telegram_and_twilio_count() -> None:
    assert marked.length(f"{BOLD}а🎁{UNBOLD}") == 3


@given(st.text())
def test_nothing_that_a_person_writes_can_bend_a_message(text: str) -> None:
    cleaned = marked.clean(text)
    assert marked.plain(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not set(cleaned) & set("\x00\x1b\u202a\u202e\u2066\u2069")


@pytest.mark.parametrize("text", ["Сәлем!\nЖаңа жол\tжәне \u00a0 бос орын 👋🏽", "100% <b>жуан</b> & «тырнақша»"])
def test_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert marked.clean(text) == text


def test_tags_of_the_catalogue_become_spans() -> None:
    spans = marked.spans(marked.from_catalogue("Акция <b>SERIKTES</b>:\n<q>4-тармақ</q>"))
    assert [(span.text, span.bold, span.quote) for span in spans] == [
        ("Акция ", False, False),
        ("SERIKTES", True, False),
        (":\n", False, False),
        ("4-тармақ", False, True),
    ]
