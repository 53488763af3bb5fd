"""A reader that was taken over by its file: what it tries, one thing after another, once the real sandbox is closed.

Leaves it to the tests what must come of it. Each attempt is also made outside the sandbox, so that one which can never succeed is seen.
"""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.files.sandbox.landlock import forbid_all
from bot.kernel import forbid_new_privileges

_LIBRARY = ctypes.CDLL(None, use_errno=True)
_NUMBERS = {
    "memfd_create": (319, 279),
    "io_uring_setup": (425, 425),
    "pidfd_open": (434, 434),
    "inotify_init1": (294, 26),
}
_NAME = ctypes.create_string_buffer(b"name")
_PTRACE_SEIZE, _PR_SET_DUMPABLE = 0x4206, 4


class Place:
    """What the test has laid out for them: a folder, a port and sockets that listen, the process that started this one."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.folder, self.port, self.bot = str(told["folder"]), int(told["port"]), int(told["bot"])


def _open(path: str, flags: int = os.O_RDONLY) -> None:
    os.close(os.open(path, flags, 0o600))


def _unix(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.connect(address)


def _tcp(port: int) -> None:
    with socket.socket() as made:
        made.connect(("127.0.0.1", port))


def _listen() -> None:
    with socket.create_server(("127.0.0.1", 0)):
        pass


def _pair() -> None:
    for each in socket.socketpair():
        each.close()


def _pipe() -> None:
    for each in os.pipe():
        os.close(each)


def _udp(port: int) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as made:
        made.sendto(b"x", ("127.0.0.1", port))


def _fork() -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _spawn() -> None:
    os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)


def _thread() -> None:
    try:
        threading.Thread(target=time.time).start()
    except RuntimeError:  # Python's word for it
        raise PermissionError(errno.EPERM, "") from None


def _limit() -> None:
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
    except ValueError:  # Python's word for it
        raise PermissionError(errno.EPERM, "") from None


def _call(name: str, *arguments: int) -> None:
    number = _NUMBERS[name][os.uname().machine == "aarch64"]
    _checked(_LIBRARY.syscall(number, *map(ctypes.c_long, arguments)))


def _checked(returned: int) -> None:
    if returned < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _read_memory(pid: int) -> None:
    here = ctypes.create_string_buffer(8)
    span = (ctypes.c_void_p * 2)(ctypes.addressof(here), 8)
    if _LIBRARY.process_vm_readv(pid, span, 1, span, 1, 0) < 0 and ctypes.get_errno() != errno.EFAULT:
        raise OSError(ctypes.get_errno(), "refused")  # EFAULT: it was let in, and only that address is not in use there


def _run_memory() -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC).close()


ATTEMPTS: Mapping[str, Callable[[Place], object]] = {
    "open /etc/passwd": lambda place: _open("/etc/passwd"),
    "open the key": lambda place: _open(f"{place.folder}/encryption.key"),
    "open the library that was imported": lambda place: _open(os.__file__),
    "open the bot's memory": lambda place: _open(f"/proc/{place.bot}/mem"),
    "open the bot's environment": lambda place: _open(f"/proc/{place.bot}/environ"),
    "open its own environment": lambda place: _open("/proc/self/environ"),
    "write a file": lambda place: _open(f"{place.folder}/new", os.O_CREAT | os.O_WRONLY),
    "rename a file": lambda place: os.rename(f"{place.folder}/a", f"{place.folder}/a"),
    "delete a file": lambda place: os.unlink(f"{place.folder}/old"),
    "look at a file": lambda place: os.stat(f"{place.folder}/encryption.key"),
    "list a folder": lambda place: os.listdir(place.folder),
    "go to a folder": lambda place: os.chdir("/tmp"),
    "change a mode": lambda place: os.chmod(f"{place.folder}/a", 0o600),
    "connect to a port": lambda place: _tcp(place.port),
    "send to a port": lambda place: _udp(place.port),
    "listen": lambda place: _listen(),
    "connect to a socket's file": lambda place: _unix(f"{place.folder}/socket"),
    "connect to an abstract socket": lambda place: _unix(f"\0utys-test-{place.port}"),
    "make a pair of sockets": lambda place: _pair(),
    "make a pipe": lambda place: _pipe(),
    "duplicate a descriptor": lambda place: os.close(os.dup(1)),
    "fork": lambda place: _fork(),
    "start a program": lambda place: _spawn(),
    "start a thread": lambda place: _thread(),
    "signal the bot": lambda place: os.kill(place.bot, 0),
    "signal everybody": lambda place: os.kill(-1, 0),
    "slow the bot": lambda place: os.setpriority(os.PRIO_PROCESS, place.bot, 0),
    "limit the bot": lambda place: resource.prlimit(place.bot, resource.RLIMIT_NOFILE),
    "read the bot's memory": lambda place: _read_memory(place.bot),
    "trace the bot": lambda place: _checked(_LIBRARY.ptrace(_PTRACE_SEIZE, place.bot, 0, 0)),
    "hold the bot": lambda place: _call("pidfd_open", place.bot, 0),
    "make a file in memory": lambda place: _call("memfd_create", ctypes.addressof(_NAME), 0),
    "watch files": lambda place: _call("inotify_init1", 0),
    "become dumpable": lambda place: _checked(_LIBRARY.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)),
    "leave the limits": lambda place: _limit(),
    "hear of its end": lambda place: signal.setitimer(signal.ITIMER_REAL, 0),
    "make memory that runs": lambda place: _run_memory(),
}


def attempt(place: Place) -> dict[str, str]:
    """What came of each: "done", or why not."""
    came = {}
    for what, try_it in ATTEMPTS.items():
        try:
            try_it(place)
            came[what] = "done"
        except OSError as error:
            came[what] = os.strerror(error.errno) if error.errno else str(error)
    return came


def attack(head: bytes) -> Callable[[bytes], bytes]:
    place = Place(json.loads(head))
    return lambda data: json.dumps(attempt(place)).encode()


def inherit(head: bytes) -> Callable[[bytes], bytes]:
    """What the process was given: environment as it was started, descriptors, niceness."""
    with open("/proc/self/environ", "rb") as file:
        environment = file.read().decode()
    given = {"environment": environment, "nice": os.nice(0), "folder": os.getcwd(), "arguments": sys.argv}

    def read(data: bytes) -> bytes:
        found = []
        for number in range(64):
            try:
                os.lseek(number, 0, os.SEEK_CUR)
            except OSError as error:
                if error.errno == errno.EBADF:
                    continue
            found.append(number)
        return json.dumps({**given, "descriptors": found, "data": data.decode()}).encode()

    return read


def spin(head: bytes) -> Callable[[bytes], bytes]:
    def read(data: bytes) -> bytes:
        while True:
            pass

    return read


def swell(head: bytes) -> Callable[[bytes], bytes]:
    def read(data: bytes) -> bytes:
        held = [bytes(16 * 2**20) for _ in range(200)]
        return str(len(held)).encode()

    return read


def flood(head: bytes) -> Callable[[bytes], bytes]:
    def read(data: bytes) -> bytes:
        while True:
            os.write(1, bytes(65536))

    return read


def wait(head: bytes) -> Callable[[bytes], bytes]:
    def read(data: bytes) -> bytes:
        lock = threading.Lock()
        with lock:
            lock.acquire(timeout=120)
        return b""

    return read


def crash(head: bytes) -> Callable[[bytes], bytes]:
    return lambda data: ctypes.string_at(0)


READINGS = {
    "attack": attack, "inherit": inherit, "spin": spin, "swell": swell, "flood": flood, "wait": wait, "crash": crash,
}  # fmt: skip

if __name__ == "__main__":
    if sys.argv[2:] == ["landlock"]:
        forbid_new_privileges()
        forbid_all()
    sys.stdout.write(json.dumps(attempt(Place(json.loads(sys.argv[1])))))
