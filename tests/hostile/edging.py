"""What is tried at the outermost edge, and what of it went wrong: every spelling of what is inside, foreign hosts, slowness, numbers.

Leaves the edge itself to `edge`, and the program without a proxy to test_connections.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import repeat

from tests.hostile.connecting import Said
from tests.hostile.edge import PUBLIC, Edge

INSIDE = ("metrics", "healthz", "desk", "schema", "desk/login")
IN_TIME_S = 12.0
"""Ten, and what a busy machine takes beside."""
MOST = 200
"""Connections of one address (deploy/haproxy.cfg)."""


def spelled(name: str) -> Iterator[str]:
    """A path in every way that some part of some house takes for the same."""
    hexed = f"%{ord(name[0]):02x}{name[1:]}"
    yield from (
        f"/{name}",
        f"/{name}/",
        f"//{name}",
        f"/{name}//",
        f"/./{name}",
        f"/{name}/.",
        f"/{name}/..",
        f"/x/../{name}",
    )
    yield from (f"/{hexed}", f"/{hexed.upper()}", f"/{name.upper()}", f"/{name}%2f", f"/%2f{name}", f"/%2e/{name}")
    yield from (
        f"/%2e%2e/{name}",
        f"/{name}%00",
        f"/{name}%20",
        f"/{name};a=b",
        f"/{name}?a=b",
        f"/{name}.",
        f"/\\{name}",
    )
    yield from (f"/preview/../{name}", f"/preview/static/../../{name}", f"/preview/static/..%2f..%2f{name}")
    yield from (
        f"/readyz/../{name}",
        f"/readyz%2f..%2f{name}",
        f"/readyz;/{name}",
        f"/{name}%3fa",
        f"/{name}%23",
        f"/%252e/{name}",
    )
    yield from (
        f"/%c0%af{name}",
        f"/{name}/index",
        f"http://bot.example.kz/{name}",
        f"https://127.0.0.1/{name}",
        f"/{hexed}/%2e",
    )


async def spellings(edge: Edge) -> list[str]:
    """Of no way to write them is anything answered but that there is nothing."""
    paths = [path for name in INSIDE for path in spelled(name)]
    wrong = []
    for path in paths:
        for method in ("GET", "POST"):
            said = await edge.ask(path, method=method)
            if said.status not in (400, 404):
                wrong.append(f"{method} {path}: {said.status}")
    said = await edge.ask("/readyz")
    return wrong + ([f"/readyz: {said.status}"] if said.status != 200 else [])


async def strangers(edge: Edge) -> list[str]:
    """Whatever host is named, nobody is sent to it; over TLS everything says that it stays TLS."""
    wrong = []
    for host in ("evil.example", "bot.example.kz.evil.example", "bot.example.kz@evil.example", "127.0.0.1:1"):
        for path in ("/", "//evil.example/", "/%2f%2fevil.example", "/\\evil.example", "/preview/session"):
            said = await edge.ask(path, host=host, tls=False)
            if said.status != 400 and not said.header("location").startswith(PUBLIC + "/"):
                wrong.append(f"{host}{path}: {said.status} to {said.header('location')!r}")
            said = await edge.ask(path, host=host)
            if said.header("location"):
                wrong.append(f"over TLS, {host}{path}: to {said.header('location')!r}")
    for path, status in (("/", 200), ("/nothing", 404), ("/preview/history?profile=telegram", 403)):
        said = await edge.ask(path)
        if (said.status, said.header("strict-transport-security")) != (status, "max-age=31536000"):
            wrong.append(f"{path}: {said.status}, HSTS {said.header('strict-transport-security')!r}")
    return wrong


async def slow(edge: Edge) -> list[str]:
    """Heads and bodies by drops are shut in time, directly and behind the proxy, and who is quick does not notice."""
    port = edge.program.port
    head = b"POST %s HTTP/1.1\r\nHost: bot\r\nContent-Length: %d\r\n\r\n"
    drops = [b"GET /readyz HTTP/1.1\r\n", *repeat(b"X-A: a\r\n", 60)]
    short = [head % (b"/preview/session", 1000), *repeat(b"x", 60)]
    signed = b"X-Twilio-Signature: %s=\r\n" % (b"a" * 27)
    long = [(head % (b"/whatsapp/webhook", 100_000)).replace(b"\r\n\r\n", b"\r\n" + signed + b"\r\n"), b"x" * 90_000]
    long += repeat(b"x", 60)
    tries = {
        "half a head": [b"GET /readyz HTTP/1.1\r\n"],
        "a head by drops": drops,
        "a short body by drops": short,
        "a long body by drops": long,
        "a longer body by drops": [head % (b"/preview/events", 900_000), b"x" * 300_000, *repeat(b"x", 60)],
        "a body without a length by drops": [
            b"POST /preview/events HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\n",
            *repeat(b"1\r\nx\r\n", 60),
        ],
        "nothing": [],
    }

    async def one(name: str, parts: list[bytes], behind: bool) -> list[str]:
        try:
            said: Said = await (edge.say(*parts, pause_s=0.5) if behind else edge.directly(port, parts, pause_s=0.5))
        except TimeoutError:
            return [f"{name}{' behind the proxy' * behind}: never shut"]
        return [] if said.seconds < IN_TIME_S else [f"{name}{' behind the proxy' * behind}: {said.seconds:.1f} s"]

    work = [one(name, list(parts), behind) for name, parts in tries.items() for behind in (False, True)]
    together = asyncio.gather(*work)
    wrong = []
    while not together.done():
        said = await edge.ask("/readyz")
        wrong += [f"/readyz meanwhile: {said.status}"] if said.status != 200 else []
        await asyncio.wait([together], timeout=1.0)
    return wrong + [each for found in await together for each in found]


async def holding(edge: Edge) -> list[str]:
    """One address has so many connections and no more; another is served meanwhile."""
    async with edge.held(MOST + 60):
        own, other = await edge.ask("/readyz"), await edge.ask("/readyz", source="127.0.0.2")
    wrong = [f"one connection more of the same address: {own.status}"] if own.status else []
    return wrong + ([f"another address: {other.status}"] if other.status != 200 else [])


LOOKS = (spellings, strangers, slow, holding)
