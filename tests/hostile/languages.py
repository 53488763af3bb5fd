"""In which language somebody was answered, by the catalogues: every text of the bot's own that stands there in one language only.

Leaves who must be answered to `malformed` and `browsing`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import parse_qs

from domain.rulebook import LANGUAGES, Language
from tests.catalogues import PLACEHOLDER, entries
from tests.hostile.calls import Call, perform
from tests.hostile.forged import TELEGRAM, WHATSAPP
from tests.world import World

TAG = re.compile(r"</?[bq]>")
Shown = tuple[str, list[str]]
"""A message's words, and the labels of its buttons."""


def languages_of(shown: str) -> set[Language]:
    """Of a message or a label as people see it: of clauses, names and numbers, which are no words of the bot's, nothing is said."""
    lines = plain(shown)
    return {language for language in LANGUAGES if any(text.search(lines) for text in _texts(language))}


def plain(shown: str) -> str:
    """Without what stands for bold and quotes: tags at Telegram, stars and bars on WhatsApp."""
    return "\n".join(line.removeprefix("> ").replace("*", "") for line in shown.split("\n"))


@cache
def _texts(language: Language) -> tuple[re.Pattern[str], ...]:
    """What is said in this language and in no other, to be found as whole lines."""
    own, other = _forms(language), {form for each in LANGUAGES if each != language for form in _forms(each)}
    return tuple(_pattern(form) for form in sorted(own - other))


def _forms(language: Language) -> set[str]:
    return {TAG.sub("", form) for forms in entries(language).values() for form in forms}


def _pattern(form: str) -> re.Pattern[str]:
    """Placeholders stand for anything within a line."""
    parts = PLACEHOLDER.split(plain(form))[::2]
    return re.compile(rf"^{'.+?'.join(map(re.escape, parts))}$", re.MULTILINE)


async def told(world: World, call: Call) -> list[Shown]:
    """What stands so far before whoever sent this call: each message's words, and the labels of its buttons."""
    if call.path == TELEGRAM:
        here = world.telegram.messages(json.loads(call.body)["message"]["chat"]["id"])
        return [(message.text, message.labels) for message in here]
    if call.path == WHATSAPP:
        sent = world.twilio.messages(parse_qs(call.body.decode())["From"][0])
        return [(message.text, message.labels) for message in sent]
    look = Call(call.name, "/preview/history?profile=telegram", call.headers[:1], b"", method="GET")
    status, body = await perform(world.base_url, look)
    assert status == 200, (call.name, status)
    drawn = [message for message in json.loads(body)["messages"] if message["from"] == "bot"]
    return [
        ("".join(span["t"] for span in one["spans"]), [each["label"] for each in one.get("options", ())])
        for one in drawn
    ]


def wrong_with(answers: Sequence[Shown], allowed: Sequence[Language]) -> str:
    """What is wrong with these answers to somebody who must be answered in one of these languages; nothing: ""."""
    if not answers:
        return "no answer"
    spoken = [languages_of(text) for text, _ in answers]
    labels = {language for _, shown in answers for label in shown for language in languages_of(label)}
    found = set.union(labels, *spoken)
    if len(found) != 1 or not all(spoken) or not found.issubset(allowed):
        return f"answered in {sorted(found) or 'no language'}, not in {' or '.join(allowed)}: {answers[0][0][:60]!r}"
    return ""
