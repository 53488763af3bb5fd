"""Keeps this process's memory to itself: it holds the key and what people wrote.

Not here: keeping key and files from others on the disk (see `umask` in bot/cli/main.py), and the reader of files (see bot/files/sandbox/).
"""

from __future__ import annotations

import sys

from bot.kernel import forbid_dumps


def keep_memory_private() -> None:
    """No core is written, and on Linux no other process of this user can read memory or environment. Raises OSError."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        forbid_dumps()
