"""Asks one web address for a JSON object, as the running program would: without a proxy, for some seconds at most.

Not here: what the answer means (see who examines).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

TIMEOUT_S = 10.0
"""Seconds for one answer."""


class HostUnreachable(Exception):
    """No answer; the text says why."""


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of an answer. Raises Unreachable, never with the URL in it: it may hold a token."""
    try:
        with _opener().open(Request(url, headers=headers or {}), timeout=TIMEOUT_S) as answer:  # noqa: S310 - settings allow http(s) only
            status, body = answer.status, answer.read(1_000_000)
    except HTTPError as error:
        status, body = error.code, error.read(1_000_000)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise HostUnreachable(str(getattr(reason, "strerror", None) or type(reason).__name__)) from error
    try:
        decoded = json.loads(body)
    except ValueError:
        decoded = None
    return status, decoded if isinstance(decoded, dict) else {}


def _opener() -> OpenerDirector:
    """Without a proxy, as the running program asks too."""
    return build_opener(ProxyHandler({}))
