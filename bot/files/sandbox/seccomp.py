"""Gives up all system calls but those named: the wall that every promise about the reader stands on.

Not here: which calls remain (see calls.py). libseccomp would write the same program, but Python's binding to it wants the C library on
every host and saw its last release in 2021; these are five instructions of classic BPF (Documentation/userspace-api/seccomp_filter.rst).
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Iterable

from bot.files.sandbox.calls import MEMORY, SECCOMP, Machine
from bot.kernel import call

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _KIND_OF_MACHINE, _THIRD_ARGUMENT = 0, 4, 32
"""Where these stand in `struct seccomp_data`; both machines are little-endian."""
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_EXECUTABLE = 4
_SET_FILTER, _ALL_THREADS = 1, 1
Instruction = tuple[int, int, int, int]
"""Code, instructions to skip where it holds and where not, and a value."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def allow_only(machine: Machine) -> list[Instruction]:
    """A program that refuses (EPERM) every call but the machine's. A call of another kind of machine ends the process."""
    plain = [number for name, number in machine.calls.items() if name not in MEMORY]
    memory = [number for name, number in machine.calls.items() if name in MEMORY]
    return [
        *_only_on(machine),
        *_leads(memory, len(memory) + len(plain) + 1),
        *_leads(plain, len(plain) + 4),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),
        (_LOAD, 0, 0, _THIRD_ARGUMENT),
        (_JUMP_IF_ANY_BIT, 0, 1, _EXECUTABLE),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def refuse(machine: Machine, numbers: Iterable[int], error: int) -> list[Instruction]:
    """A program that answers these calls with an error, as an older kernel or a container's own filter does, and allows all others."""
    refused = list(numbers)
    return [
        *_only_on(machine),
        *_leads(refused, len(refused) + 1),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE | error),
    ]


def install(name: str, program: list[Instruction]) -> None:
    """For all threads of this process and whatever it starts, for good. New privileges must be forbidden before. Raises OSError."""
    code = b"".join(struct.pack("=HBBI", *each) for each in program)
    if refusing := call(SECCOMP[name], _SET_FILTER, _ALL_THREADS, _Program(len(program), code)):
        raise OSError(errno.EBUSY, f"thread {refusing} keeps a filter of its own")


def _only_on(machine: Machine) -> list[Instruction]:
    return [
        (_LOAD, 0, 0, _KIND_OF_MACHINE),
        (_JUMP_IF_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]


def _leads(numbers: list[int], after: int) -> list[Instruction]:
    """From each of these calls to one instruction: the one that stands so many after the first of them."""
    return [(_JUMP_IF_EQUAL, after - place - 1, 0, number) for place, number in enumerate(numbers)]
