"""Calls by those who know the secrets but send what is no proper event: mutations by the thousand, and a hand-made list.

Leaves posting them to whoever runs them. The same seed gives the same calls.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import quote_plus

from domain.rulebook import LANGUAGES, Language
from tests.fakes.twilio_webhooks import Webhooks
from tests.hostile.calls import Call
from tests.hostile.forged import FORM, JSON, SECRET, SIGNATURE, STATUS, TELEGRAM, WHATSAPP

TEXTS = (
    "",
    " ",
    "\u0000",
    "а\u0000б",
    "\ud800",
    "\udfff\ud800",
    "\u202eтекст справа",
    "\u200b\u200c\u200d\ufeff",
    "a" + "\u0301" * 5000,
    "👨‍👩‍👧‍👦" * 300,
    "ﷺ" * 1000,
    "<b>жирно</b> &lt;script&gt;alert(1)</script>",
    "<a href='javascript:alert(1)'>x</a>",
    "</b></i><pre>",
    "*_`[]()~>#+-=|{}.!\\",
    "{{7*7}} ${7*7} %s %n {0} {key!r}",
    "'; DROP TABLE inbox; --",
    "../../../../etc/passwd",
    "\r\nX-Injected: yes\r\n\r\n",
    '=HYPERLINK("https://evil.example")',
    "x" * 4096,
    "ұ" * 10_000,
    "x" * 200_000,
    "1" * 400,
    "-1",
    "0",
    "1e309",
    "NaN",
    "٣٤٥",
    "12.01 600 тыс кено\n" * 500,
    "/start " + "x" * 5000,
    "/" * 4000,
    "/start\u0000",
    "\n" * 4000,
    "\t\x0b\x0c\x1b[31m",
    "true",
    "null",
    "[]",
    "🇰🇿" * 2000,
    "ǅ ß İ ı ﬀ Å K",
)
SPEAKING = ("\u202eтекст справа", "12.01 600 тыс кено\n" * 500)
"""Those that hold words of a language: whoever writes them may be answered in it, whatever they chose before."""
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    10**400,
    0.5,
    1e308,
    "",
    "1",
    "x",
    [],
    [[]],
    [None],
    {},
    {"": ""},
    {"id": None},
)
RAW = {
    "empty": b"",
    "blank": b" \n",
    "null": b"null",
    "a number": b"1",
    "a list": b"[]",
    "a text": b'"x"',
    "cut short": b'{"update_id": 5, "message": {',
    "no JSON": b"update_id=5",
    "two documents": b'{"update_id": 5}{"update_id": 6}',
    "byte order mark": b'\xef\xbb\xbf{"update_id": 5}',
    "UTF-16": '{"update_id": 5}'.encode("utf-16"),
    "broken UTF-8": b'{"update_id": 5, "message": {"text": "\xff\xc3\x28"}}',
    "NaN": b'{"update_id": NaN}',
    "infinity": b'{"update_id": 5, "x": Infinity}',
    "a comment": b'{"update_id": 5} // x',
    "a trailing comma": b'{"update_id": 5,}',
    "single quotes": b"{'update_id': 5}",
    "the same key twice": b'{"update_id": 5, "update_id": 6}',
    "half a surrogate": b'{"update_id": 5, "message": {"text": "\\ud83d"}}',
    "a control character": b'{"update_id": 5, "x": "\x01"}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56\x2a\x4a\x2d\x2e",
    "deep lists": b'{"update_id": 5, "x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "deep objects": b'{"update_id": 5, "x": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_000 + b"}",
    "a huge number": b'{"update_id": ' + b"9" * 5000 + b"}",
    "a huge fraction": b'{"update_id": 5.' + b"1" * 5000 + b"}",
    "many keys": b'{"update_id": 5, ' + b",".join(b'"k%d": 0' % n for n in range(20_000)) + b"}",
    "an unknown kind": b'{"update_id": 5, "quantum_message": {"qubit": 1}}',
    "a number as text": b'{"update_id": "5"}',
    "a negative number": b'{"update_id": -5}',
    "a fraction": b'{"update_id": 5.5}',
    "an exponent": b'{"update_id": 5e2}',
    "a chat without an id": b'{"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"type": "private"}, "text": "x"}}',
    "a year long past": b'{"update_id": 5, "message": {"message_id": 1, "date": -99999999999999, "chat": {"id": 7, "type": "private"}}}',
    "all kinds at once": b'{"update_id": 5, "message": {}, "edited_message": {}, "callback_query": {}, "my_chat_member": {}}',
    "a megabyte": b'{"update_id": 5, "x": "' + b"a" * 999_900 + b'"}',
    "more than a megabyte": b'{"update_id": 5, "x": "' + b"a" * 1_200_000 + b'"}',
}
FORMS = {
    "empty": b"",
    "separators": b"&&&===;;;",
    "broken escapes": b"MessageSid=%zz&From=%",
    "broken UTF-8": b"MessageSid=SM1&From=whatsapp%3A%2B7701&Body=%ff%fe",
    "raw bytes": b"MessageSid=SM1&Body=\xff\xfe\x00",
    "many fields": b"&".join(b"f%d=1" % n for n in range(5000)),
    "a long name": b"a" * 100_000 + b"=1",
    "more than a megabyte": b"Body=" + b"a" * 1_200_000,
    "JSON": b'{"MessageSid": "SM1"}',
}
HEADERS = {
    "no content type": (),
    "another content type": (("Content-Type", b"text/xml"),),
    "a charset": (("Content-Type", b"application/json; charset=utf-16"),),
    "an encoding": (("Content-Type", b"application/json"), ("Content-Encoding", b"gzip")),
    "a long header": (("Content-Type", b"application/json"), ("X-Long", b"a" * 8000)),
    "many headers": (("Content-Type", b"application/json"), *((f"X-{n}", b"1") for n in range(60))),
    "bytes": (("Content-Type", b"application/json"), ("X-Bytes", b"\xff\xfe\x80")),
}


STATUSES: tuple[dict[str, str], ...] = (
    {},
    {"MessageSid": "SM1"},
    {"MessageSid": "SM1", "MessageStatus": "x" * 3000},
    {"MessageStatus": "sent"},
    {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "много"},
    {"MessageSid": "S" * 5000, "MessageStatus": "read"},
)


ODD: tuple[dict[str, str], ...] = (
    {"NumMedia": "-1"},
    {"NumMedia": "99999999999"},
    {"NumMedia": "3"},
    {"NumMedia": "1", "MediaUrl0": "file:///etc/passwd", "MediaContentType0": "text/csv"},
    {"NumMedia": "1", "MediaUrl0": "http://127.0.0.1:1/", "MediaContentType0": ""},
    {"NumMedia": "one"},
    {"Latitude": "north", "Longitude": "NaN"},
    {"ButtonPayload": "x" * 5000},
    {"ListId": "\u0000"},
    {"WaId": "not a phone"},
)
NOBODY: tuple[dict[str, str], ...] = (
    {"From": "whatsapp:"},
    {"From": "+77010000000"},
    {"From": "whatsapp:" + "9" * 500},
    {"MessageSid": ""},
    {"MessageSid": "S" * 5000},
)
"""Whom nobody could answer, or what nobody could tell from another."""


def answer_to(text: str, chosen: Language) -> tuple[Language, ...]:
    return LANGUAGES if text in SPEAKING else (chosen,)


class Spoiler:
    """Makes calls that are genuine in secret and signature and wrong in content."""

    def __init__(self, seed: int, base_url: str, secret: str, auth: str) -> None:
        self._random = random.Random(seed)
        self._base, self._webhooks = base_url, Webhooks(auth)
        self._right = (SECRET, secret.encode())

    def made_by_hand(self, updates: Iterator[dict[str, Any]], forms: Iterator[dict[str, str]]) -> Iterator[Call]:
        for name, body in RAW.items():
            yield Call(f"Telegram, {name}", TELEGRAM, (*JSON, self._right), body)
        for name, headers in HEADERS.items():
            yield Call(f"Telegram, {name}", TELEGRAM, (*headers, self._right), _json(next(updates)))
        for name, body in FORMS.items():
            signature = self._webhooks.sign(self._base + WHATSAPP, {}).encode()
            yield Call(f"Twilio, {name}", WHATSAPP, (*FORM, (SIGNATURE, signature)), body)
        for change in NOBODY:
            yield self.form(f"Twilio, {change}"[:60], next(forms) | change)
        for status in STATUSES:
            yield self.form(f"status {status}"[:60], {"AccountSid": next(forms)["AccountSid"], **status}, STATUS)

    def said(self, updates: Iterator[dict[str, Any]], forms: Iterator[dict[str, str]]) -> Iterator[tuple[Call, Call]]:
        """What somebody has to be answered to, each with the call in which they chose a language before."""
        for language, text in product(LANGUAGES, TEXTS):
            update, other = next(updates), next(updates)
            chosen = deepcopy(update) | {"update_id": other["update_id"]}
            chosen["message"]["text"], update["message"]["text"] = f"/{language}", text
            call = self.update(f"Telegram, {language}, {text[:12]!r}", update)
            yield self.update(f"a choice of {language}", chosen), replace(call, answer=answer_to(text, language))
        for language, change in product(LANGUAGES, (*({"Body": text} for text in TEXTS), *ODD)):
            form = next(forms) | {"Body": "?!"}
            choice = form | {"MessageSid": next(forms)["MessageSid"], "Body": f"/{language}"}
            call = self.form(f"Twilio, {language}, {change}"[:60], form | change)
            languages = answer_to(change.get("Body", ""), language)
            yield self.form(f"a choice of {language}", choice), replace(call, answer=languages)

    def mutated(self, updates: Iterator[dict[str, Any]], forms: Iterator[dict[str, str]], count: int) -> Iterator[Call]:
        for number in range(count):
            if number % 2:
                yield self.form(f"mutated form {number}", self._bend_form(next(forms)))
            else:
                update = next(updates)
                for _ in range(self._random.randint(1, 3)):
                    self._bend(update)
                if self._random.random() < 0.9 and isinstance(update, dict):
                    update.setdefault("update_id", 900_000_000 + number)
                yield self.update(f"mutated update {number}", update)

    def update(self, name: str, update: Mapping[str, Any]) -> Call:
        return Call(name, TELEGRAM, (*JSON, self._right), _json(update))

    def form(self, name: str, form: Mapping[str, str], path: str = WHATSAPP) -> Call:
        """Signed over what the program will read."""
        whole = {key: text.encode("utf-8", "replace").decode() for key, text in form.items()}
        body = "&".join(f"{quote_plus(key)}={quote_plus(text)}" for key, text in whole.items()).encode()
        signature = self._webhooks.sign(self._base + path, whole).encode()
        return Call(name, path, (*FORM, (SIGNATURE, signature)), body)

    def _bend(self, node: Any) -> None:
        """Changes one place of a JSON document."""
        holder = node
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                return
            key = self._random.choice(keys)
            if isinstance(holder[key], (dict, list)) and holder[key] and self._random.random() < 0.75:
                holder = holder[key]
                continue
            match self._random.randrange(5):
                case 0 if isinstance(holder, dict):
                    del holder[key]
                case 1:
                    holder[key] = self._random.choice(TEXTS)
                case 2 if isinstance(holder[key], int):
                    holder[key] = str(holder[key])
                case 3 if isinstance(holder, dict):
                    holder[str(self._random.choice(TEXTS))[:50] or "?"] = holder[key]
                case _:
                    holder[key] = deepcopy(self._random.choice(VALUES))
            return

    def _bend_form(self, form: dict[str, str]) -> dict[str, str]:
        for _ in range(self._random.randint(1, 3)):
            key = self._random.choice(list(form))
            if key in ("AccountSid", "To"):  # what they hold decides whether a call is let in at all
                continue
            match self._random.randrange(4):
                case 0:
                    del form[key]
                case 1:
                    form[key] = self._random.choice(TEXTS)[:20_000]
                case 2:
                    form[key] = str(self._random.choice(VALUES))[:500]
                case _:
                    form[self._random.choice(("ButtonPayload", "ListId", "MediaUrl0", "NumMedia", "Latitude"))] = form[
                        key
                    ]
        return form


def _json(value: Any) -> bytes:
    """As Python writes it: half surrogates as escapes, numbers of any size."""
    return json.dumps(value, ensure_ascii=True).encode()
