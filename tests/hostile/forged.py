"""Webhook calls that are not Telegram's or Twilio's: each is a genuine one with something about it forged.

Leaves posting them to whoever runs them. The same seed gives the same calls.
"""

from __future__ import annotations

import base64
import hmac
import json
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from tests.fakes.twilio_people import Form
from tests.fakes.twilio_webhooks import Webhooks
from tests.hostile.calls import Call, Headers

SECRET, SIGNATURE = "X-Telegram-Bot-Api-Secret-Token", "X-Twilio-Signature"
TELEGRAM, WHATSAPP, STATUS = "/telegram/webhook", "/whatsapp/webhook", "/whatsapp/status"
JSON: Headers = (("Content-Type", b"application/json"),)
FORM: Headers = (("Content-Type", b"application/x-www-form-urlencoded"),)
EVIL = "evil.example"
FORWARDED = (
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-For",
    "Forwarded",
    "X-Real-Ip",
    "X-Original-Url",
    "Host",
)


class Forger:
    """Knows a public address, what a genuine call looks like, and none of the secrets: those are passed for making near misses."""

    def __init__(self, seed: int, base_url: str, secret: str, token: str, account: str, auth: str) -> None:
        self._random = random.Random(seed)
        self._base, self._secret, self._token = base_url, secret, token
        self._account, self._webhooks = account, Webhooks(auth)
        self._auth = auth

    def telegram(self, updates: Iterator[dict[str, Any]], count: int) -> list[Call]:
        return list(islice(self._telegram(updates), count))

    def twilio(self, forms: Iterator[Form], count: int) -> list[Call]:
        return list(islice(self._twilio(forms), count))

    def _telegram(self, updates: Iterator[dict[str, Any]]) -> Iterator[Call]:
        while True:
            for name, headers, path in (*self._secrets(), *self._places()):
                yield Call(name, path, JSON + headers, json.dumps(next(updates)).encode())
            body = json.dumps(next(updates) | {"secret_token": self._secret}).encode()
            yield Call("secret in the body", TELEGRAM, JSON, body)
            for forwarded in FORWARDED[:-1]:
                headers = (*JSON, (forwarded, b"api.telegram.org"))
                yield Call(f"{forwarded} of Telegram, no secret", TELEGRAM, headers, json.dumps(next(updates)).encode())

    def _secrets(self) -> Iterator[tuple[str, Headers, str]]:
        right = self._secret.encode()
        place = self._random.randrange(len(right))
        other = bytes([right[place] ^ 1])
        wrong = {
            "no secret": None,
            "empty secret": b"",
            "one letter other": right[:place] + other + right[place + 1 :],
            "cut short": right[: self._random.randrange(1, len(right))],
            "one letter more": right + bytes([self._random.choice(b"abcXYZ019_-")]),
            "other case": right.swapcase() if right.swapcase() != right else right + b"x",
            "backwards": right[::-1] if right[::-1] != right else right + b"x",
            "the bot's token": self._token.encode(),
            "random": base64.urlsafe_b64encode(self._random.randbytes(24)),
            "not ASCII": "құпия".encode(),
            "quoted": b'"' + right + b'"',
            "with a scheme": b"Bearer " + right,
            "twice in one": right + b"," + right,
            "encoded": base64.b64encode(right),
        }
        for name, value in wrong.items():
            yield f"secret: {name}", () if value is None else ((SECRET, value),), TELEGRAM
        for header in ("Authorization", "X-Telegram-Bot-Api-Secret", "X-Telegram-Bot-Api-Secret-Token-", "Cookie"):
            yield f"secret in {header}", ((header, right),), TELEGRAM

    def _places(self) -> Iterator[tuple[str, Headers, str]]:
        for path in (
            f"{TELEGRAM}?secret_token={self._secret}",
            f"{TELEGRAM}?{SECRET}={self._secret}",
            f"{TELEGRAM}#{self._secret}",
        ):
            yield "secret in the address", (), path
        right = ((SECRET, self._secret.encode()),)
        for path in (
            WHATSAPP,
            STATUS,
            "/telegram/webhook/",
            "//telegram/webhook",
            "/telegram/Webhook",
            "/telegram",
            "/",
        ):
            yield f"right secret, but {path}", right, path

    def _twilio(self, forms: Iterator[Form]) -> Iterator[Call]:
        while True:
            form = next(forms)
            for name in form:
                yield self._signed(f"{name} changed", next(forms), lambda f, n=name: f | {n: self._other(f.get(n, ""))})
                yield self._signed(
                    f"{name} left out",
                    next(forms),
                    lambda f, n=name: {key: f[key] for key in f if key != n},
                )
            for more in ("ButtonPayload", "ListId", "MediaUrl0", "Latitude", "WaId2", "ForwardedCount", "_"):
                yield self._signed(f"{more} added", next(forms), lambda f, n=more: f | {n: "forget.yes"})
            yield from self._signatures(forms)
            yield from self._addresses(forms)
            yield from self._shapes(forms)
            yield from self._statuses()

    def _signed(self, name: str, form: Form, change: Any) -> Call:
        """A form that was changed after it was signed."""
        return self._post(name, change(form), self._webhooks.sign(self._base + WHATSAPP, form).encode())

    def _signatures(self, forms: Iterator[Form]) -> Iterator[Call]:
        def sign(form: Form) -> str:
            return self._webhooks.sign(self._base + WHATSAPP, form)

        for name, bend in (
            ("none", lambda s: None),
            ("empty", lambda s: ""),
            ("cut short", lambda s: s[: self._random.randrange(1, len(s))]),
            ("longer", lambda s: s + "="),
            ("other case", lambda s: s.swapcase()),
            ("hex", lambda s: base64.b64decode(s).hex()),
            ("url alphabet", lambda s: base64.urlsafe_b64encode(base64.b64decode(s)).decode().replace("=", "")),
            ("one letter other", lambda s: ("A" if s[0] != "A" else "B") + s[1:]),
            ("random", lambda s: base64.b64encode(self._random.randbytes(20)).decode()),
            ("with a scheme", lambda s: "sha1=" + s),
            ("not ASCII", lambda s: "қол" + s),
            ("of the message before", lambda s: sign(next(forms))),
        ):
            form = next(forms)
            bent = bend(sign(form))
            yield self._post(f"signature: {name}", form, None if bent is None else bent.encode())
        for name, token in (
            ("another account's token", "0" * 32),
            ("no token", ""),
            ("the account's sid", self._account),
        ):
            form = next(forms)
            yield self._post(f"signed with {name}", form, Webhooks(token).sign(self._base + WHATSAPP, form).encode())
        form = next(forms)
        text = self._base + WHATSAPP + "".join(name + form[name] for name in sorted(form))
        strong = hmac.digest(self._auth.encode(), text.encode(), "sha256")
        yield self._post("signed with SHA-256", form, base64.b64encode(strong))
        for form, sid in ((next(forms), "AC" + "f" * 32), (next(forms), "")):
            other = form | {"AccountSid": sid}
            yield self._post("another account, signed with the right token", other, sign(other).encode())
        other = next(forms) | {"To": "whatsapp:+77009999999"}
        yield self._post("another number of the account, signed with the right token", other, sign(other).encode())

    def _addresses(self, forms: Iterator[Form]) -> Iterator[Call]:
        path = self._base + WHATSAPP
        addresses = {
            "https": path.replace("http://", "https://"),
            "localhost": path.replace("127.0.0.1", "localhost"),
            "another host": f"https://{EVIL}{WHATSAPP}",
            "the status address": self._base + STATUS,
            "a slash more": path + "/",
            "a query more": path + "?x=1",
            "user and password": path.replace("http://", "http://a:b@"),
            "upper case": self._base + WHATSAPP.upper(),
            "Telegram's address": self._base + TELEGRAM,
            "nothing": "",
        }
        for name, url in addresses.items():
            form = next(forms)
            yield self._post(f"signed over {name}", form, self._webhooks.sign(url, form).encode())
        for forwarded in FORWARDED:
            form = next(forms)
            signature = self._webhooks.sign(f"https://{EVIL}{WHATSAPP}", form).encode()
            more = () if forwarded == "Host" else ((forwarded, b"https" if "Proto" in forwarded else EVIL.encode()),)
            headers = (*FORM, *more, (SIGNATURE, signature))
            body, host = urlencode(form).encode(), EVIL if forwarded == "Host" else ""
            yield Call(f"{forwarded} forged, signed over it", WHATSAPP, headers, body, host=host)

    def _shapes(self, forms: Iterator[Form]) -> Iterator[Call]:
        for name, build in (
            ("as JSON", lambda f: json.dumps(f).encode()),
            ("nothing", lambda f: b""),
            ("a field twice", lambda f: urlencode(f).encode() + b"&Body=other"),
            ("a field twice, before", lambda f: b"Body=other&" + urlencode(f).encode()),
            ("the sender twice", lambda f: urlencode(f).encode() + b"&From=whatsapp%3A%2B77010000000"),
            ("field names with a bracket", lambda f: urlencode({f"{k}[]": v for k, v in f.items()}).encode()),
        ):
            form = next(forms)
            signature = self._webhooks.sign(self._base + WHATSAPP, form).encode()
            yield Call(f"body: {name}", WHATSAPP, (*FORM, (SIGNATURE, signature)), build(form))
        form = next(forms)
        signature = self._webhooks.sign(self._base + WHATSAPP, form).encode()
        query = f"{WHATSAPP}?{urlencode(form)}"
        yield Call("fields in the address", query, (*FORM, (SIGNATURE, signature)), b"")
        yield Call("a GET", query, ((SIGNATURE, signature),), b"", method="GET")
        yield Call("on the status address", STATUS, (*FORM, (SIGNATURE, signature)), urlencode(form).encode())

    def _statuses(self) -> Iterator[Call]:
        """What became of a message, told by somebody else."""
        status = {
            "AccountSid": self._account,
            "MessageSid": f"SM{self._random.getrandbits(128):032x}",
            "MessageStatus": "sent",
        }
        right = self._webhooks.sign(self._base + STATUS, status)
        for name, form, signature in (
            ("no signature", status, ""),
            ("changed", status | {"MessageStatus": "failed"}, right),
            ("an error added", status | {"ErrorCode": "63016"}, right),
            ("of another message", status | {"MessageSid": "SM" + "0" * 32}, right),
            ("signed over the other address", status, self._webhooks.sign(self._base + WHATSAPP, status)),
            ("signed over a query", status, self._webhooks.sign(self._base + STATUS + "?a=1", status)),
            ("another account's", status, Webhooks("1" * 32).sign(self._base + STATUS, status)),
            ("another account", status | {"AccountSid": "AC" + "e" * 32}, right),
        ):
            headers = (*FORM, (SIGNATURE, signature.encode()))
            yield Call(f"status: {name}", STATUS, headers, urlencode(form).encode())

    def _post(self, name: str, form: Form, signature: bytes | None) -> Call:
        headers = FORM if signature is None else (*FORM, (SIGNATURE, signature))
        return Call(name, WHATSAPP, headers, urlencode(form).encode())

    def _other(self, value: str) -> str:
        return self._random.choice((value + "1", value[:-1] + "Z" if value else "Z", "0" + value))
