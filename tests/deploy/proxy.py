"""The real HAProxy with the real haproxy.cfg, but for ports, the name server and the folder of certificates.

Leaves what it is asked to the tests.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deploy.composed import DEPLOY

_STATE = re.compile(r'haproxy_server_status\{proxy="bot",server="([\w-]+)",state="(\w+)"\} 1\b')
_ANSWERS = re.compile(r'haproxy_server_http_responses_total\{proxy="bot",server="([\w-]+)",code="2xx"\} (\d+)')

_REPEATED = re.compile(r'haproxy_backend_(?:retry|redispatch)_warnings_total\{proxy="bot"\} (\d+)')


def program() -> str | None:
    """Where HAProxy is; without one the tests that want it are left out, and `.ci/wanted` says so."""
    return os.environ.get("HAPROXY") or shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")


def certify(folder: Path) -> ssl.SSLContext:
    """Leaves bot.pem in the folder and gives what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bot.example.kz")])
    now = datetime.now(UTC)
    alternatives = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
    certificate = made.add_extension(alternatives, critical=False).sign(key, hashes.SHA256())
    chain = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "bot.pem").write_bytes(chain + private)
    return ssl.create_default_context(cadata=chain.decode())


class Proxy:
    """`local` says what stands on this machine in the place of each address of haproxy.cfg; each must stand there."""

    def __init__(self, folder: Path, ports: dict[str, int], local: dict[str, str], environment: dict[str, str]) -> None:
        """`ports`: those of http, https and inside."""
        self._folder, self._ports, self._local, self._environment = folder, ports, local, environment
        self._process: asyncio.subprocess.Process
        self.http: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        text = (DEPLOY / "haproxy.cfg").read_text("utf-8")
        for theirs, ours in self._local.items():
            assert theirs in text, f"{theirs} stands no more in haproxy.cfg"
            text = text.replace(theirs, ours)
        config = self._folder / "haproxy.cfg"
        config.write_text(text, "utf-8")
        path = program()
        assert path is not None
        with (self._folder / "haproxy.log").open("wb") as log:
            # -db: in the foreground, without a master, so that it can be ended by its id
            self._process = await asyncio.create_subprocess_exec(
                *(path, "-db", "-f", str(config)), env=self._environment, stdout=log, stderr=asyncio.subprocess.STDOUT
            )
        self.http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()
        with suppress(ProcessLookupError):  # it has ended by itself: its log says why
            self._process.terminate()
        await self._process.wait()

    @property
    def log(self) -> str:
        return (self._folder / "haproxy.log").read_text("utf-8")

    async def inside(self, path: str) -> tuple[int, str]:
        async with self.http.get(f"http://127.0.0.1:{self._ports['inside']}{path}") as answer:
            return answer.status, await answer.text()

    async def states(self) -> dict[str, str]:
        """What it holds of each process: UP, DOWN, MAINT (its name leads nowhere)."""
        return dict(_STATE.findall((await self.inside("/metrics"))[1]))

    async def answers(self) -> dict[str, int]:
        """How many calls each process has answered well since the proxy started; looks at /readyz do not count."""
        return {name: int(count) for name, count in _ANSWERS.findall((await self.inside("/metrics"))[1])}

    async def repeated(self) -> int:
        """How many calls were made once more, at the same process or another, since the proxy started."""
        return sum(int(count) for count in _REPEATED.findall((await self.inside("/metrics"))[1]))

    async def until(self, seconds: float = 10.0, **wanted: str) -> None:
        """`bot_1="DOWN"`. Raises TimeoutError with what it says instead."""
        expected = {name.replace("_", "-"): state for name, state in wanted.items()}
        seen: dict[str, str] = {}
        try:
            async with asyncio.timeout(seconds):
                while True:
                    try:
                        seen = await self.states()
                    except aiohttp.ClientConnectorError:  # it has only just been started
                        seen = {}
                    if expected.items() <= seen.items():
                        return
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise TimeoutError(f"{seen}, not {expected}: {self.log[-2000:]}") from None
