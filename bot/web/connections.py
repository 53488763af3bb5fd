"""What a connection may cost before it is a call: bytes and fields of a head, seconds for head and body, and how many there are.

Not here: what is answered (see application.py). httptools and uvicorn bound none of this by themselves; who calls too often is the
proxy's task (see deploy/) and, for the browser chat, that of preview/limits.py.
"""

from __future__ import annotations

import asyncio
import resource
from itertools import chain
from typing import Literal

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from bot.metrics import CLOSED

HEAD, FIELDS = 32 * 1024, 100
"""Bytes and fields of a head at most."""
UNREAD = 256 * 1024
"""Bytes of a body that are still taken off a connection after its call was answered."""
FILES = "/preview/files/"
"""Below this path bodies may take longer."""
HEAD_TIMEOUT_S = BODY_TIMEOUT_S = 8.5
FILE_TIMEOUT_S = 58.5
"""Seconds for the whole of it. With the second between two looks that is less than ten, or than a minute."""
READER_TIMEOUT_S = 60.0
"""Seconds without a byte taken by whoever should read our answer."""
CONNECTIONS = 1000
"""Of one process at most."""


def connections_allowed() -> int:
    """As many as there are descriptors for, beside those for files and providers; asks for more where the system gives them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 4 * CONNECTIONS:
        wanted = 4 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(4 * CONNECTIONS, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
        soft = max(soft, wanted)
    return max(20, min(CONNECTIONS, soft // 2))


class OpenConnections(ServerState):
    """uvicorn's own state, and how many connections there may be."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


class HeadTooLarge(Exception):
    """More bytes or fields than any caller of ours sends."""


class BoundedHttp(HttpToolsProtocol):
    server_state: OpenConnections
    _part: Literal["", "head", "body"] = ""
    """What is being read: nothing between two calls, and while one is answered."""
    _since = 0.0
    """When that began."""
    _unfinished = 0
    """Bytes of a head that has not ended."""
    _fed = 0
    _unread = 0
    _too_large = False
    _held_up: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > self.server_state.most:
            self._make_room()

    def _make_room(self) -> None:
        """One that is waited for goes, whichever; where all are being answered, the new one."""
        others = (each for each in self.connections if isinstance(each, BoundedHttp) and each is not self)
        gone = next((each for each in others if each.waited_for), self)
        CLOSED.labels("many").inc()
        self.connections.discard(gone)
        gone.transport.abort()

    @property
    def waited_for(self) -> bool:
        """The next word is the caller's."""
        return self._part != "" or self.cycle is None or self.cycle.response_complete

    # reading

    def data_received(self, data: bytes) -> None:
        if len(data) <= HEAD:
            return self._feed(data)
        for start in range(0, len(data), HEAD):  # what comes together is read in parts: a head has no more
            if self.parser is None or self.transport.is_closing():
                return
            self._feed(data[start : start + HEAD])

    def _feed(self, part: bytes) -> None:
        self._fed = len(part)
        super().data_received(part)
        if self._part == "head":
            self._unfinished += len(part)
            if self._unfinished > HEAD and not self.transport.is_closing():
                self._refuse(431, "head")

    def on_message_begin(self) -> None:
        # of the part in which it begins the parser has seen no more than `HEAD` bytes
        self._part, self._since, self._unfinished, self._unread = "head", self.loop.time(), -self._fed, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if len(self.headers) > FIELDS or len(self.url) + sum(map(len, chain.from_iterable(self.headers))) > HEAD:
            self._too_large = True
            raise HeadTooLarge  # the parser stops, and uvicorn answers by `send_400_response`
        self._part, self._since = "body", self.loop.time()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.cycle.response_complete:
            return super().on_body(body)
        self._unread += len(body)
        if self._unread > UNREAD:
            self.transport.close()

    def on_message_complete(self) -> None:
        self._part, self._since = "", self.loop.time()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        if self._too_large:
            self._refuse(431, "head")
        else:
            super().send_400_response(msg)

    # waiting

    def pause_writing(self) -> None:
        self._held_up = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._held_up = None
        super().resume_writing()

    def look(self, now: float) -> None:
        """Ends what takes too long."""
        if self._held_up is not None and now - self._held_up > READER_TIMEOUT_S:
            CLOSED.labels("reader").inc()
            self.transport.abort()
        elif self.waited_for and now - self._since > self._timeout_s():
            self._refuse(408, self._part or "idle")

    def _timeout_s(self) -> float:
        if self._part != "body":
            return HEAD_TIMEOUT_S
        return FILE_TIMEOUT_S if self.url.startswith(FILES.encode()) else BODY_TIMEOUT_S

    def _refuse(self, status: int, reason: str) -> None:
        """Says why where that can still be said, and closes."""
        CLOSED.labels(reason).inc()
        answering = self.cycle is not None and not self.cycle.response_complete
        told = self._part == "body" and (self.cycle.response_started or self.cycle.response_complete)
        if self._part and not told and not (self._part == "head" and answering):
            self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()


class BoundedServer(uvicorn.Server):
    """uvicorn whose connections are bounded, if its configuration has `http=BoundedHttp`."""

    def __init__(self, config: uvicorn.Config, most: int = CONNECTIONS) -> None:
        super().__init__(config)
        self.server_state = OpenConnections(most)

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # every second
            now = asyncio.get_running_loop().time()
            for connection in list(self.server_state.connections):
                if isinstance(connection, BoundedHttp):
                    connection.look(now)
        return await super().on_tick(counter)
