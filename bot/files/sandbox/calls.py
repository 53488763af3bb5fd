"""The system calls that a reader may still make once it has its file: to compute, to get memory, to answer, to end.

No file can be opened by these, nothing connected to, no process started, looked into, signalled or slowed. The numbers are the kernel's
(arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h for 64-bit ARM); a test compares them with libseccomp's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Machine:
    """`audit`: the kernel's number for the kind of machine. `calls` by name; those in `MEMORY` may not make memory executable."""

    audit: int
    calls: Mapping[str, int]


SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
"""The call that sets a filter."""
MEMORY: Final = frozenset({"mmap", "mprotect"})
"""Their third argument says what may be done with the memory."""
MACHINES: Final[Mapping[str, Machine]] = {
    "x86_64": Machine(
        0xC000003E,
        {
            "read": 0,
            "write": 1,
            "close": 3,
            "lseek": 8,
            "mmap": 9,
            "mprotect": 10,
            "munmap": 11,
            "brk": 12,
            "rt_sigaction": 13,
            "rt_sigprocmask": 14,
            "rt_sigreturn": 15,
            "sched_yield": 24,
            "mremap": 25,
            "madvise": 28,
            "getpid": 39,
            "exit": 60,
            "gettimeofday": 96,
            "getrusage": 98,
            "sigaltstack": 131,
            "gettid": 186,
            "futex": 202,
            "restart_syscall": 219,
            "clock_gettime": 228,
            "exit_group": 231,
            "getrandom": 318,
        },
    ),
    "aarch64": Machine(
        0xC00000B7,
        {
            "read": 63,
            "write": 64,
            "close": 57,
            "lseek": 62,
            "mmap": 222,
            "mprotect": 226,
            "munmap": 215,
            "brk": 214,
            "rt_sigaction": 134,
            "rt_sigprocmask": 135,
            "rt_sigreturn": 139,
            "sched_yield": 124,
            "mremap": 216,
            "madvise": 233,
            "getpid": 172,
            "exit": 93,
            "gettimeofday": 169,
            "getrusage": 165,
            "sigaltstack": 132,
            "gettid": 178,
            "futex": 98,
            "restart_syscall": 128,
            "clock_gettime": 113,
            "exit_group": 94,
            "getrandom": 278,
        },
    ),
}
