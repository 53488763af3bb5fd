"""Who a browser is, and whether a call comes from our own page: a token of ours in a cookie, and where the browser says it stands.

Not here: how often a browser may call (see limits.py), what it says (see routes.py).
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from litestar.datastructures import Cookie

from bot.channels.preview import IDLE_DAYS
from storage.sealing import Seal

COOKIE = "utys_preview"
LIFE_S = IDLE_DAYS * 86_400
_TOKEN = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{8})\.([A-Za-z0-9_-]{22})")


class Visitors:
    """A token is the browser's name (256 bits), when it was given, and our signature of both. `base_url`: the address we are known by."""

    def __init__(self, seal: Seal, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._seal, self._origin = seal, f"{parts.scheme}://{parts.netloc}"
        self._secure = parts.scheme == "https"
        # a browser takes a cookie of this name from this host alone, over https: no neighbour of ours can plant one
        self.cookie = f"__Host-{COOKIE}" if self._secure else COOKIE

    def give(self, now: float, browser: str | None = None) -> Cookie:
        """A new browser, or one that is known already; `now` is epoch seconds."""
        return Cookie(
            self.cookie,
            value=self.token(now, browser),
            httponly=True,
            secure=self._secure,
            samesite="strict",
            max_age=LIFE_S,
            path="/",
        )

    def token(self, now: float, browser: str | None = None) -> str:
        browser, given = browser or secrets.token_urlsafe(32), f"{int(now):08x}"
        return f"{browser}.{given}.{self._sign(browser, given)}"

    def known(self, cookies: Mapping[str, str], now: float) -> str | None:
        """The browser of a token that we gave and that still holds, else None."""
        found = _TOKEN.fullmatch(cookies.get(self.cookie, ""))
        if found is None or not hmac.compare_digest(self._sign(found[1], found[2]), found[3]):
            return None
        return found[1] if now - int(found[2], 16) < LIFE_S else None

    def _sign(self, browser: str, given: str) -> str:
        return urlsafe_b64encode(self._seal.digest("preview token", browser, given)).decode().rstrip("=")

    def at_home(self, headers: Mapping[str, str]) -> bool:
        """Whether the call comes from our own page, or from no page at all. Every browser names one of the two with a POST."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin", self._origin).lower()
        # without https we may be reached by an address that nobody told us, as in a local network
        return origin == self._origin.lower() or (
            not self._secure and origin == f"http://{headers.get('host', '')}".lower()
        )


@lru_cache(maxsize=4096)
def source(address: str) -> str:
    """Whose network address that is: of IPv6 the /64, which is one household's or one machine's."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or ip_network((int(found) >> 64 << 64, 64)))
