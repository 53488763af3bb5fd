"""One person in a check of taking part, on the organisers' own promotions."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from bot.loading import load_phrases
from domain.eligibility import questions_of, rulings
from domain.rulebook import Language
from tests.dialogs.library import Published
from tests.dialogs.talk import Talk, known
from tests.domain.given import PROMOTIONS

LIBRARY = Published(PROMOTIONS)
PHRASES = load_phrases()
RUNNING = datetime.fromisoformat("2024-03-20T12:00:00+05:00")
ASKED = [
    (slug, name)
    for slug, promotion in PROMOTIONS.items()
    for name in (*questions_of(promotion), *rulings(promotion).silent)
]
SAID = {
    "first_contact_days_after_draw": "три",
    "connected_at": "12 марта 2024",
    "ekassa_connected_at": "12.09.2022",
    "receipts_via_app": "сентябрь 6, октябрь 7",
    "earlier_ekassa_since": "15.03.2022",
    "age": "25",
    "age_at_purchase": "25 жас",
    "accounts": "1",
}


def asked(slug: str, question: str, language: Language = "ru", now: datetime | None = None) -> Talk:
    talk = known(language, slug)
    talk.library, talk.now = LIBRARY, now or talk.now
    return talk.tap(f"check.{slug}.{question}")


def check(talk: Talk) -> Any:
    return talk.conversation.slots.get("check") or {}


def choose(talk: Talk, answer: int | str) -> Talk:
    """The n-th answer under the question, or `skip`, `done`."""
    return talk.press(f"fact.{check(talk)['run']}.{check(talk)['current']}.{answer}")


def answers(talk: Talk, *given: int | str) -> Talk:
    for each in given:
        talk = (
            talk.say(each.removeprefix("say "))
            if isinstance(each, str) and each.startswith("say ")
            else choose(talk, each)
        )
    return talk


def lines(talk: Talk) -> list[str]:
    """Each criterion of the verdict with its sign, in Russian, in the order in which it is shown."""
    shown = [phrase for phrase in talk.phrases if phrase.key in ("check.met", "check.not_met", "check.not_known")]
    return [f"{phrase.key.removeprefix('check.')} {phrase.params['criterion'].ru}" for phrase in shown]  # type: ignore[union-attr]


def text(talk: Talk) -> str:
    shown = "\n".join(PHRASES.render(outgoing, talk.language).text for outgoing in talk.said)
    return re.sub("[\ue000-\uf8ff]", "", shown)
