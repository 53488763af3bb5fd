"""What is asked of the database in one go: on PostgreSQL one message there and one back, whatever the number of statements.

Not here: the statements (see batches.py). psycopg's own pipeline sends each statement by itself and waits for the socket each time,
and the server wakes for each; here libpq, by psycopg's wrapper of it, gathers them all. Driver errors leave as SQLAlchemy's, as
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from select import POLLIN, POLLOUT, poll
from struct import Struct
from typing import Any

from sqlalchemy import Connection

from storage.driver import driver, translated

Row = tuple[Any, ...]
Reading = Sequence[Callable[[bytes], Any]]
"""What makes a value of each column's bytes."""
_number = Struct("!q").pack


class StatementRows:
    """The rows of one statement; read them when the trip is over."""

    __slots__ = ("reading", "rows")

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows: list[Row] = []


class _Prepared:
    """Stands for the answer to a statement's being prepared: it is known from then on, also if what comes behind it fails. What is
    prepared outlives a rollback, and a name is given once."""

    __slots__ = ("name", "sql")

    def __init__(self, sql: str, name: bytes) -> None:
        self.sql, self.name = sql, name


class Direct:
    """On SQLite there are no trips: each statement happens when it is asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, sql: str, parameters: Sequence[Any], reading: Reading = ()) -> StatementRows:
        answer = StatementRows(reading)
        with driver(self._connection) as cursor:
            answer.rows = cursor.execute(sql, parameters).fetchall()
        return answer

    def repeat(self, sql: str, rows: Iterable[Row]) -> None:
        with driver(self._connection) as cursor:
            cursor.executemany(sql, rows)

    def execute(self, *, commit: bool = False) -> None:
        """The transaction is ended by whoever began it: that costs nothing here."""


class Pipeline:
    """On PostgreSQL. Parameters are bytes in its binary format, whole numbers (BIGINT) or text; statements number them $1, $2 ..."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked: list[tuple[str, list[bytes], StatementRows]] = []

    def ask(self, sql: str, parameters: Sequence[bytes | int | str], reading: Reading = ()) -> StatementRows:
        answer = StatementRows(reading)
        self._asked.append((sql, [_binary(value) for value in parameters], answer))
        return answer

    def execute(self, *, commit: bool = False) -> None:
        """Everything that was asked happens now, in this order; `commit` ends the transaction in the same go. Raises DBAPIError."""
        raw: Any = self._connection.connection
        error = self._connection.dialect.loaded_dbapi.Error
        known: dict[str, bytes] = self._connection.info.setdefault("prepared", {})
        try:
            _execute(raw.pgconn, self._asked, known, commit=commit)
        except error as failure:
            raise translated(self._connection, failure) from failure
        self._asked = []


def _execute(
    line: Any, asked: Sequence[tuple[str, list[bytes], StatementRows]], known: dict[str, bytes], *, commit: bool
) -> None:
    """Adds what is prepared on the way to what is known. Raises psycopg's errors."""
    from psycopg import pq

    made: dict[str, bytes] = {}
    answers: list[StatementRows | _Prepared | None] = []
    line.enter_pipeline_mode()
    try:
        if line.transaction_status == pq.TransactionStatus.IDLE:
            line.send_query_params(b"BEGIN", None)
            answers.append(None)
        for sql, parameters, answer in asked:
            name = known.get(sql) or made.get(sql)
            if name is None:
                name = made[sql] = f"utys_{len(known) + len(made)}".encode()
                line.send_prepare(name, sql.encode())
                answers.append(_Prepared(sql, name))
            line.send_query_prepared(name, parameters, param_formats=[1] * len(parameters), result_format=1)
            answers.append(answer)
        if commit:
            line.send_query_params(b"COMMIT", None)
            answers.append(None)
        line.pipeline_sync()
        _send(line)
        _receive(line, answers, known, pq.ExecStatus)
    finally:
        if line.status == pq.ConnStatus.OK:
            line.exit_pipeline_mode()


def _send(line: Any) -> None:
    if not line.flush():
        return
    waiting = poll()
    waiting.register(line.socket, POLLIN | POLLOUT)
    while line.flush():
        if waiting.poll()[0][1] & POLLIN:
            line.consume_input()


def _receive(
    line: Any, answers: Iterable[StatementRows | _Prepared | None], known: dict[str, bytes], status: Any
) -> None:
    """Reads every answer to the end, then raises the first error among them."""
    from psycopg.errors import OperationalError, error_from_result

    waiting = poll()
    waiting.register(line.socket, POLLIN)
    failure: Exception | None = None
    for answer in (*answers, _End):
        # None is the end of the answer before; a second one would be the end of the connection
        result = _next(line, waiting) or _next(line, waiting)
        if result is None:
            raise OperationalError("the connection broke off in the middle of an answer")
        if result.status == status.FATAL_ERROR:
            failure = failure or error_from_result(result)
        elif result.status == status.TUPLES_OK and isinstance(answer, StatementRows):
            answer.rows = _rows(result, answer.reading)
        elif result.status == status.COMMAND_OK and isinstance(answer, _Prepared):
            known[answer.sql] = answer.name
    if failure is not None:
        raise failure


class _End:
    """Stands for the answer to the sync."""


def _next(line: Any, waiting: Any) -> Any:
    while line.is_busy():
        waiting.poll()
        line.consume_input()
    return line.get_result()


def _rows(result: Any, reading: Reading) -> list[Row]:
    value, columns = result.get_value, list(enumerate(reading))
    return [
        tuple(None if (given := value(row, column)) is None else read(given) for column, read in columns)
        for row in range(result.ntuples)
    ]


def _binary(value: bytes | int | str) -> bytes:
    if isinstance(value, bytes):
        return value
    return _number(value) if isinstance(value, int) else value.encode()


def whole(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)
