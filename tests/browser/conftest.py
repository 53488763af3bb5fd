"""The running program for the browser tests: a process of its own, as a person's browser meets it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def preview_url(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[str]:
    """The address of a program with a database of its own; it says its address once it listens."""
    folder = tmp_path_factory.mktemp("preview")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "TWILIO_", "DATABASE_"))
    }
    environment = {
        **kept,
        "VAR_DIR": str(folder),
        "MODELS_DIR": str(models),
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "bot.cli", "serve"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        assert f"127.0.0.1:{port}" in said, said
        yield f"http://127.0.0.1:{port}"
        program.terminate()
        program.wait(timeout=30)
