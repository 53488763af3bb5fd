"""A small HTTP server on this machine that records calls, lets faults strike and can be awaited without polling.

What the calls mean is left to the provider that inherits from it, which faults strike to the script.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import ClientSession, TCPConnector, web

from .control import Command, add_control, plan
from .faults import Fault, Kind, Script

T = TypeVar("T")
Json = dict[str, Any]
Perform = Callable[[], Awaitable[web.StreamResponse]]

NO_LINGER = struct.pack("ii", 1, 0)  # close() then sends RST instead of FIN


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    filename: str
    content_type: str
    content: bytes


@dataclass
class Call:
    """One request: what was asked, whether the work was done, what was answered (status None: nothing)."""

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)
    done: bool = False
    status: int | None = None
    result: Any = None
    fault: Fault | None = None


@dataclass(frozen=True)
class Violation:
    """A rule of the platform that a call broke."""

    method: str
    problem: str
    params: Json

    def __str__(self) -> str:
        return f"{self.method}: {self.problem}"


class FakeServer:
    """Starts on 127.0.0.1; `async with FakeTelegram(...) as fake` or `start()` and `close()`."""

    def __init__(self, seed: int = 0) -> None:
        self.script = Script(seed)
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self.hanging = 0
        self.port = 0
        self.trust: ssl.SSLContext | bool = True  # whose certificates it takes when it calls the bot
        self._released = asyncio.Event()
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self._sites: list[web.SockSite] = []
        self.closing = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._http: ClientSession | None = None

    # -- life ----------------------------------------------------------------------------------------------------

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add_routes(self, app: web.Application) -> None:
        """Say which paths are served; the provider does."""
        raise NotImplementedError

    def render(self, fault: Fault) -> web.Response:
        """Draw an error answer in the provider's own shape."""
        raise NotImplementedError

    async def start(self, port: int = 0) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        add_control(app, self.control())
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        self.port = await self.listen(port)
        return self

    async def listen(self, port: int = 0) -> int:
        """Open one more port for the same application (another origin, as a browser would say)."""
        assert self._runner is not None
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", port))
        self._sites.append(web.SockSite(self._runner, sock))
        await self._sites[-1].start()
        return int(sock.getsockname()[1])

    @contextlib.asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Nobody listens: calls that are being answered are answered, then every connection ends and new ones are refused."""
        assert self._runner is not None
        assert self._runner.server is not None
        while self._sites:
            await self._sites.pop().stop()
        await self._runner.server.shutdown(0.5)
        try:
            yield
        finally:
            await self.listen(self.port)

    async def close(self) -> None:
        self.closing = True
        self.release()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.notify()
        if self._http is not None:
            await self._http.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def http(self) -> ClientSession:
        """A client for requests to the bot, closed with the server."""
        if self._http is None:
            self._http = ClientSession(connector=TCPConnector(limit=0, ssl=self.trust))
        return self._http

    def spawn(self, work: Awaitable[Any]) -> None:
        """Run something beside the calls; it is stopped with the server."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- waiting -------------------------------------------------------------------------------------------------

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 15.0) -> T:  # noqa: ASYNC109
        """Wait until the predicate holds after some call or delivery, and hand back what it said."""
        try:
            async with asyncio.timeout(timeout), self._changed:
                return await self._changed.wait_for(predicate)
        except TimeoutError:
            seen = ", ".join(f"{call.method} {call.status}" for call in self.calls[-8:]) or "none"
            broken = "; ".join(map(str, self.violations[-3:])) or "none"
            raise TimeoutError(f"not within {timeout} s; last calls: {seen}; violations: {broken}") from None

    async def notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def calls_to(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def control(self) -> dict[str, Command]:
        """What can be asked for from another process (see control.py)."""

        async def calls(body: Json) -> list[Json]:
            names = ("method", "params", "at", "done", "status", "fault")
            return [{name: getattr(call, name) for name in names} for call in self.calls[body.get("since", 0) :]]

        async def violations(body: Json) -> list[str]:
            return [str(violation) for violation in self.violations]

        async def fault(body: Json) -> None:
            plan(self.script, body)

        async def clear(body: Json) -> None:
            self.script.clear(body.get("target"))

        async def release(body: Json) -> None:
            self.release()

        return {"calls": calls, "violations": violations, "fault": fault, "clear": clear, "release": release}

    # -- handling ------------------------------------------------------------------------------------------------

    def violate(self, call: Call, *problems: str) -> None:
        self.violations += [Violation(call.method, problem, call.params) for problem in problems]

    def release(self) -> None:
        """Let every call that hangs now go on."""
        self._released.set()
        self._released = asyncio.Event()

    async def run(self, request: web.Request, call: Call, perform: Perform) -> web.StreamResponse:
        """Record the call, let the script strike, do the work, answer or not."""
        self.calls.append(call)
        call.fault = fault = self.script.take(call.method, call.params)
        try:
            if fault is None:
                return await self._perform(call, perform)
            if fault.kind is Kind.REFUSE:
                answer = self.render(fault)
                call.status = answer.status
                return answer
            if fault.kind is Kind.HANG:
                return await self._perform(call, perform) if await self._hang(request) else drop(request)
            if fault.kind is Kind.RESET:
                return drop(request)
            answered = await self._perform(call, perform)
            if fault.kind is Kind.FAIL_DONE:
                answered = self.render(fault)
                call.status = answered.status
                return answered
            if fault.kind is Kind.HANG_DONE and await self._hang(request):
                return answered
            call.status = None
            return drop(request)
        finally:
            await self.notify()

    async def _perform(self, call: Call, perform: Perform) -> web.StreamResponse:
        answer = await perform()
        call.status = answer.status
        call.done = answer.status < 400
        return answer

    async def _hang(self, request: web.Request) -> bool:
        """Wait to be released; say whether the caller is still there to hear an answer."""
        self.hanging += 1
        released = self._released
        await self.notify()
        try:
            await released.wait()
        finally:
            self.hanging -= 1
        return not self.closing and request.transport is not None and not request.transport.is_closing()


def drop(request: web.Request) -> web.StreamResponse:
    """Tear the connection down without an answer; what is returned can no longer reach anyone."""
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        transport.abort()
    return web.Response(status=500)
