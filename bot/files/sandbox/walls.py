"""Closes the sandbox around this process, and says which walls the kernel gave.

Not here: the walls (see seccomp.py, landlock.py). The system calls that are given up are what every promise stands on; without that
nothing is read. What else the kernel gives stands behind it.
"""

from __future__ import annotations

import errno
import os
import platform
import resource
import signal
import struct
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from bot.files.sandbox import landlock, seccomp
from bot.files.sandbox.calls import MACHINES
from bot.kernel import die_with_parent, forbid_dumps, forbid_new_privileges, unshare

MEMORY: Final = 768 * 1024 * 1024
"""Bytes of address space: what the libraries take, and room for the largest workbook that is opened."""
CPU_LIMIT_S: Final = 5
"""Of processor time, the start included."""
NICENESS: Final = 10
CLOSED_ON: Final = ("linux",)
"""Systems that have what shuts a process in."""
_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_OWN_FDS = 3


class Walls(Struct, frozen=True):
    """What stands around a reader. `landlock` is its version, 0 where the kernel has none. `gaps` says what is missing and why."""

    seccomp: bool = False
    landlock: int = 0
    namespaces: bool = False
    gaps: tuple[str, ...] = ()

    @property
    def hold(self) -> bool:
        """Whether a file may be read behind them."""
        return self.seccomp

    @property
    def hold_twice(self) -> bool:
        """Whether a gap in one wall is covered by another: so much is asked before identity papers are opened."""
        return self.seccomp and self.landlock > 0


def set_limits(parent: int) -> None:
    """Little processor, so much memory, no file, no core, nothing but the three pipes, and no life after the bot's. Raises OSError."""
    os.closerange(_OWN_FDS, os.sysconf("SC_OPEN_MAX"))
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_LIMIT_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    os.nice(NICENESS)
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:  # it died before
        os._exit(1)


def close() -> Walls:
    """From here on nothing can be opened. All that reading needs must be there, and this must be the only thread. Raises OSError."""
    gaps: list[str] = []
    namespaces = _built(gaps, "namespaces", _leave_namespaces)
    forbid_dumps()
    forbid_new_privileges()
    version = _built(gaps, "Landlock", _forbid_all)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    return Walls(_built(gaps, "seccomp", _filter) > 0, version, namespaces > 0, tuple(gaps))


def _leave_namespaces() -> int:
    unshare(_NEW_USER | _NEW_NETWORK | _NEW_IPC)
    return 1


def _forbid_all() -> int:
    if len(os.listdir("/proc/self/task")) > 1:  # it binds the thread that asks for it
        raise OSError(errno.EBUSY, "another thread would walk free")
    return landlock.forbid_all()


def _filter() -> int:
    name = platform.machine()
    if name not in MACHINES or struct.calcsize("P") != 8:
        raise OSError(errno.ENOSYS, f"no list of system calls for {name}")
    seccomp.install(name, seccomp.allow_only(MACHINES[name]))
    return 1


def _built(gaps: list[str], what: str, build: Callable[[], int]) -> int:
    """What building says, 0 where it could not be built."""
    try:
        return build()
    except OSError as error:
        gaps.append(f"{what}: {error.strerror}")
        return 0
