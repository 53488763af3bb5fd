"""Calls to a provider over aiohttp: the session, and how a call fails: surely not sent, or with an unknown outcome.

Not here: what an answer means (see each channel).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    TCPConnector,
)

CONNECTIONS = 100
"""To one provider at most."""
CONNECT_TIMEOUT_S = 10.0
LONGEST_ANSWER = 16_000_000
"""Bytes of an answer at most."""


class NotSent(OSError):
    """No connection: nothing was sent."""


class OutcomeUnknown(OSError):
    """The connection ended, or what came back is no answer: whether the call was carried out is unknown."""


def open_session() -> ClientSession:
    """Call it inside the running loop. Answers come as they are: without cookies, not packed."""
    return ClientSession(
        connector=TCPConnector(limit=CONNECTIONS),
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        headers={"Accept-Encoding": "identity"},
    )


def outcome_of(error: BaseException) -> OSError:
    """aiohttp's error as what it means for a message."""
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return NotSent(type(error).__name__)
    return TimeoutError() if isinstance(error, TimeoutError) else OutcomeUnknown(type(error).__name__)


@contextmanager
def outcomes() -> Iterator[None]:
    """Raises NotSent, OutcomeUnknown, TimeoutError (the outcome is unknown) for what aiohttp raises in it."""
    try:
        yield
    except (ClientError, OSError) as error:
        raise outcome_of(error) from error


def within(seconds: float) -> ClientTimeout:
    """For a whole call; waiting for a connection takes a part of it at most."""
    return ClientTimeout(total=seconds, connect=CONNECT_TIMEOUT_S)


async def read_answer(response: ClientResponse) -> bytes:
    """Raises OutcomeUnknown for an answer without an end, and what aiohttp raises."""
    if response.content_length is not None and response.content_length <= LONGEST_ANSWER:
        return await response.read()
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > LONGEST_ANSWER:
            raise OutcomeUnknown("an answer without an end")
    return bytes(body)
