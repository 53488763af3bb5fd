"""Streams a file from an address, counting its bytes: what a provider says of a size is a hint and not believed.

Not here: which address, and who is let in there (see each channel).
"""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from yarl import URL

from bot.channels.fetching import Gone, NotNow, TooLarge

_TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=10, sock_read=20)
_CHUNK = 64 * 1024


async def download(url: URL, most: int, headers: Mapping[str, str]) -> bytes | URL:
    """At most so many bytes, or where they are instead (no redirect is followed). Raises Gone, TooLarge, NotNow."""
    # a body that would swell when it is unpacked is not asked for, and not unpacked
    plain = {"Accept-Encoding": "identity", **headers}
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT, auto_decompress=False) as session,
            session.get(url, headers=plain, allow_redirects=False) as response,
        ):
            if response.status in (301, 302, 303, 307, 308):
                return url.join(URL(response.headers.get("Location", ""), encoded=True))
            return await _read(response, most)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise NotNow(type(error).__name__) from error


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    if response.status in (404, 410):
        raise Gone(str(response.status), early=response.status == 404)
    if response.status != 200:
        asked = response.headers.get("Retry-After", "")
        raise NotNow(str(response.status), float(asked) if asked.isdecimal() else 0.0)
    if (response.content_length or 0) > most:
        raise TooLarge
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)
