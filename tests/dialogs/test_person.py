"""A person is asked for, the talk waits honestly, and the bot is back whenever that is wanted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

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


def test_while_nobody_holds_the_talk_the_bot_goes_on_answering_and_says_that_nobody_has_come() -> None:
    talk = known().tap("person").say("кто платит налог?")
    assert talk.reply.clauses[0] == "3"
    assert talk.keys[-1] == "support.waiting"
    assert talk.ids[-1] == "bot"
    assert talk.conversation.handoff is not None


def test_that_nobody_has_come_is_said_once_a_minute() -> None:
    talk = known().tap("person").say("кто платит налог?")
    talk.now -= timedelta(seconds=50)
    assert "support.waiting" not in talk.say("таблица").keys
    assert talk.say("и ещё налог, позже").keys[-1] == "support.waiting"


def test_a_clock_that_was_set_back_does_not_silence_it() -> None:
    talk = known().tap("person").say("кто платит налог?")
    talk.now -= timedelta(hours=2)
    assert talk.say("таблица").keys[-1] == "support.waiting"


@pytest.mark.parametrize("kind", ["sticker", "voice", "attachment", "contact", "location", "unsupported"])
def test_what_is_no_text_gets_its_usual_word_while_the_talk_waits(kind: str) -> None:
    talk = known().tap("person").hear(kind, attachments=(Attachment("x", "image/jpeg"),))  # type: ignore[arg-type]
    assert talk.keys[0] == f"receive.{kind}"
    assert talk.keys[-1] == "support.waiting"


@pytest.mark.parametrize(
    "text", ["сотрудник должен быть на месте?", "менеджер сказал про налог", "қызметкер қол қоя ма"]
)
def test_a_sentence_that_mentions_a_person_calls_nobody(text: str) -> None:
    assert known().say(text).conversation.handoff is None


def test_a_person_who_is_not_needed_any_more_is_called_off() -> None:
    talk = known().say("сотрудник не нужен")
    assert talk.conversation.handoff is None
    talk.tap("person").say("сотрудник не нужен")
    assert (talk.keys, talk.conversation.handoff) == (["support.back"], None)


@pytest.mark.parametrize("way", ["бот", "ботқа қайту", "/bot", "меню", "мәзір"])
def test_the_way_back_to_the_bot_is_a_word_away(way: str) -> None:
    talk = known().tap("person").say(way)
    assert talk.conversation.handoff is None
    assert "reply.stated" in talk.say("налог").keys
    assert "support.waiting" not in talk.keys


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


@pytest.mark.parametrize("id", ["menu", "person", "bot", "rules", "language.kk", "vote.up.alfa.1", "nonsense"])
def test_while_a_person_holds_the_talk_the_bot_is_silent(id: str) -> None:
    held = known(handoff=Handoff(NOW, agent="agent"))
    before = held.conversation
    assert held.tap(id).said == ()
    assert (held.conversation, held.effects) == (before, ())
    assert held.say("меню").said == ()
    assert held.hear("sticker").said == ()


@pytest.mark.parametrize(
    ("said", "answer"),
    [("forget me", "privacy.sure"), ("delete my data", "privacy.sure"), ("what do you keep about me?", "mydata.kept")],
)
def test_a_right_that_is_asked_for_while_a_person_holds_the_talk_comes_up_once_when_the_bot_is_back(
    said: str, answer: str
) -> None:
    talk = known(handoff=Handoff(NOW, agent="agent"))
    assert talk.say(said).said == ()
    assert talk.say(said).effects == ()
    talk.conversation = replace(talk.conversation, handoff=None)
    assert any(key.startswith(answer) for key in talk.say("меню").keys)
    assert not any(key.startswith(answer) for key in talk.say("меню").keys)


def test_what_is_denied_is_no_wish_to_be_forgotten() -> None:
    for said in ("не удаляйте мои данные", "деректерімді өшірмеңіз", "do not delete my data"):
        talk = known().say(said)
        assert not any(key.startswith("privacy.sure") for key in talk.keys), said


def test_a_message_that_was_read_in_part_says_so() -> None:
    assert known().say("Когда розыгрыш? " * 400).keys[0] == "length.question"
    assert "length.question" not in known().say("Когда розыгрыш?").keys


def test_after_a_fault_of_ours_the_person_is_told_and_a_human_looks() -> None:
    talk = known().say("налог")
    incoming = Incoming("x", "test", "address", talk.now, "text", "налог")
    outcome = apologise(Turn(incoming, talk.conversation, talk.library, talk.now, "token"))
    assert outcome.says[0].parts[0].key == "support.fault"
    assert [option.id for option in outcome.says[0].options] == ["bot"]
    assert outcome.conversation.handoff is not None
    assert outcome.conversation.step in SCENES[outcome.conversation.scene].steps
