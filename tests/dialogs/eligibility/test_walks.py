"""Every question of every promotion in both languages, and any order of taps and texts: there is always a way on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.messages import Phrase
from domain.eligibility import rulings
from domain.rulebook import LANGUAGES, Language
from tests.dialogs.checking import ASKED, SAID, asked, check, choose, text
from tests.domain.given import PROMOTIONS


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
