"""WhatsApp through Twilio: plain bodies, quick replies and lists by the Content API, templates where the reply window has closed.

Not here: reading webhooks (see events.py); what was missed (see missed.py); order, retry and rates (see the outbox). Limits:
twilio.com/docs/whatsapp (body 1600, quick reply 3 x 20 and list 10 x 24 in session, body 1024 under either; free text within 24 h of
the person's last message).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
import structlog
from yarl import URL

from bot.calling import NotSent
from bot.channels.base import Channel, Delivery, Failure
from bot.channels.fetching import Fetcher, Gone
from bot.channels.program import UNLIMITED, Duty, Program, Routes, SendRate, WebAnswer, WebHeaders, Webhook
from bot.channels.whatsapp.api import API, TwilioApi, TwilioRefused, judge
from bot.channels.whatsapp.borders import check_message, check_status
from bot.channels.whatsapp.events import NAME, listed, read_call, read_form, read_status, understand
from bot.channels.whatsapp.kept import Kept, KeptRows
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.missed import Gap
from bot.channels.whatsapp.shape import LIMITS, WINDOW, compose
from bot.channels.whatsapp.signature import SIGNATURE, Signatures
from bot.metrics import REFUSED_CALLS
from bot.text.limits import Limits
from bot.text.phrases import Rendered
from domain.pace import pace
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

WEBHOOK, STATUS = "/whatsapp/webhook", "/whatsapp/status"
TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
CONTENT = "https://content.twilio.com/v1/Content"
LONGEST = 256 * 1024
"""Bytes of a call at most: five times a text of 4096 signs of twelve bytes each."""
SIDS = 1000
"""Contents whose sids are kept in memory: the menus and lists that most people see."""
_decode = msgspec.json.Decoder().decode
_canonical = msgspec.json.Encoder(order="sorted").encode


class WhatsApp(Channel):
    """One sender number. `base_url` is the public address that Twilio signs; `templates` maps `name.language` to a ContentSid."""

    name = NAME

    def __init__(
        self,
        sid: str,
        token: str,
        sender: str,
        base_url: str,
        api_url: str | None,
        templates: Mapping[str, str],
        *,
        rate: SendRate = UNLIMITED,
    ) -> None:
        self._sid = sid
        self._sender = sender if sender.startswith("whatsapp:") else f"whatsapp:{sender}"
        self._base_url, self._api_url = base_url.rstrip("/"), api_url
        self._templates, self.rate = templates, rate
        self._kept: Kept
        self._found: deque[str] = deque(maxlen=SIDS)
        self._signatures = Signatures(token)
        self._api = TwilioApi(sid, token, api_url)
        self._gap = Gap(self._api, self._sender)
        self._media = Media(URL(API), URL(api_url or API), sid, token)
        self._making: dict[bytes, asyncio.Future[str]] = {}
        self._sids: dict[bytes, str] = {}

    def limits(self, address: str) -> Limits:
        return LIMITS

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        return compose(address, message, now, self._templates)

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        call = _decode(payload)
        try:
            if repeated and (sid := await self._sent_before(call)):
                return Delivery("sent", sid)
            form = await self._form(call)
        # what comes before a message: it was not posted, however that ended, so it cannot come twice
        except TwilioRefused as refused:
            before = refused.delivery
            return replace(before, outcome="later") if before.outcome == "unknown" else before
        except (TimeoutError, OSError, ValueError, StorageDown) as error:
            return Delivery("later", after=3.0, reason=type(error).__name__)
        return await self._post(form) if form else Delivery("refused", reason="reply window closed and no template")

    async def _form(self, call: dict[str, Any]) -> dict[str, str] | None:
        """What is to be posted; None where the reply window has closed and there is no template. Raises Refused, StorageDown, and as
        `TwilioApi.ask` does."""
        form = {"To": call["to"], "From": self._sender}
        if self._base_url.startswith("https://") or self._api_url:
            form["StatusCallback"] = f"{self._base_url}{STATUS}"
        if datetime.now(UTC).timestamp() > call["closes"]:
            if "template" not in call:
                return None
            form["ContentSid"] = call["template"]
        elif "content" in call:
            form["ContentSid"] = await self._content(call["content"])
        else:
            form["Body"] = call["body"]
        return form

    async def _post(self, form: dict[str, str]) -> Delivery:
        try:
            status, answer = await self._api.ask("POST", self._api.messages, form)
        except TimeoutError:
            return Delivery("unknown", reason="timeout")
        except NotSent:
            return Delivery("later", after=3.0, reason="no connection")
        except (OSError, ValueError) as error:
            return Delivery("unknown", reason=type(error).__name__)
        if status in (200, 201):
            return Delivery("sent", str(answer.get("sid")))
        return judge(status, answer)

    async def _content(self, content: dict[str, Any]) -> str:
        """The sid of a content with these words and buttons; each is created at Twilio once, ever, but for processes that do it at the same
        moment: then all use that of one of them."""
        digest = hashlib.sha256(_canonical(content)).digest()
        if sid := self._sids.get(digest):
            return sid
        making = self._making.get(digest)  # others who need it at the same moment wait for the one that is being made
        if making is None:
            making = self._making[digest] = asyncio.ensure_future(self._find_or_create(content, digest))
            making.add_done_callback(lambda _: self._making.pop(digest, None))
        return await asyncio.shield(making)

    async def _find_or_create(self, content: dict[str, Any], digest: bytes) -> str:
        if sid := await self._kept.find(digest):
            return self._remember(digest, sid)
        body = {"friendly_name": f"utys_{digest.hex()[:16]}", **content}
        status, answer = await self._api.ask("POST", CONTENT, body, {"Content-Type": "application/json"})
        if status not in (200, 201):
            raise TwilioRefused(judge(status, answer))
        return self._remember(digest, await self._kept.keep(digest, str(answer["sid"])))

    def _remember(self, digest: bytes, sid: str) -> str:
        """Spares the database the same question for every menu that leaves; the oldest go first."""
        if digest not in self._sids and len(self._sids) >= SIDS:
            del self._sids[next(iter(self._sids))]
        self._sids[digest] = sid
        return sid

    async def _sent_before(self, call: dict[str, Any]) -> str | None:
        """The sid under which Twilio's list holds this message, if it does: one with these words that stands for no other of ours."""
        query = {"To": call["to"], "From": self._sender, "PageSize": "50"}
        status, answer = await self._api.ask("GET", self._api.messages, None, params=query)
        if status != 200:
            raise TwilioRefused(judge(status, answer))
        since = call["closes"] - WINDOW.total_seconds() - 60
        alike = [sid for sid, body, sent in listed(answer) if body == call["body"] and sent >= since]
        taken = await self._kept.known(alike) if alike else set()
        # the list has the newest first; of several that nobody knows of, the oldest is the one that was tried first
        sid = next((sid for sid in reversed(alike) if sid not in taken and sid not in self._found), None)
        if sid is not None:
            self._found.append(sid)
        return sid

    # arrivals

    def admit(self, path: str, form: Mapping[str, str], signature: str) -> Failure | None:
        """None where Twilio signed exactly this, over the public address (never the Host header)."""
        if form.get("AccountSid") != self._sid:
            return Failure(403, "another account")
        if (
            path == WEBHOOK and form.get("To", self._sender) != self._sender
        ):  # answered from ours, it would confuse both
            return Failure(403, "another number")
        good = self._signatures.fits(f"{self._base_url}{path}", form, signature)
        return None if good else Failure(403, "wrong signature")

    def routes(self, program: Program) -> Routes:
        kept = KeptRows(program.writer, program.reads, program.seal)

        async def webhook(form: Mapping[str, str]) -> WebAnswer:
            check_message(form)
            await program.accept(understand(read_form(form), datetime.now(UTC)))
            return WebAnswer(200, TWIML, b"text/xml")

        async def status(form: Mapping[str, str]) -> WebAnswer:
            check_status(form)
            await kept.on_status(read_status(form))
            return WebAnswer(204)

        return Routes({WEBHOOK: self._admitted(WEBHOOK, webhook), STATUS: self._admitted(STATUS, status)})

    def _admitted(self, path: str, answer: Callable[[Mapping[str, str]], Awaitable[WebAnswer]]) -> Webhook:
        def refuse(headers: WebHeaders) -> int | None:
            """What can be said of a signature before there is anything signed."""
            if SIGNATURE.fullmatch(headers.get(b"x-twilio-signature", b"")):
                return None
            REFUSED_CALLS.labels(NAME).inc()
            return 403

        async def webhook(headers: WebHeaders, body: bytes) -> WebAnswer:
            form = read_call(body)
            if form is None or self.admit(path, form, headers[b"x-twilio-signature"].decode("latin-1")):
                REFUSED_CALLS.labels(NAME).inc()
                return WebAnswer(403)
            return await answer(form)

        return Webhook(refuse, webhook, LONGEST)

    def fetcher(self, program: Program) -> Fetcher:
        self._media = replace(self._media, pauses=program.pauses)
        return self

    async def fetch(self, ref: str, most: int) -> bytes:
        return await self._media.fetch(ref, most)

    async def dispose(self, ref: str) -> None:
        """A file is not left lying at Twilio; if that cannot be done now, it is left to the account's own retention."""
        try:
            status, _ = await self._api.ask("DELETE", f"{API}{self._media.path(ref)}.json", None)
            if status not in (204, 404):
                log.warning("media_not_deleted", status=status)
        except (Gone, TimeoutError, OSError, ValueError) as error:
            log.warning("media_not_deleted", error=type(error).__name__)

    # life

    def keep_in(self, kept: Kept) -> None:
        """Call it before anything is sent."""
        self._kept = kept

    async def open(self, program: Program) -> None:
        self.keep_in(KeptRows(program.writer, program.reads, program.seal))
        self._api.open()

    async def close(self) -> None:
        await self._api.close()

    def duty(self, program: Program) -> Duty:
        """Takes what came while nobody listened."""
        kept = KeptRows(program.writer, program.reads, program.seal)
        return Duty(self._sid, partial(self._gap.keep_filled, program.accept, kept.arrived, program.pauses))

    def look_back(self) -> None:
        """Calls may have been lost."""
        self._gap.look_back()


def send_rate(rate: float, chat_rate: float) -> SendRate:
    return SendRate(rate, pace(chat_rate, 10), asks=True)
