"""`utys ask`: questions from the command line or a file, answers on standard output.

Not here: the answers (see asking.py) and the lines (see batch.py). No database is opened.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.cli.asking import Asker, BatchQuestion, Unclear
from bot.cli.batch import ask_all
from bot.cli.errors import fail, plainly
from bot.loading import Cannot, check_zone_data, load_library, load_phrases
from bot.settings import Settings
from bot.text.terminal import draw
from domain.rulebook import Language


def answer(settings: Settings, text: str, promotion: str | None, language: Language | None, *, as_json: bool) -> None:
    """One question: its answer as in the chat, or as a line of JSON."""
    asker = _open(settings)
    with plainly(Unclear):
        reply = asker.ask(BatchQuestion(text, promotion, language))
    if as_json:
        _write(reply.line())
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    print("\n".join(draw(reply.marked, width)))


def answer_all(settings: Settings, batch: Path) -> None:
    """A file of questions, `-` for standard input. Exit code 1 if a line was broken."""
    asker = _open(settings)
    broken = False
    try:
        if str(batch) == "-":
            broken = _answer_lines(asker, sys.stdin.buffer)
        else:
            with batch.open("rb") as file:
                broken = _answer_lines(asker, file)
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{batch} cannot be read: {error.strerror or error}")
    raise SystemExit(1 if broken else 0)


def _open(settings: Settings) -> Asker:
    with plainly(Cannot):
        check_zone_data()
        return Asker(load_library(settings), load_phrases())


def _answer_lines(asker: Asker, lines: Iterable[bytes]) -> bool:
    """Whether a line was broken."""
    broken = False
    for reply in ask_all(asker, lines):
        broken = broken or "error" in reply
        _write(reply)
    return broken


def _write(reply: dict[str, Any]) -> None:
    """UTF-8 whatever the terminal says; half a surrogate pair stays the escape that it came as."""
    line = json.dumps(reply, ensure_ascii=False)
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
