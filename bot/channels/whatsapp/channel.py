"""WhatsApp through Twilio: plain bodies, quick replies and lists by the Content API, templates where the reply window has closed.

Leaves reading webhooks to `twilio_events`, what was missed to `twilio_gap`, and order, retry and rates to the outbox. Limits:
twilio.com/docs/whatsapp (body 1600, quick reply 3 x 20 and list 10 x 24 in session, body 1024 under either; free text within 24 h of the
person's last message).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec
import structlog
from yarl import URL

from bot.channels.base import Accept, Delivery, Failure
from bot.channels.fetching import Gone
from bot.channels.http import Unreachable
from bot.channels.whatsapp.api import API, TwilioApi, TwilioRefused, judge
from bot.channels.whatsapp.events import NAME, Status, listed, read_form, read_status, understand
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.missed import Gap
from bot.channels.whatsapp.shape import LIMITS, WINDOW, compose
from bot.channels.whatsapp.signature import Signatures
from bot.text.limits import Limits
from bot.text.phrases import Rendered
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

CONTENT = "https://content.twilio.com/v1/Content"
SIDS = 1000
"""Contents whose sids are kept in memory: the menus and lists that most people see."""
_decode = msgspec.json.Decoder().decode
_canonical = msgspec.json.Encoder(order="sorted").encode


class Kept(Protocol):
    """What the database keeps for this channel: sids of created contents, and which sids stand for messages of ours or of people."""

    async def find(self, digest: bytes) -> str | None: ...

    async def keep(self, digest: bytes, sid: str) -> str: ...

    async def known(self, sids: Sequence[str]) -> set[str]: ...

    async def arrived(self, sids: Sequence[str]) -> set[str]: ...


class OnStatus(Protocol):
    async def __call__(self, status: Status) -> None: ...


class WhatsApp:
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
        kept: Kept,
        on_status: OnStatus,
    ) -> None:
        self._sid = sid
        self._sender = sender if sender.startswith("whatsapp:") else f"whatsapp:{sender}"
        self._base_url, self._api_url = base_url.rstrip("/"), api_url
        self._templates, self._kept, self._on_status = templates, kept, on_status
        self._found: deque[str] = deque(maxlen=SIDS)
        self._signatures = Signatures(token)
        self._api = TwilioApi(sid, token, api_url)
        self._gap = Gap(self._api, self._sender, kept.arrived)
        self._media = Media(URL(API), URL(api_url or API), sid, token)
        self._making: dict[bytes, asyncio.Future[str]] = {}
        self._sids: dict[bytes, str] = {}
        self._accept: Accept | None = None

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
            form["StatusCallback"] = f"{self._base_url}/whatsapp/status"
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
        except Unreachable:
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
        if sid := self._sids.get(digest) or await self._kept.find(digest):
            return self._remember(digest, sid)
        making = self._making.get(digest)  # others who need it at the same moment wait for the one that is being made
        if making is None:
            making = self._making[digest] = asyncio.ensure_future(self._create(content, digest))
            making.add_done_callback(lambda _: self._making.pop(digest, None))
        return await asyncio.shield(making)

    async def _create(self, content: dict[str, Any], digest: bytes) -> str:
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
            path == "/whatsapp/webhook" and form.get("To", self._sender) != self._sender
        ):  # answered from ours, it would confuse both
            return Failure(403, "another number")
        good = self._signatures.fits(f"{self._base_url}{path}", form, signature)
        return None if good else Failure(403, "wrong signature")

    async def webhook(self, form: Mapping[str, str]) -> None:
        """Makes the message durable. Raises StorageDown, ValueError for what is no message."""
        incoming = understand(read_form(form), datetime.now(UTC))
        if self._accept is not None:
            await self._accept(incoming)

    async def status(self, form: Mapping[str, str]) -> None:
        await self._on_status(read_status(form))

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

    async def open(self, accept: Accept) -> None:
        self._accept = accept
        self._api.open()

    async def close(self) -> None:
        await self._api.close()

    async def keep_up(self) -> None:
        """Takes what came while nobody listened. Runs until it is cancelled; one process of all does it."""
        if self._accept is not None:
            await self._gap.keep_filled(self._accept)

    def look_back(self) -> None:
        """Calls may have been lost."""
        self._gap.look_back()
