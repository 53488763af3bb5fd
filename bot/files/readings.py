"""How each kind of file is read inside the sandbox. What is imported here is imported before it closes.

Not here: the process around it (see reader.py). A reading is made in two steps: the first, outside, gets what the bot says of the file
and may open what it needs; the second gets the file's bytes and can open nothing.
"""

from __future__ import annotations

import codecs
import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dialogs.messages import PurchaseFile
from storage.lists.own_file import Rule, read_own

Reading = Callable[[bytes], Callable[[bytes], bytes]]
_CODECS: Final = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048", "cp1251", "cp1252", "cp437", "latin-1")
"""Which of them a file wants is known only once it is read."""
for _name in _CODECS:
    codecs.lookup(_name)


def purchases(head: bytes) -> Callable[[bytes], bytes]:
    """A person's list of purchases by a Rule; the answer is a PurchaseFile."""
    rule = msgspec.json.decode(head, type=Rule)
    ZoneInfo(rule.zone)  # kept from now on: its file cannot be opened later

    def read(data: bytes) -> bytes:
        try:
            return msgspec.json.encode(read_own(data, rule))
        except (MemoryError, RecursionError):
            return msgspec.json.encode(PurchaseFile(fault="too_large"))

    return read


def trial(head: bytes) -> Callable[[bytes], bytes]:
    """No file at all: tries what must not be possible; the answer is a list of what was."""
    return lambda data: msgspec.json.encode([what for what, attempt in _FORBIDDEN.items() if _succeeds(attempt)])


def _succeeds(attempt: Callable[[], object]) -> bool:
    with suppress(OSError):
        attempt()
        return True
    return False


def _start_process() -> None:
    if os.fork() == 0:
        os._exit(0)


_FORBIDDEN: Final[Mapping[str, Callable[[], object]]] = {
    "open a file": lambda: os.open("/", os.O_RDONLY),
    "open a connection": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
    "open a socket's file": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
    "start a process": _start_process,
    "signal the bot": lambda: os.kill(os.getppid(), 0),
}
READINGS: Final[Mapping[str, Reading]] = {"purchases": purchases, "trial": trial}
