"""Rights over one's data are heard whoever holds the talk, and a denied word of them is no word for them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dialogs.conversation import Handoff
from dialogs.rights import is_denied
from dialogs.turn import Audited
from tests.dialogs.library import NOW
from tests.dialogs.talk import Talk, known


def held() -> Talk:
    return known(handoff=Handoff(NOW, agent="agent"))


@pytest.mark.parametrize("word", ["забудь меня", "/forget", "мені ұмыт", "delete my data"])
def test_to_forget_is_written_down_while_a_person_holds_the_talk_and_asked_back_when_the_bot_has_it_again(
    word: str,
) -> None:
    talk = held().say(word)
    assert talk.said == ()
    assert talk.effects == (Audited("right_asked", "forget"),)
    assert talk.say(word).effects == ()  # asked twice, written down once
    talk.conversation = replace(talk.conversation, handoff=None)
    talk.say("кто платит налог?")
    assert talk.keys[-1] == "privacy.sure"
    assert talk.ids[-2:] == ["forget.yes", "forget.no"]
    talk.say("кто платит налог?")
    assert "privacy.sure" not in talk.keys


def test_what_is_kept_is_told_when_the_bot_has_the_talk_again() -> None:
    talk = held().say("what do you keep about me?")
    assert talk.said == ()
    talk.conversation = replace(talk.conversation, handoff=None)
    assert "mydata.kept" in talk.say("кто платит налог?").keys


def test_stop_switches_reminders_off_without_a_word_while_a_person_holds_the_talk() -> None:
    talk = held().say("не пишите мне больше")
    assert talk.said == ()
    assert talk.conversation.reminders_off == talk.now
    since = talk.now
    assert talk.say("стоп").conversation.reminders_off == since


@pytest.mark.parametrize("word", ["не удаляйте мои данные", "деректерімді өшірмеңіз", "do not delete my data"])
def test_what_is_denied_is_not_written_down(word: str) -> None:
    assert held().say(word).effects == ()
    assert "privacy.sure" not in known().say(word).keys


@pytest.mark.parametrize(
    "text",
    [
        *(
            "не удаляйте, пожалуйста",
            "не удаляйте мои данные",
            "не надо удалять мои данные",
            "не хочу удалять данные",
            "не удаляй",
            "не отзываю согласие",
        ),
        *("прошу не удалять мой номер", "не забывайте меня", "не стирайте", "мои данные удалять не надо"),
        *(
            "деректерімді өшірмеңіз",
            "жоймаңыз",
            "мені ұмытпаңыз",
            "келісімімді қайтарып алмаймын",
            "өшірудің қажеті жоқ",
        ),
        *("деректерімді өшіруге болмайды", "деректерімді жою керек емес", "don't delete my data"),
    ],
)
def test_a_denied_word_of_forgetting_is_known(text: str) -> None:
    assert is_denied(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "удалите мои данные",
            "я не участвую, удалите мои данные",
            "почему вы не удалили мои данные?",
            "не могу удалить данные",
        ),
        *("деректерімді өшіріңіз", "неге деректерімді өшірмедіңіз?", "қатыспаймын, деректерімді жойыңыз"),
        *("не хочу участвовать, удалите всё обо мне", "delete my data", "не хочу, забудьте меня"),
    ],
)
def test_a_word_of_forgetting_beside_another_denial_is_not_denied(text: str) -> None:
    assert not is_denied(text)
