"""`utys chat`: the same bot in a terminal, kept in the database, with numbers for buttons."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
from pathlib import Path
from time import monotonic

import pytest

from tests.command import Command


@pytest.fixture
def utys(tmp_path: Path, models: Path) -> Command:
    return Command(tmp_path, models)


def test_a_talk_by_pipe_is_answered_line_by_line_and_ends_with_the_input(utys: Command) -> None:
    seen = utys.process("chat", stdin="Когда розыгрыш Seriktes?\n4\n")
    assert seen.code == 0
    assert seen.err == ""
    assert "Розыгрыш проходит ежемесячно" in seen.out
    assert "1. 👍" in seen.out
    assert "\x1b" not in seen.out


def test_the_talk_goes_on_where_it_was(utys: Command) -> None:
    utys("chat", "--lang", "kk", "--promotion", "kasipker")
    seen = utys("chat", stdin="Ұтыс ойыны қашан өтеді?\n")
    assert "(5-тармақ)" in seen.out


def test_a_language_and_a_promotion_can_be_given(utys: Command) -> None:
    seen = utys("chat", "--lang", "ru", "--promotion", "seriktes")
    assert seen.code == 0
    assert "SERIKTES" in seen.out


def test_the_limits_of_whatsapp_can_be_tried(utys: Command) -> None:
    seen = utys("chat", "--profile", "whatsapp", "--lang", "ru", stdin="акция\n")
    assert "[1] " in seen.out


def test_an_unknown_promotion_is_named(utys: Command) -> None:
    assert "seriktes" in utys("chat", "--promotion", "nope").sentence


def test_bytes_that_are_no_text_break_nothing(utys: Command) -> None:
    seen = utys("chat", stdin=b"\xff\xfe\n\x00\n\n\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82\n")
    assert seen.code == 0
    assert "Здравствуйте" in seen.out


@pytest.mark.parametrize("end", [b"\x04", b"\x03"], ids=["ctrl-d", "ctrl-c"])
def test_a_terminal_gets_bold_and_a_prompt_and_ends_cleanly(utys: Command, end: bytes) -> None:
    ours, theirs = pty.openpty()
    place = utys.place(TERM="xterm", COLUMNS=80)
    line = utys.line("chat", "--lang", "ru", "--promotion", "seriktes")
    # a session of its own, whose terminal this is: so Ctrl-C reaches it as from a keyboard
    process = subprocess.Popen(
        line, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=_own_terminal, **place
    )
    os.close(theirs)
    shown = _read_until(ours, "›")
    os.write(ours, "пункт 7\n".encode())
    shown += _read_until(ours, "Меню", "›")
    os.write(ours, end)
    shown += _read_until(ours, impatient=end)
    code = process.wait(30)
    os.close(ours)  # not earlier: a terminal that goes away is a SIGHUP
    assert code == 0
    assert "\x1b[2m│" in shown
    assert "Traceback" not in shown


def _own_terminal() -> None:
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.default_int_handler)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read_until(terminal: int, *signs: str, impatient: bytes = b"") -> str:
    """What is shown up to these signs, one after another, or to the end. They may come in one piece. Two minutes end it too.

    Whoever is `impatient` presses that once more after twenty silent seconds: a signal that falls between Python's showing a prompt and
    its waiting for a key is only noticed with the next key.
    """
    read, ends = b"", monotonic() + 120
    wanted = re.compile(".*".join(map(re.escape, signs)).encode(), re.DOTALL) if signs else None
    while (wanted is None or not wanted.search(read)) and monotonic() < ends:
        if not select.select([terminal], [], [], 20)[0]:
            os.write(terminal, impatient)
            impatient = b""
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        read += piece
    return read.decode("utf-8", "replace")
