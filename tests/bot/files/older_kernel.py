"""Runs a program as on a kernel, or in a container, that lacks something: `older_kernel.py seccomp,landlock,unshare PROGRAM ARGUMENTS`.

The kernel itself answers so, by a filter that the program inherits: this is what an older one says, or Docker's own filter.
"""

from __future__ import annotations

import errno
import os
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from bot.files.sandbox.calls import MACHINES, SECCOMP
from bot.files.sandbox.seccomp import install, refuse
from bot.kernel import forbid_new_privileges

NAME = platform.machine()
LACKING = {
    "seccomp": ([SECCOMP[NAME]], errno.ENOSYS),
    "landlock": ([444, 445, 446], errno.ENOSYS),
    "unshare": ([{"x86_64": 272, "aarch64": 97}[NAME]], errno.EPERM),
}


def older_python(folder: Path, *lacking: str) -> Path:
    """A Python that runs as on such a kernel; it does not know it."""
    wrapper = folder / "python"
    wrapper.write_text(
        f"#!/bin/sh\nexec '{sys.executable}' '{__file__}' {','.join(lacking)} '{sys.executable}' \"$@\"\n"
    )
    wrapper.chmod(0o755)
    return wrapper


if __name__ == "__main__":
    forbid_new_privileges()
    # the last one forbids what setting another takes
    for each in sorted(sys.argv[1].split(","), key=lambda name: name == "seccomp"):
        install(NAME, refuse(MACHINES[NAME], *LACKING[each]))
    os.execv(sys.argv[2], sys.argv[2:])
