"""A person is asked for, the talk waits honestly, and the bot is back whenever that is wanted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.conversation import Handoff
from dialogs.messages import Attachment, Incoming
from dialogs.router import SCENES, apologise
from dialogs.turn import Audited, Turn
from tests.dialogs.library import NOW
from tests.dialogs.talk import known


@pytest.mark.parametrize("word", ["человек", "адам", "оператор", "/person", "нужен сотрудник", "қызметкер керек"])
def test_a_person_is_called_by_word_and_by_question(word: str) -> None:
    talk = known().say(word)
    assert talk.keys == ["support.called"]
    assert talk.conversation.handoff == Handoff(talk.now)
    assert talk.ids == ["bot"]
    assert Audited("person_called") in talk.effects


def test_calling_twice_calls_once() -> None:
    talk = known().tap("person")
    since = talk.conversation.handoff
    talk.tap("person")
    assert (talk.conversation.handoff, talk.effects) == (since, ())


def test_what_is_written_meanwhile_is_kept_and_not_answered_by_the_bot() -> None:
    talk = known().tap("person").say("кто платит налог?")
    assert talk.keys == ["support.waiting"]
    assert talk.effects == ()


def test_several_lines_in_a_minute_are_confirmed_once() -> None:
    talk = known().tap("person").say("первая строка")
    talk.now -= timedelta(seconds=50)
    assert talk.say("вторая строка").said == ()
    assert talk.say("и ещё, позже").keys == ["support.waiting"]


def test_a_clock_that_was_set_back_makes_nobody_who_waits_wait_in_silence() -> None:
    talk = known().tap("person").say("первая строка")
    talk.now -= timedelta(hours=2)
    assert talk.say("ещё раз").keys == ["support.waiting"]


@pytest.mark.parametrize("kind", ["sticker", "voice", "attachment", "contact", "location", "unsupported"])
def test_whatever_is_sent_while_waiting_is_kept_for_the_person(kind: str) -> None:
    talk = known().tap("person").hear(kind, attachments=(Attachment("x", "image/jpeg"),))  # type: ignore[arg-type]
    assert talk.keys == ["support.waiting"]


@pytest.mark.parametrize("way", ["бот", "ботқа қайту", "/bot", "меню", "мәзір"])
def test_the_way_back_to_the_bot_is_a_word_away(way: str) -> None:
    talk = known().tap("person").say(way)
    assert talk.conversation.handoff is None
    assert "reply.stated" in talk.say("налог").keys


def test_going_back_is_recorded_once() -> None:
    talk = known().tap("person").press("bot")
    assert (talk.keys, talk.effects) == (["support.back"], (Audited("back_to_bot"),))
    assert talk.tap("bot").effects == ()


def test_changing_the_language_while_waiting_says_again_that_the_talk_waits() -> None:
    talk = known("ru").tap("person").tap("language.kk")
    assert (talk.keys, talk.language) == (["support.called"], "kk")
    assert talk.conversation.handoff is not None


def test_a_start_link_brings_the_bot_back() -> None:
    assert known().tap("person").hear("start", "alfa").conversation.handoff is None


@pytest.mark.parametrize(
    "id", ["menu", "person", "bot", "rules", "language.kk", "forget", "vote.up.alfa.1", "nonsense"]
)
def test_while_a_person_holds_the_talk_the_bot_is_silent(id: str) -> None:
    held = known(handoff=Handoff(NOW, agent="agent"))
    before = held.conversation
    assert held.tap(id).said == ()
    assert (held.conversation, held.effects) == (before, ())
    assert held.say("меню").said == ()
    assert held.hear("sticker").said == ()


def test_after_a_fault_of_ours_the_person_is_told_and_a_human_looks() -> None:
    talk = known().say("налог")
    incoming = Incoming("x", "test", "address", talk.now, "text", "налог")
    outcome = apologise(Turn(incoming, talk.conversation, talk.library, talk.now, "token"))
    assert outcome.says[0].parts[0].key == "support.fault"
    assert [option.id for option in outcome.says[0].options] == ["bot"]
    assert outcome.conversation.handoff is not None
    assert outcome.conversation.step in SCENES[outcome.conversation.scene].steps
