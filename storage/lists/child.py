"""Reads one file in a process of its own, which may use so much memory and time and no more: `python -m storage.lists.child`.

Not here: starting it (see the bot). The rule comes as a line of JSON, the file's bytes after it; what was read goes out as JSON. The
process writes no file, and it is given neither the program's environment nor its keys.
"""

from __future__ import annotations

import resource
import sys

import msgspec

from dialogs.messages import PurchaseFile
from storage.lists.own_file import Rule, read_own

MEMORY = 768 * 1024 * 1024
"""Bytes of address space: what the libraries take, and room for the largest workbook that is opened."""
CPU_LIMIT_S = 20
"""Of processor time."""


def main() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_LIMIT_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        table = read_own(data, msgspec.json.decode(head, type=Rule))
    except (MemoryError, RecursionError):
        table = PurchaseFile(fault="too_large")
    sys.stdout.buffer.write(msgspec.json.encode(table))


if __name__ == "__main__":
    main()
