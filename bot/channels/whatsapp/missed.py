"""What people sent on WhatsApp while nobody listened, read from Twilio's list of messages: its webhooks are hardly repeated.

Not here: making events of it (see events.py): a message from the list becomes the form that the webhook would have brought.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any

import structlog

from bot.channels.program import Accept
from bot.channels.whatsapp.api import API, TwilioApi, TwilioRefused, judge
from bot.channels.whatsapp.events import Listed, add_media, read_form, read_list, understand
from bot.waiting import waited
from storage.turns.types import StorageDown

log = structlog.get_logger(__name__)

GAP = timedelta(hours=24)
"""How far back the message list is read at start for what arrived while nobody listened."""
LATELY = timedelta(hours=3)
"""How far back before the last look it is read later on: minutes, and what our clock may have jumped ahead of Twilio's.
Twilio lists by the day, so that it costs no call more."""

MAX_LOOKS = 4
"""Looks (a good minute, where nothing is told) for which a chat waits for files that Twilio does not list; then it goes on without."""
GIVEN_UP = timedelta(hours=23)
"""Age at which a message is taken without files that are still not listed: shortly before its reply window closes (24 hours), so that
its sender hears of it. Until then they are asked for at every look."""
IN_A_ROW = 3
"""Failures after which a look asks for no more files: it is Twilio that fails, not a message."""


SidsArrived = Callable[[Sequence[str]], Awaitable[set[str]]]
"""Which of these sids are known as events. Raises StorageDown."""


class _Files:
    """The lists of files of missed messages, while a gap is filled, and how often each was not to be had."""

    def __init__(self, api: TwilioApi) -> None:
        self._api = api
        self._found: dict[str, dict[str, Any]] = {}
        self._asked: Counter[str] = Counter()
        self._looked: Counter[str] = Counter()

    async def look(self, missed: Sequence[Listed]) -> None:
        """Asks for what is not known yet, the least asked for first, so that those in vain come last."""
        wanted = [one.sid for one in missed if one.media and one.sid not in self._found]
        self._looked.update(wanted)
        failures = 0
        for sid in sorted(wanted, key=lambda sid: self._asked[sid]):
            if failures == IN_A_ROW:
                return
            self._asked[sid] += 1
            try:
                self._found[sid] = await self._ask(sid)
                failures = 0
            except TwilioRefused as refused:
                failures += 1
                log.warning("twilio_files_not_listed", reason=refused.delivery.reason)
            except (TimeoutError, OSError, ValueError) as error:
                failures += 1
                log.warning("twilio_files_not_listed", error=type(error).__name__)

    def of(self, one: Listed, now: datetime) -> dict[str, Any] | None:
        """None where they may still come; empty where there are none, or none to be had."""
        if not one.media:
            return {}
        in_vain = self._asked[one.sid] and not self.worth_waiting(one) and now - one.sent >= GIVEN_UP
        return self._found.get(one.sid, {} if in_vain else None)

    def worth_waiting(self, one: Listed) -> bool:
        """Whether what this person wrote later is to wait for these files, so that it stays in order."""
        return self._looked[one.sid] < MAX_LOOKS

    async def _ask(self, sid: str) -> dict[str, Any]:
        """Empty for a message that has none any more. Raises Refused, and as `TwilioApi.ask` does."""
        status, answer = await self._api.ask("GET", f"{self._api.base_path}/Messages/{sid}/Media.json", None)
        if status in (400, 404, 410):
            return {}
        if status != 200:
            raise TwilioRefused(judge(status, answer))
        return answer


class Gap:
    """What people sent to `sender` and we did not hear."""

    def __init__(self, api: TwilioApi, sender: str) -> None:
        self._api, self._sender = api, sender
        self._told = asyncio.Event()

    async def keep_filled(self, accept: Accept, arrived: SidsArrived, pauses: float) -> None:
        """At the beginning, and whenever calls may have been lost. What was seen is recognised. Runs until it is
        cancelled; one process of all does it. `pauses` is a factor on those between two looks."""
        since = datetime.now(UTC) - GAP
        while True:
            begun = datetime.now(UTC)
            await self._fill(since, accept, arrived, pauses)
            since = begun - LATELY
            await self._told.wait()

    def look_back(self) -> None:
        """Calls may have been lost: with a process that died, or refused while the database was away."""
        self._told.set()

    async def _fill(self, since: datetime, accept: Accept, arrived: SidsArrived, pauses: float) -> None:
        """Look after look, until nothing is left; calls that may be lost meanwhile are looked for at once."""
        files = _Files(self._api)
        for wait_s in chain((2, 10, 60), repeat(300)):
            self._told.clear()
            try:
                missed = await self._missed(since)
                known = await arrived([one.sid for one in missed])
                missed = [one for one in missed if one.sid not in known]
                await files.look(missed)
                left = await self._take(missed, files, accept)
                if not left:
                    return
                log.warning("twilio_gap_not_filled", reason="files not listed", count=left)
            except TwilioRefused as refused:
                log.warning("twilio_gap_not_filled", reason=refused.delivery.reason)
            except (TimeoutError, OSError, ValueError, StorageDown) as error:
                log.warning("twilio_gap_not_filled", error=type(error).__name__)
            await waited(self._told, wait_s * pauses)

    async def _missed(self, since: datetime) -> list[Listed]:
        """What people sent since then, oldest first, each at its own time: its reply window is counted from there."""
        url: str | None = self._api.messages
        query: dict[str, Any] | None = {"To": self._sender, "DateSent>": since.date().isoformat(), "PageSize": "100"}
        found: list[Listed] = []
        while url:
            status, answer = await self._api.ask("GET", url, None, params=query)
            if status != 200:
                raise TwilioRefused(judge(status, answer))
            found += read_list(answer, since)
            following = answer.get("next_page_uri")
            url, query = (f"{API}{following}" if following else None), None
        return found[::-1]

    async def _take(self, missed: Sequence[Listed], files: _Files, accept: Accept) -> int:
        """In order; a message that still waits for its files holds up its own chat at most. How many are left for the next look."""
        left, held = 0, set()
        for one in missed:
            chat, media = one.form["From"], files.of(one, datetime.now(UTC))
            if chat in held or media is None:
                left += 1
                if media is None and files.worth_waiting(one):
                    held.add(chat)
                continue
            form = add_media(one.form, media, API) if one.media else one.form
            try:
                incoming = understand(read_form(form), one.sent)
            except ValueError:  # no message of a person
                continue
            await accept(incoming)
        return left
