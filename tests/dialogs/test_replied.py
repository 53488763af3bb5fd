"""Every reply says what it is, for whoever measures replies."""

from __future__ import annotations

import pytest

from dialogs.turn import Audited, Replied, reply_of
from tests.dialogs.talk import known


@pytest.mark.parametrize(
    ("text", "kind", "function"),
    [
        ("кто платит налог?", "answer", None),
        ("парковка", "silent", None),
        ("спасибо", "small", None),
        ("оператор", "person", "person"),
        ("меню", "function", "menu"),
        ("қазақша", "function", "language.kk"),
        ("забудь меня", "function", "forget"),
        ("акции", "ask", "promotions"),
        ("…", "unsure", None),
    ],
)
def test_what_a_text_gets(text: str, kind: str, function: str | None) -> None:
    reply = known().say(text).reply
    assert (reply.kind, reply.function) == (kind, function)


def test_an_answer_names_the_clause_that_it_stands_on_first() -> None:
    assert known().say("кто платит налог?").reply.clauses[0] == "3"


def test_the_last_kind_counts_and_the_first_function() -> None:
    effects = (Replied("function", function="check"), Replied(None, function="menu"), Audited("x"), Replied("ask"))
    assert reply_of(effects) == Replied("ask", function="check")
    assert reply_of(()) == Replied(None)
