"""Checks one paper in a process of its own with bounds of memory and time: `python -m storage.papers.child`.

A line of JSON (`PaperOrder`) and the file's bytes come in, a line of JSON (`PaperAnswer`) and the pages go out. Not here: starting it.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date
from typing import Final

import msgspec

from domain.papers.claim import PaperClaim

MEMORY: Final = 480 * 1024 * 1024
"""Bytes of data: heap and private mappings."""
CPU_LIMIT_S: Final = 9
TIMEOUT_S: Final = 9.5
"""Longest wait for an answer; for whoever starts it."""


class PaperOrder(msgspec.Struct, frozen=True):
    asked: tuple[str, ...]
    today: date
    read: bool
    claim: PaperClaim
    seen: tuple[str, ...] = ()
    """Fingerprints of other people's papers, in hexadecimal."""


class PaperAnswer(msgspec.Struct, frozen=True):
    verdict: str
    findings: tuple[str, ...]
    fields: dict[str, str | list[str] | None]
    kind: str | None
    pages: tuple[int, ...]
    """Length in bytes of each JPEG that follows."""
    fingerprints: tuple[str, ...]
    seconds: float
    peak_mb: int


def main() -> None:
    started = time.monotonic()
    for limit, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, CPU_LIMIT_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    from domain.papers.asked import Asked
    from domain.papers.findings import Finding
    from storage.papers.checking import Checked, check
    from storage.papers.recognising import Tesseract

    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    order = msgspec.json.decode(head, type=PaperOrder)
    try:
        checked = check(
            data,
            tuple(Asked(each) for each in order.asked),
            order.claim,
            order.today,
            tuple(int(each, 16) for each in order.seen),
            Tesseract() if order.read else None,
        )
    except (MemoryError, RecursionError):
        checked = Checked("refuse", (Finding.TOO_LARGE,))
    answer = PaperAnswer(
        checked.verdict,
        tuple(each.value for each in checked.findings),
        checked.fields,
        checked.kind,
        tuple(len(page) for page in checked.pages),
        tuple(f"{each:064x}" for each in checked.fingerprints),
        round(time.monotonic() - started, 3),
        _peak_mb(),
    )
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n" + b"".join(checked.pages))


def _peak_mb() -> int:
    """Largest resident size of this process or of one that it started. The kernel's own figure begins with the parent's at the fork."""
    with open("/proc/self/status", encoding="ascii") as status:
        mine = next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)
    return max(mine, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


if __name__ == "__main__":
    main()
