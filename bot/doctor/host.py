"""Asks one web address for a JSON object, as the running program would: without a proxy, for some seconds at most.

Not here: what the answer means (see who examines).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientConnectorError, ClientError

from bot.calling import open_session, read_answer, within

TIMEOUT_S = 10.0
"""Seconds for one answer."""


class HostUnreachable(Exception):
    """No answer; the text says why."""


def fetch(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of an answer. Raises HostUnreachable, never with the URL in it: it may hold a token."""
    try:
        status, body = asyncio.run(_get(url, headers or {}))
    except ClientConnectorError as error:
        raise HostUnreachable(error.os_error.strerror or type(error.os_error).__name__) from error
    except (ClientError, OSError, ValueError) as error:
        raise HostUnreachable(type(error).__name__) from error
    try:
        decoded = json.loads(body)
    except ValueError:
        decoded = None
    return status, decoded if isinstance(decoded, dict) else {}


async def _get(url: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    async with open_session() as session, session.get(url, headers=headers, timeout=within(TIMEOUT_S)) as response:
        return response.status, await read_answer(response)
