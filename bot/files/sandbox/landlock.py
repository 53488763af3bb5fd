"""Gives up every file, port, signal and abstract socket by Landlock, a second wall that does not know of system calls.

Not here: what it does not know (a socket's file, another process's memory): see seccomp.py. The bindings on PyPI are in development and
do not know of signals; no rule is needed here, so it is two calls (Documentation/userspace-api/landlock.rst).
"""

from __future__ import annotations

import ctypes
import os
from typing import Final

from bot.kernel import call

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""The same on every machine."""
_TELL_VERSION = 1
_FILES: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""By the version that brought them: all that can be done with a file, or with a device (5)."""
_PORTS, _PORTS_SINCE = 0x3, 4
_SCOPES, _SCOPES_SINCE = 0x3, 6


class _Rules(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("ports", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


def forbid_all() -> int:
    """Forbids this thread, and what it starts, everything that the kernel's version of Landlock knows, and says which that is.

    New privileges must be forbidden before. Raises OSError, also where the kernel has none or it is switched off.
    """
    found = call(_CREATE_RULESET, None, 0, _TELL_VERSION)
    files = next(rights for since, rights in sorted(_FILES.items(), reverse=True) if found >= since)
    rules = _Rules(files, _PORTS if found >= _PORTS_SINCE else 0, _SCOPES if found >= _SCOPES_SINCE else 0)
    known = 24 if found >= _SCOPES_SINCE else 16 if found >= _PORTS_SINCE else 8
    ruleset = call(_CREATE_RULESET, rules, known, 0)
    call(_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return found
