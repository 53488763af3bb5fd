"""Updates on their way to the bot: handed out to getUpdates, or pushed to a webhook.

Of each queue only the head is in flight, so one that fails holds back the rest. Building updates is left to
telegram_people, answering HTTP to the server.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import aiohttp

from .server import FakeServer
from .telegram_limits import Refusal
from .telegram_spec import Json

SHY = {"chat_member", "message_reaction", "message_reaction_count"}  # only sent when asked for by name
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Webhook:
    """Where updates are pushed to."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    certificate: bool = False


@dataclass(frozen=True)
class Delivery:
    """One try to push an update; status None means that no answer came."""

    update_id: int
    attempt: int
    status: int | None
    body: str = ""


@dataclass
class _Waiting:
    update: Json
    late: bool  # its id lies below an earlier one, so only having been handed out confirms it
    handed: bool = False


@dataclass
class Updates:
    """The queue of one bot; `routes` leads public URLs to this machine, `backoff` is the wait before a retry."""

    server: FakeServer
    routes: Mapping[str, str] = field(default_factory=dict)
    on_reply: Callable[[Json], Awaitable[None]] | None = None
    backoff: Callable[[int], float] = lambda attempt: min(0.02 * 2**attempt, 1.0)
    max_attempts: int | None = None
    timeout: float = 10.0
    next_id: int = 100_000
    allowed: set[str] | None = None
    webhook: Webhook | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    last_error: tuple[int, str] | None = None
    _waiting: dict[int, _Waiting] = field(default_factory=dict)  # by order of arrival
    _lines: dict[int, deque[int]] = field(default_factory=dict)  # queue -> arrivals
    _arrivals: int = 0
    _highest: int = 0
    polls: int = 0
    _workers: set[int] = field(default_factory=set)
    _free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(40))

    @property
    def pending(self) -> list[Json]:
        return [waiting.update for waiting in self._waiting.values()]

    async def push(self, update: Json) -> int:
        """Queue an update (a given `update_id` is kept: a repeat); kinds that the bot did not ask for are dropped."""
        if "update_id" not in update:
            update = {"update_id": self.next_id, **update}
            self.next_id += 1
        number: int = update["update_id"]
        kind = next(key for key in update if key != "update_id")
        if kind in self.allowed if self.allowed else kind not in SHY:
            self._arrivals += 1
            self._waiting[self._arrivals] = _Waiting(update, late=number < self._highest)
            self._highest = max(self._highest, number)
            queue = queue_of(update)
            self._lines.setdefault(queue, deque()).append(self._arrivals)
            self._start_workers([queue])
        await self.server.notify()
        return number

    # -- polling -------------------------------------------------------------------------------------------------

    async def poll(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Json]:
        """Answer getUpdates: forget what the offset confirms, then wait for something to hand out."""
        if self.webhook is not None:
            text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
            raise Refusal(text, status=409)
        self.allow(allowed)
        self.polls += 1
        mine = self.polls
        await self.server.notify()
        keep = list(self._waiting.items())[offset if offset < 0 else 0 :]
        self._waiting = {n: w for n, w in keep if w.update["update_id"] >= offset or (w.late and not w.handed)}
        try:
            await self.server.wait_for(lambda: self._waiting or self.polls != mine or self.server.closing, seconds)
        except TimeoutError:
            return []
        if self.polls != mine:
            text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refusal(text, status=409)
        handed = list(islice(self._waiting.values(), limit))
        for waiting in handed:
            waiting.handed = True
        return [waiting.update for waiting in handed]

    def allow(self, kinds: list[str] | None) -> None:
        """Set the wanted kinds; None leaves the earlier setting, an empty list means the default."""
        if kinds is not None:
            self.allowed = set(kinds) or None

    # -- webhook -------------------------------------------------------------------------------------------------

    def set_webhook(self, webhook: Webhook | None, drop: bool = False) -> None:
        self.webhook = webhook if webhook and webhook.url else None
        self._free = asyncio.Semaphore(webhook.max_connections if webhook else 40)
        if drop:
            self._waiting.clear()
        self._start_workers(list(self._lines))

    def describe(self) -> Json:
        """Answer getWebhookInfo."""
        hook = self.webhook
        info: Json = {"url": hook.url if hook else "", "has_custom_certificate": bool(hook and hook.certificate)}
        info["pending_update_count"] = len(self._waiting)
        if hook:
            info["max_connections"] = hook.max_connections
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        if self.allowed:
            info["allowed_updates"] = sorted(self.allowed)
        return info

    def _start_workers(self, queues: list[int]) -> None:
        for queue in queues:
            if self.webhook and queue not in self._workers:
                self._workers.add(queue)
                self.server.spawn(self._work(queue))

    def _head(self, queue: int) -> int | None:
        """Give the arrival that is first in line."""
        line = self._lines.get(queue, deque())
        while line and line[0] not in self._waiting:
            line.popleft()
        if not line:
            self._lines.pop(queue, None)
        return line[0] if line else None

    async def _work(self, queue: int) -> None:
        """Push one queue in order; a head that fails holds the rest of its queue back, and only that."""
        attempt = 0
        while True:
            head = self._head(queue)
            if head is None or self.webhook is None:
                self._workers.discard(queue)  # before anything waits, so that the next push starts a new worker
                return
            async with self._free:
                done = await self._deliver(self.webhook, self._waiting[head].update, attempt)
            attempt += 1
            if done or attempt == self.max_attempts:
                self._waiting.pop(head, None)
                attempt = 0
            await self.server.notify()
            if attempt:
                await asyncio.sleep(self.backoff(attempt))

    async def _deliver(self, hook: Webhook, update: Json, attempt: int) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        status: int | None = None
        body = ""
        try:
            patience = aiohttp.ClientTimeout(self.timeout)
            url = reroute(hook.url, self.routes)
            async with self.server.http.post(url, json=update, headers=headers, timeout=patience) as answer:
                status = answer.status
                body = await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            body = f"{type(error).__name__}: {error}"
        self.deliveries.append(Delivery(update["update_id"], attempt, status, body))
        good = status is not None and 200 <= status < 300
        if not good:
            self.last_error = (int(time.time()), f"Wrong response from the webhook: {status or body}")
        elif self.on_reply and body.startswith("{") and answer.content_type == "application/json":
            await self.on_reply(await answer.json())
        return good


def queue_of(update: Json) -> int:
    """Name the queue of an update: its chat, else the person."""
    for key, body in update.items():
        if key != "update_id":
            place: Any = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or body.get("user")
            return int(place["id"]) if place else 0
    return 0


def reroute(url: str, routes: Mapping[str, str]) -> str:
    """Lead a public URL to this machine: the longest prefix in `routes` is replaced."""
    for prefix in sorted(routes, key=len, reverse=True):
        if url.startswith(prefix):
            return routes[prefix] + url.removeprefix(prefix)
    return url
