"""Check 40 of the acceptance list: who asks in own words to be forgotten, or what is kept, is understood by the models that are served.

In the language of the text, with a question back before anything is deleted, whether the talk is the bot's or waits for a person.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.library import Promotions
from bot.text.typed import clean, meant
from dialogs.conversation import Conversation, Handoff
from dialogs.messages import Incoming
from dialogs.router import respond
from dialogs.turn import Forgotten, Outcome, Turn
from tests.sources import ROOT

NOW = datetime(2026, 1, 20, 5, tzinfo=UTC)
FORGET_RU = (
    "удалите мои данные; удали мои данные пожалуйста; хочу удалить свои данные; отзываю согласие; я отзываю своё согласие; "
    "отзываю согласие на обработку персональных данных; сотрите всё обо мне; забудьте меня; удалите мой номер из базы; "
    "удалите мой номер телефона; уберите меня из базы; удалите мой аккаунт; прошу удалить мои персональные данные; "
    "удалите информацию обо мне; хочу чтобы вы меня забыли; delete my data; forget me"
)
FORGET_KK = (
    "деректерімді өшіріңіз; деректерімді жойыңыз; менің деректерімді өшіріп тастаңыз; мәліметтерімді өшір; "
    "келісімімді қайтарып аламын; келісімімді кері қайтарамын; дербес деректерімді жойыңыз; мені ұмытыңыз; "
    "мен туралы бәрін өшіріңіз; нөмірімді базадан өшіріңіз; нөмірімді өшіріңізші; аккаунтымды жойыңыз"
)
KEPT_RU = (
    "какие данные обо мне вы храните; что вы обо мне знаете; какие мои данные у вас есть; что вы храните обо мне; "
    "покажите мои данные; какие персональные данные вы собрали; какая информация обо мне у вас хранится; "
    "what do you keep about me"
)
KEPT_KK = (
    "мен туралы не сақтайсыз; мен туралы қандай деректер бар; менің деректерімді көрсетіңіз; сізде мен туралы не бар; "
    "қандай деректерімді сақтайсыз; мен жайлы не білесіз; қандай мәліметтерім сақталған"
)
STOP = "STOP; стоп; хватит мне писать; не пишите мне больше; тоқта; маған жазбаңыз; отпишите меня"
DENIED = (
    "не удаляйте мои данные; не надо удалять мои данные; не забывайте меня; не отзываю согласие; не хочу удалять данные; "
    "деректерімді өшірмеңіз; деректерімді жоймаңыз; мені ұмытпаңыз; келісімімді қайтарып алмаймын; do not delete my data"
)


@pytest.fixture(scope="module")
def library(models: Path) -> Promotions:
    return Promotions.load(ROOT / "promotions", models)


def cases(ru: str, kk: str = "") -> list[tuple[str, str]]:
    return [(text, "ru") for text in ru.split("; ")] + [(text, "kk") for text in kk.split("; ") if text]


def said(library: Promotions, text: str, language: str, handoff: Handoff | None) -> Outcome:
    talk = Conversation("person", "test", "address", language=language, chosen=True, handoff=handoff)  # type: ignore[arg-type]
    incoming = Incoming("1", "test", "address", NOW, "text", text)
    outcome = respond(Turn(meant(clean(incoming), talk), talk, library, NOW, "token"))
    assert not any(isinstance(effect, Forgotten) for effect in outcome.effects)
    return outcome


def keys(outcome: Outcome) -> list[str]:
    return [part.key for outgoing in outcome.says for part in outgoing.parts]


@pytest.mark.parametrize("handoff", [None, Handoff(NOW)], ids=["bot", "waiting"])
@pytest.mark.parametrize(("text", "language"), cases(FORGET_RU, FORGET_KK))
def test_to_be_forgotten_is_asked_back(library: Promotions, text: str, language: str, handoff: Handoff | None) -> None:
    outcome = said(library, text, language, handoff)
    assert "privacy.sure" in keys(outcome)
    assert outcome.conversation.speaks == language


@pytest.mark.parametrize("handoff", [None, Handoff(NOW)], ids=["bot", "waiting"])
@pytest.mark.parametrize(("text", "language"), cases(KEPT_RU, KEPT_KK))
def test_what_is_kept_is_told(library: Promotions, text: str, language: str, handoff: Handoff | None) -> None:
    outcome = said(library, text, language, handoff)
    assert "mydata.kept" in keys(outcome)
    assert outcome.conversation.speaks == language


@pytest.mark.parametrize(("text", "language"), cases(STOP))
def test_stop_switches_reminders_off(library: Promotions, text: str, language: str) -> None:
    assert said(library, text, language, None).conversation.reminders_off == NOW


@pytest.mark.parametrize(("text", "language"), cases(DENIED))
def test_what_is_denied_deletes_nothing_and_asks_nothing(library: Promotions, text: str, language: str) -> None:
    assert "privacy.sure" not in keys(said(library, text, language, None))
    held = said(library, text, language, Handoff(NOW, "agent"))
    assert (held.says, held.effects) == ((), ())


@pytest.mark.parametrize(("text", "language"), cases(FORGET_RU, FORGET_KK))
def test_it_is_written_down_silently_while_a_person_holds_the_talk(
    library: Promotions, text: str, language: str
) -> None:
    outcome = said(library, text, language, Handoff(NOW, "agent"))
    assert outcome.says == ()
    assert outcome.conversation.slots["right"] == "forget"
