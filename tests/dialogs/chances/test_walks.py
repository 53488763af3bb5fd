"""Any order of taps and texts about purchases: there is a way on, and what if never changes what is kept."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rulebook import LANGUAGES, Language
from tests.dialogs.chances.test_scene import AFTER, THREE_DAYS, THURSDAY, kept, person, text

lines = st.sampled_from(
    [
        *THREE_DAYS.split("\n"),
        "31.02 5 тыс",
        "-1",
        "🙂",
        "$",
        "привет",
        "кто платит налог?",
        "1) 13.01 5 тыс",
        "убрать строку 1",
        "вчера 1 млн",
    ]
)
taps = st.sampled_from(
    [f"!chances{rest}" for rest in ("", ".keep", ".more", ".fix", ".change", ".clear", ".drop.1.1", ".drop.9.9", ".x")]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(lines | taps | st.text(max_size=30), max_size=12),
    st.sampled_from([THURSDAY, AFTER]),
    st.sampled_from(LANGUAGES),
)
def test_whatever_is_tapped_or_typed_there_is_a_next_step(events: list[str], now: datetime, language: Language) -> None:
    talk = person(now, language)
    for event in events:
        _ = talk.tap(event[1:]) if event.startswith("!") else talk.say(event)
        assert talk.said
        assert talk.ids or talk.conversation.offered
        assert len(kept(talk)) <= 300
        text(talk)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 5_000_000), st.sampled_from(["сегодня", "завтра", "16.01", "31.01", "1 мая", ""]))
def test_what_if_never_changes_what_is_kept(amount: int, day: str) -> None:
    talk = person().say(THREE_DAYS).tap("chances.keep")
    before = talk.conversation.slots
    assert talk.say(f"а если куплю {day} на {amount} тг?").conversation.slots == before
    assert talk.keys[0] == "chances.what_if"
