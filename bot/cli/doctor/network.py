"""Whether the providers know us, and whether the address and the port are ours: asked as the running program would ask.

Not here: what each provider is asked (see `examine` of its channel), everything on this machine (see examine.py).
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

from bot.app import CHANNELS
from bot.doctor.finding import DoctorFinding
from bot.doctor.host import HostUnreachable, fetch
from bot.settings import Settings


def network(settings: Settings) -> Iterator[DoctorFinding]:
    for kind in CHANNELS:
        yield from kind.examine(settings)
    yield from _port(settings)


def _port(settings: Settings) -> Iterator[DoctorFinding]:
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.host, settings.port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            said = f"{where} cannot be listened on: {error.strerror or error}"
            yield DoctorFinding(
                "fault", "port", said, "Set HOST to an address of this machine and PORT to a free port."
            )
        elif _is_ours(f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"):  # noqa: S104
            yield DoctorFinding("ok", "port", f"{where} is served by Utys")
            yield from _public(settings)
        else:
            yield DoctorFinding("fault", "port", f"{where} is in use by another program", "Set PORT to another one.")
    else:
        yield DoctorFinding("ok", "port", f"{where} is free")


def _public(settings: Settings) -> Iterator[DoctorFinding]:
    if settings.public_url and _is_ours(settings.public_url):
        yield DoctorFinding("ok", "address", f"{settings.public_url} leads here")
    elif settings.public_url:
        said = f"{settings.public_url} does not lead to this program"
        yield DoctorFinding("warning", "address", said, "Check PUBLIC_URL and the proxy before it.")


def _is_ours(base: str) -> bool:
    try:
        return fetch(f"{base}/readyz")[1].get("status") in ("ready", "not ready")  # a proxy lets nobody see /healthz
    except HostUnreachable:
        return False
