"""What people sent on WhatsApp while nobody listened, read from Twilio's list of messages: its webhooks are hardly repeated.

Leaves making events of it to `twilio_events`: a message from the list becomes the form that the webhook would have brought.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any

import structlog

from bot.channels.base import Accept
from bot.channels.twilio_api import API, Refused, TwilioApi, judge
from bot.channels.twilio_events import Listed, add_media, read_form, read_list, understand
from storage.turns import StorageDown

log = structlog.get_logger(__name__)

GAP = timedelta(hours=24)
"""How far back the message list is read at start for what arrived while nobody listened."""
LATELY = timedelta(hours=3)
"""How far back before the last look it is read later on: minutes, and what our clock may have jumped ahead of Twilio's.
Twilio lists by the day, so that it costs no call more."""


class Gap:
    """`arrived` says which of these sids are known as events: their files need no call more."""

    def __init__(self, api: TwilioApi, sender: str, arrived: Callable[[Sequence[str]], Awaitable[set[str]]]) -> None:
        self._api, self._sender, self._arrived = api, sender, arrived
        self._told = asyncio.Event()

    async def keep_filled(self, accept: Accept) -> None:
        """At the beginning, and whenever calls may have been lost. What was seen is recognised. Runs until it is
        cancelled; one process of all does it."""
        since = datetime.now(UTC) - GAP
        while True:
            begun = datetime.now(UTC)
            self._told.clear()
            await self._fill(since, accept)
            since = begun - LATELY
            await self._told.wait()

    def look_back(self) -> None:
        """Calls may have been lost: with a process that died, or refused while the database was away."""
        self._told.set()

    async def _fill(self, since: datetime, accept: Accept) -> None:
        for wait in chain((2, 10, 60), repeat(300)):
            try:
                missed = await self._missed(since)
                known = await self._arrived([one.sid for one in missed if one.media])
                for one in missed:
                    await self._take(one, accept, known=one.sid in known)
                return
            except Refused as refused:
                log.warning("twilio_gap_not_filled", reason=refused.delivery.reason)
            except (TimeoutError, OSError, ValueError, StorageDown) as error:
                log.warning("twilio_gap_not_filled", error=type(error).__name__)
            await asyncio.sleep(wait)

    async def _missed(self, since: datetime) -> list[Listed]:
        """What people sent since then, oldest first, each at its own time: its reply window is counted from there."""
        url: str | None = self._api.messages
        query: dict[str, Any] | None = {"To": self._sender, "DateSent>": since.date().isoformat(), "PageSize": "100"}
        found: list[Listed] = []
        while url:
            status, answer = await self._api.ask("GET", url, None, params=query)
            if status != 200:
                raise Refused(judge(status, answer))
            found += read_list(answer, since)
            following = answer.get("next_page_uri")
            url, query = (f"{API}{following}" if following else None), None
        return found[::-1]

    async def _take(self, listed: Listed, accept: Accept, *, known: bool) -> None:
        form = listed.form
        if listed.media and not known:
            form = add_media(form, await self._media(listed.sid), API)
        try:
            incoming = understand(read_form(form), listed.sent)
        except ValueError:  # no message of a person
            return
        await accept(incoming)

    async def _media(self, sid: str) -> dict[str, Any]:
        """The list of a message's files; empty where there is none to be had, so that it does not hold up all others."""
        status, answer = await self._api.ask("GET", f"{self._api.place}/Messages/{sid}/Media.json", None)
        if status in (400, 404, 410):
            return {}
        if status != 200:
            raise Refused(judge(status, answer))
        return answer
