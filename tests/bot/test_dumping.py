"""The bot's memory is its own: another process of the same user reads neither it nor the environment, and no core is written."""

from __future__ import annotations

import subprocess
import sys

from tests.command import ROOT

LOOK = """
import os, resource, sys
from bot.dumping import keep_memory_private
from bot.kernel import _control

if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
    _control(4, 1)  # as it was: changing the user has cleared it

def seen():
    look, told = os.pipe()
    if not (other := os.fork()):
        for name in ("mem", "environ", "maps"):
            try:
                os.close(os.open(f"/proc/{os.getppid()}/{name}", os.O_RDONLY))
            except PermissionError:
                continue
            os.write(told, name.encode() + b" ")
        os._exit(0)
    os.waitpid(other, 0)
    os.close(told)
    return os.read(look, 100).decode()

print(seen())
keep_memory_private()
print(seen())
"""


def test_another_process_of_the_same_user_cannot_look_into_the_bot() -> None:
    ended = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = ended.stdout.split("\n")[:2]
    assert "environ" in before, "there is something to forbid"
    assert after == ""


def test_every_command_keeps_its_memory_private() -> None:
    start = "import ctypes, resource; from bot.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
    shown = "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    ended = subprocess.run(
        [sys.executable, "-c", start + shown, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "(0, 0) 0"
