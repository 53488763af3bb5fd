"""WhatsApp through Twilio: plain bodies, quick replies and lists by the Content API, templates where the reply window has closed.

Leaves reading webhooks to `twilio_events` and order, retry and rates to the outbox. Limits: twilio.com/docs/whatsapp (body 1600,
quick reply 3 x 20 and list 10 x 24 in session, body 1024 under either; free text within 24 h of the person's last message).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any, Protocol

import msgspec
import structlog
from twilio.rest import Client
from yarl import URL

from bot.channels.base import Accept, Delivery, Failure, Limits
from bot.channels.fetching import Gone
from bot.channels.twilio_client import TwilioHttp
from bot.channels.twilio_events import NAME, Status, listed, read_form, read_list, read_status, understand
from bot.channels.twilio_media import Media
from bot.channels.twilio_signature import Signatures
from bot.channels.whatsapp_shape import LIMITS, WINDOW, compose
from bot.channels.wire import Unreachable
from bot.phrases import Rendered
from dialogs.messages import Incoming
from storage.turns import StorageDown

log = structlog.get_logger(__name__)

API = "https://api.twilio.com"
CONTENT = "https://content.twilio.com/v1/Content"
TIMEOUT = 15.0
SIDS = 1000
"""Contents whose sids are kept in memory: the menus and lists that most people see."""
GAP = timedelta(hours=24)
"""How far back the message list is read at start for what arrived while nobody listened."""

_decode = msgspec.json.Decoder().decode
_canonical = msgspec.json.Encoder(order="sorted").encode

LATELY = timedelta(hours=3)
"""How far back it is read when a process has died while others listened: minutes, and what our clock may have jumped ahead of Twilio's.
Twilio lists by the day, so that it costs no call more."""

WINDOW_CLOSED = 63016
_CANNOT_REACH = {63024, 63003, 63014, 21610, 21211}


class Kept(Protocol):
    """What the database keeps for this channel: sids of created contents, and which sids stand for messages of ours."""

    async def find(self, digest: bytes) -> str | None: ...

    async def keep(self, digest: bytes, sid: str) -> None: ...

    async def known(self, sids: Sequence[str]) -> set[str]: ...


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
        self._sid, self._token = sid, token
        self._sender = sender if sender.startswith("whatsapp:") else f"whatsapp:{sender}"
        self._base_url, self._api_url = base_url.rstrip("/"), api_url
        self._templates, self._kept, self._on_status = templates, kept, on_status
        self._found: deque[str] = deque(maxlen=SIDS)
        self._signatures = Signatures(token)
        self._media = Media(URL(API), URL(api_url or API), sid, token)
        self._client: Client | None = None
        self._making: dict[bytes, asyncio.Future[str]] = {}
        self._sids: dict[bytes, str] = {}
        self._accept: Accept | None = None
        self._somebody_died = asyncio.Event()

    def limits(self, address: str) -> Limits:
        return LIMITS

    def compose(self, address: str, message: Rendered, now: datetime) -> list[bytes]:
        return compose(address, message, now, self._templates)

    async def send(self, payload: bytes, repeated: bool) -> Delivery:
        call = _decode(payload)
        try:
            if repeated and (sid := await self._sent_before(call)):
                return Delivery("sent", sid)
            form = {"To": call["to"], "From": self._sender}
            if self._base_url.startswith("https://") or self._api_url:
                form["StatusCallback"] = f"{self._base_url}/whatsapp/status"
            if datetime.now(UTC).timestamp() > call["closes"]:
                if "template" not in call:
                    return Delivery("refused", reason="reply window closed and no template")
                form["ContentSid"] = call["template"]
            elif "content" in call:
                form["ContentSid"] = await self._content(call["content"])
            else:
                form["Body"] = call["body"]
            status, answer = await self._ask("POST", f"{API}/2010-04-01/Accounts/{self._sid}/Messages.json", form)
        except _Refused as refused:
            return refused.delivery
        except TimeoutError:
            return Delivery("unknown", reason="timeout")
        except Unreachable:
            return Delivery("later", after=3.0, reason="no connection")
        except (OSError, ValueError, StorageDown) as error:
            return Delivery("unknown", reason=type(error).__name__)
        if status in (200, 201):
            return Delivery("sent", str(answer.get("sid")))
        return _judge(status, answer)

    async def _content(self, content: dict[str, Any]) -> str:
        """The sid of a content with these words and buttons; each is created at Twilio once, ever."""
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
        status, answer = await self._ask("POST", CONTENT, body, {"Content-Type": "application/json"})
        if status not in (200, 201):
            raise _Refused(_judge(status, answer))
        await self._kept.keep(digest, str(answer["sid"]))
        return self._remember(digest, str(answer["sid"]))

    def _remember(self, digest: bytes, sid: str) -> str:
        """Spares the database the same question for every menu that leaves; the oldest go first."""
        if digest not in self._sids and len(self._sids) >= SIDS:
            del self._sids[next(iter(self._sids))]
        self._sids[digest] = sid
        return sid

    async def _sent_before(self, call: dict[str, Any]) -> str | None:
        """The sid under which Twilio's list holds this message, if it does: one with these words that stands for no other of ours."""
        query = {"To": call["to"], "From": self._sender, "PageSize": "50"}
        status, answer = await self._ask(
            "GET", f"{API}/2010-04-01/Accounts/{self._sid}/Messages.json", None, params=query
        )
        if status != 200:
            raise _Refused(_judge(status, answer))
        since = call["closes"] - WINDOW.total_seconds() - 60
        alike = [sid for sid, body, sent in listed(answer) if body == call["body"] and sent >= since]
        taken = await self._kept.known(alike) if alike else set()
        # the list has the newest first; of several that nobody knows of, the oldest is the one that was tried first
        sid = next((sid for sid in reversed(alike) if sid not in taken and sid not in self._found), None)
        if sid is not None:
            self._found.append(sid)
        return sid

    async def _ask(
        self,
        method: str,
        url: str,
        data: Any,
        headers: dict[str, str] | None = None,
        params: dict[str, Any] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        response = await self._twilio().http_client.request(
            method, url, params=params, data=data, headers=headers, auth=(self._sid, self._token)
        )
        try:
            answer = _decode(response.text) if response.text else {}
        except msgspec.DecodeError as error:
            raise ValueError("not an answer of Twilio's") from error
        answer = answer if isinstance(answer, dict) else {}
        if response.status_code == 429:
            answer["retry_after"] = response.headers.get("retry-after")
        return int(response.status_code), answer

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
            status, _ = await self._ask("DELETE", f"{API}{self._media.path(ref)}.json", None)
            if status not in (204, 404):
                log.warning("media_not_deleted", status=status)
        except (Gone, TimeoutError, OSError, ValueError) as error:
            log.warning("media_not_deleted", error=type(error).__name__)

    # life

    async def open(self, accept: Accept) -> None:
        self._accept = accept
        self._twilio()

    async def close(self) -> None:
        if self._client is not None:
            await self._client.http_client.close()

    async def keep_up(self) -> None:
        """Twilio hardly repeats webhooks: what came while nobody listened is read from its list, also whenever a process has died
        with calls in its hands. What was seen is recognised. Runs until it is cancelled; one process of all does it."""
        since = datetime.now(UTC) - GAP
        while True:
            begun = datetime.now(UTC)
            self._somebody_died.clear()
            await self._fill_gap(since)
            since = begun - LATELY
            await self._somebody_died.wait()

    def look_back(self) -> None:
        """A process has died: calls may have been lost."""
        self._somebody_died.set()

    async def _fill_gap(self, since: datetime) -> None:
        for wait in chain((2, 10, 60), repeat(300)):
            try:
                for incoming in await self._missed(since):
                    if self._accept is not None:
                        await self._accept(incoming)
                return
            except _Refused as refused:
                log.warning("twilio_gap_not_filled", reason=refused.delivery.reason)
            except (TimeoutError, OSError, ValueError, StorageDown) as error:
                log.warning("twilio_gap_not_filled", error=type(error).__name__)
            await asyncio.sleep(wait)

    async def _missed(self, since: datetime) -> list[Incoming]:
        """What people sent since then, oldest first, each at its own time: its reply window is counted from there."""
        url: str | None = f"{API}/2010-04-01/Accounts/{self._sid}/Messages.json"
        query: dict[str, Any] | None = {"To": self._sender, "DateSent>": since.date().isoformat(), "PageSize": "100"}
        found: list[Incoming] = []
        while url:
            status, answer = await self._ask("GET", url, None, params=query)
            if status != 200:
                raise _Refused(_judge(status, answer))
            found += read_list(answer, since)
            following = answer.get("next_page_uri")
            url, query = (f"{API}{following}" if following else None), None
        return found[::-1]

    def _twilio(self) -> Client:
        if self._client is None:
            self._client = Client(self._sid, self._token, http_client=TwilioHttp(self._api_url, TIMEOUT))
        return self._client


class _Refused(Exception):
    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.reason)
        self.delivery = delivery


def _judge(status: int, answer: Mapping[str, Any]) -> Delivery:
    code = answer.get("code")
    reason = f"{status}/{code}"
    if status == 429 or code in (20429, 63018):
        asked = str(answer.get("retry_after") or "")
        return Delivery("later", after=float(asked) if asked.isdecimal() else 6.0, reason="429")
    if status >= 500 or status in (401, 408):
        return Delivery("later", after=3.0, reason=reason)
    return Delivery("gone" if code in _CANNOT_REACH else "refused", reason=reason)
