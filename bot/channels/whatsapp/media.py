"""Fetches a file that somebody sent on WhatsApp.

Not here: having it deleted (see channel.py). A medium stands behind the account's login and redirects to a storage elsewhere, which
gets an address but no login (https://www.twilio.com/docs/messaging/api/media-resource); it stays there until it is deleted.
"""

from __future__ import annotations

import asyncio
import base64
import re
from dataclasses import dataclass

from yarl import URL

from bot.channels.download import download
from bot.channels.fetching import Gone

HOPS = 3
EARLY_S = (1.0, 2.0, 4.0, 8.0)
"""Seconds between looks for a medium that is not there yet; `pauses` is a factor on them."""
_PATH = re.compile(r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})/Messages/[A-Z]{2}[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Media:
    """`api` is Twilio's own address or the one configured instead: the account's login goes there and nowhere else."""

    official: URL
    api: URL
    account: str
    token: str
    pauses: float = 1.0

    async def fetch(self, ref: str, most: int) -> bytes:
        """Raises Gone, TooLarge, NotNow. A medium may be told of before it lies where it is told to lie: its first 404 is not believed."""
        for wait in EARLY_S:
            try:
                return await self._fetch(ref, most)
            except Gone as gone:
                if not gone.early:
                    raise
                await asyncio.sleep(wait * self.pauses)
        return await self._fetch(ref, most)

    async def _fetch(self, ref: str, most: int) -> bytes:
        url = self.api.with_path(self.api.path.rstrip("/") + self.path(ref))
        for _ in range(HOPS + 1):
            found = await download(url, most, self._login(url))
            if not isinstance(found, URL):
                return found
            if found.scheme not in ("https", url.scheme):
                raise Gone("redirected to a place less safe")
            url = found
        raise Gone("redirects without end")

    def path(self, ref: str) -> str:
        """Where a medium of this account lies at Twilio; nothing else is ever opened. Raises Gone."""
        try:
            url = URL(ref)
            known = url.origin() in (self.official.origin(), self.api.origin())
        except ValueError as error:
            raise Gone("no address") from error
        match = _PATH.fullmatch(url.path.removeprefix(self.api.path.rstrip("/")))
        if not known or match is None or match[1] != self.account:
            raise Gone("not a medium of ours")
        return match[0]

    def _login(self, url: URL) -> dict[str, str]:
        if url.origin() != self.api.origin():
            return {}
        return {"Authorization": f"Basic {base64.b64encode(f'{self.account}:{self.token}'.encode()).decode()}"}
