"""Secrets are hidden before anything keeps them, and whoever wants to be forgotten is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.masking import MASK, mask_person, mask_secrets
from dialogs.turn import Forgotten
from tests.dialogs.talk import known


@pytest.mark.parametrize("word", ["забудь меня", "мені ұмыт", "Удалить мои данные!", "/forget"])
def test_being_forgotten_is_asked_back_once(word: str) -> None:
    talk = known().say(word)
    assert (talk.keys, talk.ids, talk.effects) == (["privacy.sure"], ["forget.yes", "forget.no"], ())


def test_who_says_yes_is_forgotten_and_told_so() -> None:
    talk = known().tap("forget").press("forget.yes")
    assert (talk.keys, talk.effects) == (["privacy.forgotten"], (Forgotten(),))
    assert talk.say("налог").keys == ["rules.which_promotion"]


def test_who_says_no_is_kept() -> None:
    talk = known().tap("forget").press("forget.no")
    assert (talk.keys, talk.effects) == (["privacy.kept"], ())
    assert talk.conversation.promotion == "alfa"


def test_a_yes_that_nobody_asked_for_deletes_nothing() -> None:
    talk = known().tap("forget.yes")
    assert (talk.keys, talk.effects) == (["privacy.sure"], ())
    talk.press("forget.no").tap("forget.yes")
    assert talk.effects == ()


def test_one_may_be_forgotten_while_waiting_for_a_person() -> None:
    assert known().tap("person").say("забудь меня").press("forget.yes").effects == (Forgotten(),)


# secrets


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("мой код из смс 4821", f"мой код из смс {MASK}"),
        ("sms kod: 123456", f"sms kod: {MASK}"),
        ("смс-код 12 34", f"смс-код {MASK}"),
        ("cvv 123", f"cvv {MASK}"),
        ("пин-код карты 0000", f"пин-код карты {MASK}"),
        ("пароль: qwerty12", f"пароль: {MASK}"),
        ("құпия сөз: Алматы1", f"құпия сөз: {MASK}"),
        ("карта 4111 1111 1111 1111", f"карта {MASK}"),
        ("4111111111111111", MASK),
        ("4111-1111-1111-1111 срок 12/27", f"{MASK} срок {MASK}"),
    ],
)
def test_codes_passwords_and_card_numbers_are_hidden(text: str, kept: str) -> None:
    assert mask_secrets(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        *(
            "приз 869 990 тенге",
            "код товара в чеке на 5000 тенге",
            "ИИН 900101300123",
            "+7 701 123 45 67",
            "2024-11-30",
        ),
        *("билет 1234567812345678", "нужен ли промокод?", "код 500 ₸", "*88#", "кодекс 2007 года", "пароль не помню"),
    ],
)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert mask_secrets(text) == text


@given(st.text(max_size=300))
def test_hiding_twice_hides_no_more(text: str) -> None:
    once = mask_secrets(text)
    assert mask_secrets(once) == once


@pytest.mark.parametrize(
    "text",
    [
        *("пишите aigerim.s@mail.kz", "@aigerim_s", "https://t.me/aigerim", "KZ86125KZT5004100100", "ИИН 900101300123"),
        *("+7 (701) 123-45-67", "8 701 1234567", "87011234567"),
    ],
)
def test_the_question_log_names_nobody(text: str) -> None:
    masked = mask_person(f"кто платит налог? {text} отвечайте")
    assert MASK in masked
    assert masked.startswith("кто платит налог? ")
    assert not any(part in masked for part in ("aigerim", "123", "125KZT", "900101", "4567"))


def test_whoever_sent_a_secret_is_warned_in_the_same_message() -> None:
    talk = known().say(mask_secrets("кто платит налог? мой код из смс 4821"))
    assert len(talk.said) == 1
    assert talk.keys[:2] == ["privacy.secret", "reply.stated"]
