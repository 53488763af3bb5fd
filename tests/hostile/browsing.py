"""Malformed calls of the browser chat: bodies made by hand and mutated, cookies, headers, questions for the history.

Leaves posting them to whoever runs them. The same seed gives the same calls.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any

from bot.web.preview.visitors import COOKIE, Visitors
from domain.rulebook import LANGUAGES
from tests.hostile.calls import Call, Headers
from tests.hostile.malformed import RAW, TEXTS, VALUES, answer_to

EVENTS, SESSION, HISTORY, STREAM = "/preview/events", "/preview/session", "/preview/history", "/preview/stream"
ASKED = (
    *(
        "",
        "?",
        "?profile=",
        "?profile=sms",
        "?profile=telegram&profile=sms",
        "?profile=%00",
        "?profile=%ff",
        "?after=1",
    ),
    *("?profile=telegram&after=x", "?profile=telegram&after=NaN", "?profile=telegram&after=1.5", "?profile[]=telegram"),
    *("?profile=" + "a" * 5000, "?profile=telegram&after=" + "9" * 3000, "?profile=telegram&after=%F0%9F%99%82"),
)
COOKIES = (b"", b"x", b"a" * 43 + b"!", b"a" * 7000, b"\xff\xfe", b'"', b"..%2f" * 9, b"0" * 42)


class Visitor:
    def __init__(self, seed: int, given: Visitors) -> None:
        self._random, self._given = random.Random(seed), given

    def made_by_hand(self) -> Iterator[Call]:
        for name, body in RAW.items():
            yield self.event(f"Browser, {name}", body)
        for text in TEXTS:
            yield self.event("Browser, option", _json(self._said(kind="option", option=text)))
        for query in ASKED:
            for path in (HISTORY, STREAM):
                if path == HISTORY or "sms" in query or "telegram" not in query:
                    yield Call(f"Browser, {path}{query}"[:60], path + query, self._cookie(), b"", method="GET")
        for cookie in COOKIES:
            for path, method in ((EVENTS, "POST"), (SESSION, "POST"), (HISTORY + "?profile=telegram", "GET")):
                headers = (("Cookie", COOKIE.encode() + b"=" + cookie),)
                yield Call(
                    f"Browser, cookie {cookie[:8]!r} at {path}", path, headers, _json(self._said()), method=method
                )
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "QUANTUM"):
            for path in (EVENTS, SESSION, HISTORY, "/", "/healthz", "/metrics"):
                yield Call(f"Browser, {method} {path}", path, self._cookie(), b"{}", method=method)
        for path in (
            "/preview/static/../routes.py",
            "/preview/static/%2e%2e/routes.py",
            "/preview/static/%00",
            "/preview/static/" + "a" * 3000,
            "/preview/static/%ff",
            "/preview/static/chat.css/x",
            "/preview",
            "//",
        ):
            yield Call(f"Browser, {path}", path, self._cookie(), b"", method="GET")

    def said(self) -> Iterator[tuple[Call, Call]]:
        """What somebody has to be answered to, each with the call in which they chose a language before: one after another."""
        for language, text in zip(cycle(LANGUAGES), TEXTS, strict=False):
            call = self.event(f"Browser, {language}, {text[:12]!r}", _json(self._said(text=text)))
            choice = replace(call, name=f"a choice of {language}", body=_json(self._said(text=f"/{language}")))
            yield choice, replace(call, answer=answer_to(text, language))

    def mutated(self, count: int) -> Iterator[Call]:
        for number in range(count):
            event = self._said(kind=self._random.choice(("text", "option", "start", "attachment")))
            event |= {"option": "menu", "attachment": {"name": "a.pdf", "type": "application/pdf", "size": 5}}
            for _ in range(self._random.randint(1, 3)):
                self._bend(event)
            yield self.event(f"mutated event {number}", _json(event))

    def event(self, name: str, body: bytes) -> Call:
        """Each of a browser of its own."""
        return Call(name, EVENTS, (*self._cookie(), ("Content-Type", b"application/json")), body)

    def _cookie(self) -> Headers:
        name = "".join(self._random.choices("abcdefghijkLMNOPQRSTUVWXYZ0123456789_-", k=43))
        token = self._given.token(time.time(), name)
        return (("Cookie", f"{COOKIE}={token}".encode()),)

    def _said(self, **more: Any) -> dict[str, Any]:
        number = f"{self._random.getrandbits(64):016x}"
        return {"id": number, "profile": "telegram", "kind": "text", "text": "сәлем", **more}

    def _bend(self, event: dict[str, Any]) -> None:
        holder = event["attachment"] if self._random.random() < 0.3 and event.get("attachment") else event
        if not isinstance(holder, dict) or not holder:
            return
        key = self._random.choice(list(holder))
        match self._random.randrange(3):
            case 0:
                del holder[key]
                event.setdefault("attachment", None)
            case 1:
                holder[key] = self._random.choice(TEXTS)
            case _:
                holder[key] = self._random.choice(VALUES)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()
