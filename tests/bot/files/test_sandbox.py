"""A reader that its file has taken over, in the real sandbox: it gets at nothing, and costs so much and no more."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.files.child import Answer, read_apart
from bot.files.sandbox.calls import MACHINES, SECCOMP
from bot.files.sandbox.walls import CPU_LIMIT_S, NICENESS
from tests.bot.files.attempts import ATTEMPTS
from tests.bot.files.older_kernel import older_python
from tests.command import ROOT
from tests.waiting import until

ATTEMPTS_MODULE = "tests.bot.files.attempts"
CALLED = {"unshare": "namespaces", "landlock": "Landlock", "seccomp": "seccomp"}


async def taken_over(kind: str, told: object = None, data: bytes = b"") -> Answer:
    return await read_apart(kind, json.dumps(told).encode(), data, readings=ATTEMPTS_MODULE)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A key, a file, a port, and two sockets that listen."""
    (tmp_path / "encryption.key").write_text("secret")
    (tmp_path / "a").touch()
    (tmp_path / "old").touch()
    with ExitStack() as stack:
        port = stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
        for address in (str(tmp_path / "socket"), f"\0utys-test-{port}"):
            listening = stack.enter_context(socket.socket(socket.AF_UNIX))
            listening.bind(address)
            listening.listen()
        yield {"folder": str(tmp_path), "port": port, "bot": os.getpid()}


def _outside(place: dict[str, Any], *walls: str) -> dict[str, str]:
    """What comes of the same attempts outside the sandbox, or behind these walls alone."""
    with subprocess.Popen(["/bin/sleep", "60"]) as other:
        asked = json.dumps({**place, "bot": other.pid})
        line = [sys.executable, "-m", ATTEMPTS_MODULE, asked, *walls]
        ended = subprocess.run(line, capture_output=True, cwd=ROOT, check=True)
        other.kill()
    came: dict[str, str] = json.loads(ended.stdout)
    return came


async def test_it_opens_nothing_reaches_nobody_and_touches_no_other_process(place: dict[str, Any]) -> None:
    answer = await taken_over("attack", place)
    assert answer.said is not None, answer
    came = json.loads(answer.said)
    assert came.keys() == ATTEMPTS.keys()
    assert {what: why for what, why in came.items() if why != "Operation not permitted"} == {}
    assert not (Path(place["folder"]) / "new").exists()


def test_the_same_attempts_succeed_outside(place: dict[str, Any]) -> None:
    """But for those that a kernel may forbid an ordinary user anyway (Yama's `ptrace_scope`)."""
    refused = {what for what, why in _outside(place).items() if why != "done"}
    assert refused <= {"open the bot's memory", "read the bot's memory", "trace the bot"}


def test_landlock_alone_shuts_files_ports_and_signals(place: dict[str, Any]) -> None:
    """A second wall is one only if it stands without the first."""
    refused = {what for what, why in _outside(place, "landlock").items() if why != "done"}
    assert refused >= {
        what for what in ATTEMPTS if what.startswith(("open ", "write ", "delete ", "list ", "signal the", "trace"))
    }
    assert {"connect to a port", "listen", "connect to an abstract socket", "start a program"} <= refused


async def test_it_has_no_environment_and_no_descriptor_but_its_pipes_and_others_go_before_it() -> None:
    with socket.socket() as ours:
        os.set_inheritable(ours.fileno(), True)
        answer = await taken_over("inherit", data="Дата".encode())
    assert answer.said is not None, answer
    given = json.loads(answer.said)
    assert (given["environment"], given["descriptors"], given["folder"]) == ("", [0, 1, 2], "/")
    assert given["nice"] == min(os.nice(0) + NICENESS, 19)
    assert given["data"] == "Дата"


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.slow
async def test_it_computes_for_five_seconds_and_no_longer() -> None:
    before = _spent()
    answer = await taken_over("spin")
    assert answer.said is None
    assert answer.code < 0
    assert CPU_LIMIT_S - 1 < _spent() - before < CPU_LIMIT_S + 1


async def test_it_waits_no_longer_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.files.child.TIMEOUT_S", 1.5)
    async with asyncio.timeout(10):
        answer = await taken_over("wait")
    assert answer.code < 0


@pytest.mark.parametrize("how", ["swell", "flood", "crash"])
async def test_it_fills_neither_memory_and_its_fall_is_told(how: str) -> None:
    """Neither its own, nor the bot's by an endless answer."""
    answer = await taken_over(how)
    assert answer.said is None
    assert answer.code != 0


@pytest.mark.parametrize("wanting", ["purchases", "nonsense"])
async def test_what_ends_before_it_has_read_anything_is_told_too(wanting: str) -> None:
    answer = await read_apart(wanting, b"not a rule", b"x" * 5 * 2**20)
    assert (answer.walls, answer.said) == (None, None)
    assert answer.code != 0


def _child_of(pid: int) -> int | None:
    """The process that this one has started, None where there is none."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"\nPPid:\t{pid}\n" in (folder / "status").read_text():
                return int(folder.name)
        except OSError:
            continue
    return None


async def test_it_does_not_outlive_a_bot_that_was_killed() -> None:
    start = f"import asyncio; from bot.files.child import *; asyncio.run(read_apart('wait', b'', b'', readings='{ATTEMPTS_MODULE}'))"
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", start, cwd=ROOT)
    await until(lambda: _is_closed(_child_of(bot.pid)), 20)
    reader = _child_of(bot.pid)
    bot.kill()
    await bot.wait()
    await until(lambda: not Path(f"/proc/{reader}").exists(), 10)


def _is_closed(pid: int | None) -> bool:
    return pid is not None and "\nSeccomp:\t2\n" in Path(f"/proc/{pid}/status").read_text()


# what the kernel does not give


@pytest.mark.parametrize(
    ("lacking", "hold", "hold_twice"),
    [
        (["unshare"], True, True),
        (["landlock"], True, False),
        (["landlock", "unshare"], True, False),
        (["seccomp"], False, False),
        (["seccomp", "landlock", "unshare"], False, False),
    ],
)
async def test_what_a_kernel_lacks_is_known_and_without_a_filter_nothing_is_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: dict[str, Any],
    lacking: list[str],
    hold: bool,
    hold_twice: bool,
) -> None:
    monkeypatch.setattr(sys, "executable", str(older_python(tmp_path, *lacking)))
    answer = await taken_over("attack", place)
    assert answer.walls is not None, answer
    assert (answer.walls.hold, answer.walls.hold_twice) == (hold, hold_twice)
    assert {gap.partition(":")[0] for gap in answer.walls.gaps} >= {CALLED[each] for each in lacking}
    assert (answer.said is not None) is hold
    if answer.said is not None:
        assert set(json.loads(answer.said).values()) == {"Operation not permitted"}


def test_the_numbers_of_the_calls_are_those_of_libseccomp() -> None:
    try:
        resolve = ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name_arch
    except OSError:
        pytest.skip("libseccomp is not here")
    for name, machine in MACHINES.items():
        ours = {**machine.calls, "seccomp": SECCOMP[name]}
        assert {call: resolve(ctypes.c_uint32(machine.audit), call.encode()) for call in ours} == ours
