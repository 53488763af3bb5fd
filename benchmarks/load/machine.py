"""What the kernel says of processes: CPU to the nanosecond, peak memory, who else is busy. Linux only.

Leaves what is done with it to `driver`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Seconds of user and system time of all threads of a process (its CPU clock, clock_getcpuclockid(3)); 0 if it is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def tree(pid: int) -> list[int]:
    """A process and everything that it started."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def spent(roots: Iterable[int]) -> dict[int, float]:
    """CPU seconds so far of each process in these trees."""
    return {pid: cpu(pid) for root in roots for pid in tree(root)}


def since(before: dict[int, float], after: dict[int, float]) -> float:
    """What these processes used between two looks. One that ended in between is not counted."""
    return sum(used - before.get(pid, 0.0) for pid, used in after.items())


def peak_memory(pid: int) -> float:
    """MiB that the process needed at most (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def mapped(pid: int, ending: str) -> float:
    """MiB of memory that are pages of files with such a name; NaN where only root may see that (`bot.dumping`)."""
    total, counts = 0, False
    try:
        pages = Path(f"/proc/{pid}/smaps").read_text()
    except PermissionError:
        return float("nan")
    for line in pages.splitlines():
        first = line.split(None, 1)[0]
        if not first.endswith(":"):
            counts = line.endswith(ending)
        elif counts and first == "Rss:":
            total += int(line.split()[1])
    return total / 1024


def machine_busy() -> float:
    """Seconds that all cores together were busy so far."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / _TICK


def pin(cores: set[int]) -> None:
    """This process, and what it starts from now on, runs only there; where there is one core, anywhere."""
    there = cores & set(range(os.cpu_count() or 1))
    if there:
        os.sched_setaffinity(0, there)
