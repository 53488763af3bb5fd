"""What nobody should keep is hidden, and what proves a prize is kept: tables in both directions, and what the question log leaves out.

`masking/given.jsonl` is the table of the attack that found the leaks; `masking/own.jsonl` has the same kinds in other shapes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.text.typed import clean
from dialogs.masking import MASK, mask_name, mask_person, mask_secrets
from dialogs.messages import Attachment, Incoming
from tests.dialogs.library import NOW

TABLES = Path(__file__).parent / "masking"
ROWS = [
    json.loads(line) for name in ("given", "own") for line in (TABLES / f"{name}.jsonl").read_text("utf-8").splitlines()
]


def as_kept(text: str, *names: str) -> Incoming:
    files = tuple(Attachment("ref", "image/jpeg", name) for name in names)
    return clean(Incoming("1", "test", "address", NOW, "text", text, attachments=files))


@pytest.mark.parametrize("row", [row for row in ROWS if "hide" in row], ids=lambda row: row["text"])
def test_a_secret_is_not_kept(row: dict[str, str]) -> None:
    assert row["hide"] not in mask_secrets(row["text"])
    assert row["hide"] not in as_kept(row["text"]).text


@pytest.mark.parametrize("row", [row for row in ROWS if "keep" in row], ids=lambda row: row["text"])
def test_what_is_no_secret_is_kept(row: dict[str, str]) -> None:
    assert row["keep"] in mask_secrets(row["text"])
    assert row["keep"] in as_kept(row["text"]).text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_what_is_hidden_once_is_not_hidden_again(row: dict[str, str]) -> None:
    once = mask_secrets(row["text"])
    assert mask_secrets(once) == once


def test_the_names_of_files_hide_secrets_and_keep_their_endings() -> None:
    names = ("карта_4400430212345679.jpg", "пароль qwerty12.xlsx", "4400-4302-1234-5679", "IMG_20240315_143000.jpg")
    kept = [file.name for file in as_kept("", *names).attachments]
    assert kept == [f"карта_{MASK}.jpg", f"пароль {MASK}.xlsx", MASK, "IMG_20240315_143000.jpg"]
    assert mask_name("чек 12.01.2026.pdf") == "чек 12.01.2026.pdf"


def test_a_text_that_is_too_long_is_cut_before_it_is_kept() -> None:
    assert len(as_kept("я" * 50_000).text) == 12_000


@pytest.mark.parametrize(
    ("question", "logged"),
    [
        (
            "меня зовут Маркеров Ержан, живу улица Маркерная 5, когда розыгрыш?",
            "меня зовут ••••, живу ••••, когда розыгрыш?",
        ),
        ("меня зовут маркеров ержан живу улица маркерная 5 когда розыгрыш", "меня зовут •••• живу •••• когда розыгрыш"),
        ("живу в г. Алматы, ул. Абая 5, кв. 3. Когда приз?", "живу в г. ••••. Когда приз?"),
        ("мой адрес: Астана, пр. Мангилик ел 20 кв 5. как получить?", "мой адрес: ••••. как получить?"),
        ("ФИО Ахметова А. Б., я участвую?", "ФИО ••••., я участвую?"),
        ("менің атым Ержан Маркеров, ұтыс қашан?", "менің атым ••••, ұтыс қашан?"),
        ("есімім Айжан, жүлдем қайда?", "есімім ••••, жүлдем қайда?"),
        (
            "мекенжайым Алматы, Абай көшесі 5, 12 пәтер, жүлде қашан келеді?",
            "мекенжайым ••••, жүлде қашан келеді?",
        ),
        ("Алматы қаласы, Абай көшесі 5 үйде тұрамын, қатыса аламын ба?", "•••• тұрамын, қатыса аламын ба?"),
    ],
)
def test_the_question_log_names_nobody_and_no_place(question: str, logged: str) -> None:
    assert mask_person(question) == logged


@pytest.mark.parametrize(
    "question",
    [
        *("живу в России, можно участвовать?", "адрес офиса где?", "мекенжайы қайда?", "менің атым тізімде жоқ"),
        *("фамилия не совпадает", "как меня зовут в списке?", "шетелде тұрамын, қатыса аламын ба?"),
    ],
)
def test_the_question_log_keeps_what_is_asked(question: str) -> None:
    assert mask_person(question) == question
