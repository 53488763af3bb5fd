"""Calls of the Linux kernel that Python has no name for, made through the C library.

Not here: what they are good for (see bot/dumping.py and bot/files/sandbox/).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache

_SET_PARENT_DEATH_SIGNAL = 1
_SET_DUMPABLE = 4
_SET_NO_NEW_PRIVILEGES = 38


@cache
def _library() -> ctypes.CDLL:
    """Raises OSError where this is no Linux."""
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, "this is no Linux")
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


def call(number: int, *arguments: int | ctypes.Structure | None) -> int:
    """A system call by its number. A structure is given by its address. Raises OSError."""
    made = _library().syscall(ctypes.c_long(number), *map(_passed, arguments))
    return _checked(int(made))


def unshare(flags: int) -> None:
    """Leaves the namespaces that the flags name for new ones. Raises OSError."""
    _checked(_library().unshare(ctypes.c_int(flags)))


def die_with_parent(signal: int) -> None:
    """Has this process get a signal when the thread that started it ends. Raises OSError."""
    _control(_SET_PARENT_DEATH_SIGNAL, signal)


def forbid_dumps() -> None:
    """No other process of the same user may look into this one any more, and it leaves no core. Raises OSError."""
    _control(_SET_DUMPABLE, 0)


def forbid_new_privileges() -> None:
    """No program that is started from here gains anything. Filters and rules may then be set without privileges. Raises OSError."""
    _control(_SET_NO_NEW_PRIVILEGES, 1)


def _control(option: int, value: int) -> None:
    _checked(_library().prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)))


def _passed(argument: int | ctypes.Structure | None) -> object:
    if isinstance(argument, ctypes.Structure):
        return ctypes.byref(argument)
    return None if argument is None else ctypes.c_long(argument)


def _checked(returned: int) -> int:
    if returned < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return returned
