"""A free question about the person's own case gets a verdict, or the one question that is missing; a question about the rules does not."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from dialogs.eligibility.kinds import check_button
from dialogs.eligibility.own_case import own_case
from dialogs.messages import Incoming
from dialogs.turn import Outcome, Turn, reply_of
from tests.dialogs.checking import LIBRARY, PHRASES
from tests.dialogs.talk import Talk, known
from tests.domain.given import PROMOTIONS

WHEN = {"ismet-app": "2022-10-20", "double-chance": "2025-05-10", "january-surprise": "2026-01-10"}


def ask(slug: str, text: str) -> Outcome | None:
    at = datetime.fromisoformat(f"{WHEN.get(slug, '2024-05-10')}T12:00:00+05:00")
    conversation = known("ru", slug).conversation
    turn = Turn(Incoming("1", "test", "address", at, "text", text), conversation, LIBRARY, at, "token 1")
    return own_case(turn, PROMOTIONS[slug], text)


def shown(outcome: Outcome) -> str:
    return re.sub("[\ue000-\uf8ff]", "", "\n".join(PHRASES.render(outgoing, "ru").text for outgoing in outcome.says))


@pytest.mark.parametrize(
    ("slug", "text", "says", "clause"),
    [
        ("seriktes", "Мы ТОО, SERIKTES подключили 3 марта, участвуем ли мы в розыгрыше?", "yes", "5"),
        ("seriktes", "біз ЖШС-пыз, пакетті ақпанда қостық, қатысамыз ба", "yes", "5"),
        ("seriktes", "я физлицо, могу участвовать?", "no", "4"),
        ("seriktes", "наше ТОО подключило пакет через ismet.kz в апреле, положена нам скидка?", "yes", "6"),
        ("seriktes", "мы ТОО, подключились через менеджера 5 апреля, скидку дадут?", "no", "6"),
        ("seriktes", "мы выиграли, удостоверения нет, отдадите приз?", "no", "13"),
        ("kasipker", "подключил 5 декабря, ип, я участвую?", "no", "4"),
        ("kasipker", "Я ИП, касипкер с марта, участвую в розыгрыше или нет?", "yes", "4"),
        ("ismet-app", "мы ТОО, касса через Транстелеком, участвуем?", "no", "4.2"),
        ("double-chance", "у меня билайн, участвую?", "no", "2.2"),
        ("double-chance", "мен он алты жастамын, қатыса аламын ба?", "no", "2.2"),
        ("double-chance", "30 лет, теле2, *88# подписан, 3 мая набрал *88*5#, участвую?", "yes", "3.1"),
        ("january-surprise", "у меня 2 аккаунта, могу участвовать с обоих?", "no", "2.2"),
        ("january-surprise", "мне 30, на loto.sz.kz зарегана, 8 января брала кено на 2000, я участница?", "yes", "2.1"),
    ],
)
def test_a_case_that_is_told_whole_gets_its_verdict_by_a_clause(slug: str, text: str, says: str, clause: str) -> None:
    outcome = ask(slug, text)
    assert outcome is not None
    reply = reply_of(outcome.effects)
    assert (reply.kind, reply.says) == ("verdict", says)
    assert clause in reply.clauses
    assert shown(outcome).startswith("Да." if says == "yes" else ("Нет.", "Пока нет."))


@pytest.mark.parametrize(
    ("slug", "text", "missing"),
    [
        ("seriktes", "мы ТОО с пакетом SERIKTES, участвуем?", "connected_at"),
        ("seriktes", "серик взяли 3 марта, участвуем?", "legal_form"),
        ("seriktes", "у нас ТОО и SERIKTES, но не помню, когда подключили, участвуем?", "connected_at"),
        ("kasipker", "жкмын, наурызда қосылдым, қатысамын ба", "package"),
        ("double-chance", "мне 30, теле2, участвую?", "subscribed_88"),
        ("january-surprise", "25 лет, зарегистрирована на loto.sz.kz, я участник?", "purchases"),
    ],
)
def test_what_is_missing_is_asked_and_nothing_else(slug: str, text: str, missing: str) -> None:
    outcome = ask(slug, text)
    assert outcome is not None
    assert reply_of(outcome.effects).kind == "ask"
    assert outcome.conversation.slots["check"]["current"] == missing  # type: ignore[index, call-overload]
    assert outcome.conversation.scene == "eligibility"


def test_the_next_text_goes_on_from_there_to_the_verdict() -> None:
    outcome = ask("seriktes", "мы ТОО с пакетом SERIKTES, участвуем?")
    assert outcome is not None
    talk = Talk(outcome.conversation, LIBRARY).say("12 марта 2024")
    assert talk.keys[0] == "verdict.eligible"
    assert talk.phrase("check.understood")


def test_what_was_understood_is_shown_and_can_be_corrected() -> None:
    outcome = ask("seriktes", "ТОО, SERIKTES второго февраля, участвуем?")
    assert outcome is not None
    assert "Понял так: ТОО, SERIKTES, 2 февраля 2024" in shown(outcome).replace("\xa0", " ")
    assert any(option.id.startswith("factfix.") for option in outcome.says[-1].options)


def test_a_question_with_a_not_gets_no_bare_yes_or_no() -> None:
    outcome = ask("seriktes", "мы ИП, подключили серик в марте, разве мы не участвуем?")
    assert outcome is not None
    assert shown(outcome).startswith("В розыгрыше Вы не участвуете")
    assert reply_of(outcome.effects).says == "no"


def test_a_question_for_the_opposite_is_answered_the_other_way_round() -> None:
    outcome = ask("seriktes", "мы выиграли, но директор не хочет подписывать акт, приз пропадёт?")
    assert outcome is not None
    assert shown(outcome).startswith("Приз не выдадут")
    assert reply_of(outcome.effects).says == "yes"


@pytest.mark.parametrize(
    ("slug", "text", "says"),
    [
        ("seriktes", "ИП участвует?", "no"),
        ("seriktes", "а если ИП?", "no"),
        ("seriktes", "шаруа қожалығы қатыса ала ма?", "no"),
        ("kasipker", "ИП участвует?", "yes"),
        ("double-chance", "юрлица участвуют?", "no"),
    ],
)
def test_a_kind_of_person_is_told_whether_it_may_take_part(slug: str, text: str, says: str) -> None:
    outcome = ask(slug, text)
    assert outcome is not None
    assert (reply_of(outcome.effects).kind, reply_of(outcome.effects).says) == ("verdict", says)
    assert check_button(PROMOTIONS[slug], "draw") in outcome.says[0].options


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("seriktes", "какие документы нужны, если мы ТОО?"),
        ("seriktes", "когда розыгрыш за март?"),
        ("seriktes", "кто может участвовать?"),
        ("kasipker", "кто такой ИП?"),
        ("kasipker", "самозанятых берёте или только ИП?"),
        ("ismet-app", "сколько чеков нужно пробить за месяц?"),
        ("ismet-app", "қанша чек керек?"),
        ("double-chance", "где купить билеты теле2?"),
        ("january-surprise", "сколько коробок?"),
        ("january-surprise", "6 января в кено 1,5 млн. шанс уже есть?"),
        ("seriktes", "ТОО ликвидировали, а SERIKTES был с марта, участвуем?"),
        ("seriktes", "розыгрыш был 20 апреля, мы выиграли, приз ещё дадут?"),
    ],
)
def test_a_question_about_the_rules_is_left_to_the_search(slug: str, text: str) -> None:
    assert ask(slug, text) is None


@pytest.mark.parametrize("slug", PROMOTIONS)
def test_a_criterion_that_is_not_met_has_words_for_what_to_do_or_for_its_loss(slug: str) -> None:
    wording = PROMOTIONS[slug].wording
    for question in PROMOTIONS[slug].rules["eligibility"].questions.values():
        for criterion in question.criteria:
            words = wording.criteria.get(criterion.id)
            if words is None or criterion.params.get("outcome", "not met") != "not met":
                continue
            assert words.do if criterion.change != "never" else words.lost, criterion.id
            assert words.name not in (words.do, words.lost)


@pytest.mark.parametrize("slug", PROMOTIONS)
def test_what_to_do_is_an_order_and_no_statement_of_a_question_begins_with_yes_or_no(slug: str) -> None:
    wording = PROMOTIONS[slug].wording
    for words in wording.criteria.values():
        if words.do:
            assert words.do.kk.split(":")[0].endswith(("ңыз", "ңіз", "барсын")), words.do.kk
            assert words.do.ru[0].islower()
    for question in wording.questions.values():
        for statement in (question.yes, question.no):
            assert statement is not None
            assert not statement.ru.startswith(("Да", "Нет"))
            assert not statement.kk.startswith(("Иә", "Жоқ"))
