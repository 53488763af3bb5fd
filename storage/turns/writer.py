"""One thread that commits turns in groups: what is in hand goes into one transaction, and only then is anything acknowledged.

Leaves deciding a turn to `Turns`, what lies on a damaged page to apart.py, sending to the outbox. A lone turn never waits for company.
A group that fails is tried again one by one, so that a bad turn fails alone. On PostgreSQL advisory locks keep a conversation with
one process at a time.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.damage import is_down
from storage.database import bound, touch
from storage.keys.erasing import LogErasure
from storage.sealing import Seal
from storage.turns.apart import Apart
from storage.turns.group import Group
from storage.turns.types import Arrival, Committed, Listener, Mark, Queued, StorageDown, Turns
from storage.turns.watchdog import StallWatch

log = structlog.get_logger(__name__)
T = TypeVar("T")
Done = tuple[asyncio.Future[Any], Any, Callable[[Any], None] | None]
"""Who waits for it, what it gave, and what is to happen with that before anything later is handed over."""

GROUP_SIZE = 64
"""Turns in one transaction at most: bounds how long a lone message can wait behind a burst."""
MARK_DELAY_S = 0.01
"""Seconds that a mark waits for a turn to ride along with: half of all commits, where chats are few. A crash meanwhile sends that
message again (marked so), as one during the provider call does, which takes longer. On PostgreSQL marks do not wait: another process
may be waiting for them, to send what comes next in that chat."""
PROBE_INTERVAL_S = 1.0
"""Seconds after which a database that failed is tried again, also if nothing arrives."""


class Writer:
    """Start it once; from then on all its methods are called from its loop."""

    def __init__(self, engine: Engine, seal: Seal, turns: Turns, process: int) -> None:
        self._engine = engine
        self._apart = Apart(seal, turns, process)
        self._group = Group(seal, turns, process, postgres=engine.dialect.name == "postgresql")
        self._arrivals: deque[tuple[Arrival, asyncio.Future[Committed]]] = deque()
        self._marks: deque[Mark] = deque()
        self._calls: deque[tuple[Callable[[Connection], Any], asyncio.Future[Any], Callable[[Any], None] | None]]
        self._calls = deque()
        self._hasty = engine.dialect.name == "postgresql"
        self._marks_due = self._hasty
        self._timer: asyncio.TimerHandle | None = None
        self._wake = threading.Event()
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._given: list[Queued] = []
        self._listener: Listener | None = None
        self._failing: str | None = None
        self._erasure = LogErasure(PROBE_INTERVAL_S)
        self._waiting = StallWatch()
        self._watching: asyncio.Task[None] | None = None

    @property
    def failing(self) -> str | None:
        """Why nothing is kept at present; None if all is well."""
        return self._failing or ("no answer" if self._waiting.slow else None)

    @property
    def damaged(self) -> bool:
        """Whether a page was met that cannot be read; what does not lie on it is kept as ever."""
        return self._apart.damaged

    def start(self, loop: asyncio.AbstractEventLoop, listener: Listener) -> None:
        """`loop` is where all its methods and those of `listener` are called."""
        self._loop, self._listener = loop, listener
        self._watching = loop.create_task(self._waiting.watch())
        self._thread.start()

    async def stop(self) -> None:
        """Commits what is in hand, then ends the thread."""
        self._stopping = True
        if self._timer is not None:
            self._timer.cancel()
        self._wake.set()
        await asyncio.to_thread(self._thread.join)
        if self._watching is not None:
            self._watching.cancel()

    def turn(self, arrival: Arrival) -> asyncio.Future[Committed]:
        """Done once the turn is durable. Raises StorageDown if nothing was kept."""
        future: asyncio.Future[Committed] = self._running().create_future()
        self._arrivals.append((arrival, future))
        self._wake.set()
        return future

    def mark(self, mark: Mark) -> None:
        self._marks.append(mark)
        if self._hasty or self._loop is None or self._stopping:
            self._wake.set()
        elif self._timer is None:
            self._timer = self._loop.call_later(MARK_DELAY_S, self.hurry)

    def hurry(self) -> None:
        """The marks have waited long enough; if a turn took them along meanwhile, there is nothing to do."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._marks:
            self._marks_due = True
            self._wake.set()

    async def call(self, work: Callable[[Connection], T], then: Callable[[T], None] | None = None) -> T:
        """Runs anything off the hot path in a transaction of its own. Raises StorageDown. `then` is called in the loop with the result
        before whatever was committed later is handed over."""
        future: asyncio.Future[T] = self._running().create_future()
        self._calls.append((work, future, then))
        self._wake.set()
        return await future

    @property
    def backlog(self) -> int:
        return len(self._arrivals)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None or self._stopping:
            raise StorageDown("the writer is not running")
        return self._loop

    def _run(self) -> None:
        connection: Connection | None = None
        while True:
            self._wake.wait(PROBE_INTERVAL_S if self._failing or self._erasure.due else None)
            self._wake.clear()
            stopping = self._stopping  # read before the queues: what came before the stop is in them
            if self._failing or self._erasure.due:
                connection = self._step(connection)
            # marks that cannot be written must not hold up a stop: unmarked messages are found at the next start
            while self._arrivals or self._calls or self._marks_now():
                connection = self._step(connection)
            if stopping:
                break
        if connection is not None:
            connection.close()

    def _marks_now(self) -> bool:
        if self._stopping:
            return bool(self._marks) and not self._failing
        return bool(self._marks) and self._marks_due

    def _step(self, connection: Connection | None) -> Connection | None:
        self._marks_due = self._hasty  # before the marks are taken: one that comes now will say so itself
        # calls are taken first and run last: a call sees every mark that was made before it
        calls = [self._calls.popleft() for _ in range(len(self._calls))]
        marks = [self._marks.popleft() for _ in range(len(self._marks))]
        arrivals = [self._arrivals.popleft() for _ in range(min(len(self._arrivals), GROUP_SIZE))]
        done: list[Done] = []
        kept = tuple(marks)
        try:
            self._waiting.begin(connection)
            if connection is None or connection.invalidated or connection.closed:
                connection = self._engine.connect()
                self._waiting.begin(connection)
                bound(connection)
            if self._failing:
                with connection.begin():
                    touch(connection)
            self._commit(connection, arrivals, marks, done)
            marks = []  # they are kept, whatever becomes of the calls
            for work, future, then in calls:
                done.append((future, self._commit_call(connection, work), then))
            if self._failing and self._loop is not None and self._listener is not None:
                self._loop.call_soon_threadsafe(self._listener.recovered)
            self._failing = None
            self._erasure.go_on(connection)
        except Exception as error:  # the database is away: nothing more was kept, and everybody is told so
            if self._failing is None:
                log.error("storage_down", error=type(error).__name__)
            self._failing = type(error).__name__
            self._marks.extendleft(reversed(marks))
            kept = () if marks else kept
            answered = {id(future) for future, *_ in done}
            pending = [future for _, future in arrivals] + [future for _, future, _ in calls]
            done += [(future, StorageDown(self._failing), None) for future in pending if id(future) not in answered]
            self._drop(connection)
            connection = None
            if marks:
                self._stop_spinning()
        finally:
            self._waiting.end()
        given, self._given = self._given, []
        if (done or given or kept) and self._loop is not None:
            self._loop.call_soon_threadsafe(self._hand_over, given, kept, done)
        return connection

    def _hand_over(self, given: list[Queued], kept: tuple[Mark, ...], done: list[Done]) -> None:
        if self._listener is not None:
            self._listener.kept(kept)
            own = [queued for _, result, _ in done if isinstance(result, Committed) for queued in result.sends]
            if given or own:
                self._listener.taken(given, own)
        _resolve(done)

    def _commit(
        self,
        connection: Connection,
        arrivals: list[tuple[Arrival, asyncio.Future[Committed]]],
        marks: list[Mark],
        done: list[Done],
    ) -> None:
        """Adds to `done` what is durable, also where the rest fails."""
        if not arrivals and not marks:
            return
        try:
            results = self._through(connection, [arrival for arrival, _ in arrivals], marks)
            done += [(future, result, None) for (_, future), result in zip(arrivals, results, strict=True)]
            return
        except Exception as error:
            if is_down(error):
                raise
        for mark in marks:
            self._mark_alone(connection, mark)
        marks.clear()
        for arrival, future in arrivals:
            done.append((future, self._alone(connection, arrival), None))

    def _through(
        self, connection: Connection, arrivals: list[Arrival], marks: list[Mark], refused: str | None = None
    ) -> list[Committed]:
        with connection.begin():
            done = self._group.commit(connection, arrivals, marks, refused)
        self._given += done.given
        return done.results

    def _mark_alone(self, connection: Connection, mark: Mark) -> None:
        try:
            self._through(connection, [], [mark])
        except Exception as error:
            if is_down(error):
                raise
            self._apart.notes(error)
            # what is wrong with a mark is wrong for ever: the others must not wait for it
            log.error("mark_not_kept", error=type(error).__name__)

    def _alone(self, connection: Connection, arrival: Arrival) -> Committed | StorageDown:
        """A turn that is not fit to be kept counts as one that failed: it is tried again and parked, and blocks nobody."""
        try:
            try:
                return self._through(connection, [arrival], [])[0]
            except Exception as error:
                if is_down(error):
                    raise
                if self._apart.notes(error):
                    return self._apart.keep(connection, arrival)
                return self._through(connection, [arrival], [], refused=type(error).__name__)[0]
        except Exception as error:
            log.error("turn_not_kept", error=type(error).__name__)
            return StorageDown(type(error).__name__)

    def _commit_call(self, connection: Connection, work: Callable[[Connection], Any]) -> Any:
        try:
            with connection.begin():
                return work(connection)
        except Exception as error:
            if is_down(error):
                raise
            self._apart.notes(error)
            # handed to the caller, whose bug it is
            return StorageDown(type(error).__name__) if isinstance(error, SQLAlchemyError) else error

    def _drop(self, connection: Connection | None) -> None:
        if connection is None:
            return
        try:
            connection.invalidate()
            connection.close()
        except SQLAlchemyError:
            log.warning("connection_not_closed")

    def _stop_spinning(self) -> None:
        """Marks that could not be written are tried again a little later, not at once and for ever."""
        threading.Event().wait(0.2)
        self._wake.set()


def _resolve(done: list[Done]) -> None:
    for future, result, then in done:
        if then is not None and not isinstance(result, Exception):
            then(result)
        if future.done():
            continue
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
