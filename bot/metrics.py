"""What is counted, for Prometheus, and the port on which it is told. Labels are few and fixed; none names a person.

Not here: counting (see whoever does the work).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram, start_http_server

ARRIVED = Counter("utys_events_total", "Events that arrived, by channel and result", ["channel", "result"])
TURN_SECONDS = Histogram(
    "utys_turn_seconds",
    "From arrival to durable, seconds",
    ["channel"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
SEARCH_SECONDS = Counter("utys_search_cpu_seconds_total", "CPU time spent on understanding what was asked, seconds")
DELIVERED = Counter("utys_deliveries_total", "Provider calls, by channel and outcome", ["channel", "outcome"])
UNSENT = Gauge("utys_outbox_waiting", "Committed messages not yet delivered by this process")
REFUSED_CALLS = Counter("utys_webhook_refused_total", "Webhook calls that were not let in", ["channel"])
CLOSED = Counter(
    "utys_connections_closed_total",
    "Connections that were closed for what they asked, by reason: head, body, idle, reader, many",
    ["reason"],
)
PARKED = Counter(
    "utys_parked_total", "Events that failed three times or could not be read, and wait for somebody to look"
)
PROCESSES = Gauge("utys_processes", "Living processes on this database, as this one counts them")
LISTENING = Gauge(
    "utys_listening", "1 while this process hears at once what the others tell; else it looks every second"
)
DUTY = Gauge("utys_duty", "1 while this process does what one of all does", ["duty"])


@contextmanager
def told_on(host: str, port: int | None) -> Iterator[None]:
    """/metrics on a port of its own, which no proxy leads to; on none where no port is set. Raises OSError."""
    if port is None:
        yield
        return
    server, thread = start_http_server(port, host)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
