"""Whether the reader of files is shut in on this machine: it is started, closes its sandbox, and tries what must not be possible.

Not here: the sandbox (see bot/files/sandbox/).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import msgspec

from bot.doctor.finding import DoctorFinding
from bot.files.child import read_apart
from bot.files.sandbox.walls import CPU_LIMIT_S, MEMORY
from bot.settings import Settings


def sandbox(settings: Settings) -> Iterator[DoctorFinding]:
    """One finding, red where files of people are refused or where their reader is not shut in."""
    answer = asyncio.run(read_apart("trial", b"", b""))
    walls = answer.walls
    missing = "; ".join(walls.gaps) if walls else ""
    if walls is None:
        yield DoctorFinding("fault", "sandbox", f"the process that reads files ended at once (code {answer.code})")
    elif not walls.hold:
        said = f"nothing shuts the reader of files in ({missing})"
        advice = "Files that people send are refused. It takes Linux with seccomp, on x86-64 or 64-bit ARM."
        yield DoctorFinding("fault", "sandbox", said, advice)
    elif answer.said is None or (could := msgspec.json.decode(answer.said, type=list[str])):
        said = f"the reader of files can {', '.join(could)}" if answer.said else "the reader of files gave no answer"
        yield DoctorFinding("fault", "sandbox", said, "The kernel sets a filter of system calls without keeping to it.")
    elif not walls.hold_twice:
        said = f"the reader of files is shut in by seccomp alone ({missing})"
        advice = "Lists of purchases are read; identity papers are not opened without Landlock (Linux 5.13 and newer)."
        yield DoctorFinding("warning", "sandbox", said, advice)
    else:
        behind = ", user and network namespaces" if walls.namespaces else f" (not given: {missing})"
        said = f"the reader of files is shut in: seccomp, Landlock {walls.landlock}{behind}"
        yield DoctorFinding("ok", "sandbox", f"{said}; {CPU_LIMIT_S} s, {MEMORY >> 20} MB")
