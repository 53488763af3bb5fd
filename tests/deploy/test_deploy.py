"""deploy/ is held against the program, as far as a machine without a Docker engine can: what was not run is said in deploy/README.md."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from tests.bot.fleet import Fleet
from tests.databases import fresh_postgres

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
OF_COMPOSE = {"POSTGRES_PASSWORD", "FILES_USER", "FILES_PASSWORD", "CERTIFICATES"}


@pytest.fixture
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return read


def steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def test_every_setting_that_is_given_exists(compose: dict[str, Any]) -> None:
    known = {name.upper() for name in Settings.model_fields}
    offered = dict(
        line.split("=", 1)
        for line in (DEPLOY / "env.example").read_text("utf-8").splitlines()
        if re.match(r"[A-Z]", line)
    )
    assert set(offered) - OF_COMPOSE <= known
    assert {"PUBLIC_URL", "ENCRYPTION_KEY", *OF_COMPOSE} <= set(offered)
    for name in ("bot-1", "bot-2"):
        assert set(compose["services"][name]["environment"]) <= known
    used = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert used == OF_COMPOSE


def test_both_processes_are_alike_and_only_the_proxy_can_be_reached(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["bot-1"] == services["bot-2"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    upstream = re.findall(r"server (bot-\d):8080", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert upstream == ["bot-1", "bot-2"]


def test_nothing_secret_goes_into_the_image() -> None:
    copied = [rest.split()[0] for word, rest in steps() if word == "COPY"]
    assert copied == ["requirements.txt", "bot", "dialogs", "domain", "storage", "locales", "promotions"]
    given = " ".join(rest for word, rest in steps() if word in ("ENV", "ARG"))
    assert not re.search(r"TOKEN|KEY|PASSWORD", given)
    assert [rest for word, rest in steps() if word == "USER"] == ["utys"]


def test_the_image_s_steps_make_a_program_that_runs_by_itself(tmp_path: Path) -> None:
    """COPY and the publishing of models are done as written; packages are those of this environment."""
    app = tmp_path / "app"
    app.mkdir()
    environment = {
        "PYTHONPATH": str(app),
        "MODELS_DIR": str(app / "models"),
        "VAR_DIR": str(tmp_path / "data"),
        "PATH": "/usr/bin:/bin",
    }
    published = ROOT / "var" / "models"
    if published.exists():  # made from the same promotions: publish looks by itself whether they are of today
        shutil.copytree(published, app / "models")
    for word, rest in steps():
        if word == "COPY":
            source, target = rest.split()
            from_, to = ROOT / source, app / target
            shutil.copytree(from_, to, ignore=shutil.ignore_patterns("__pycache__")) if from_.is_dir() else shutil.copy(
                from_, to
            )
        elif word == "RUN" and rest.startswith("python "):
            line = [sys.executable, "-P", *shlex.split(rest)[1:]]
            subprocess.run(line, cwd=app, env=environment, check=True, capture_output=True, timeout=120)
    (command,) = [json.loads(rest) for word, rest in steps() if word == "CMD"]
    assert command == ["python", "-m", "bot.cli", "serve"]
    line = [sys.executable, "-P", "-m", "bot.cli", "ask", "когда розыгрыш", "--promotion", "seriktes"]
    told = subprocess.run(line, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True, timeout=120)
    assert "7" in told.stdout


async def test_two_processes_as_composed_answer_while_one_is_restarted(
    tmp_path: Path, models: Path, compose: dict[str, Any]
) -> None:
    given = compose["services"]["bot-1"]["environment"]
    settings = {name: str(given[name]) for name in ("FILES_URL", "TRUSTED_PROXIES")}
    with fresh_postgres() as url:
        async with Fleet(tmp_path, models, url, 2, DRAIN_SECONDS="0.2", **settings) as fleet:
            people = [fleet.telegram.person() for _ in range(10)]
            for turn in range(4):
                if turn == 1:
                    assert await fleet.programs[0].stop() == 0
                for person in people:
                    await fleet.telegram.push(person.text(("/ru", "/kk")[turn % 2]))
                if turn == 2:  # two rounds were heard while only the other process ran
                    await fleet.telegram.wait_for(
                        lambda: all(len(fleet.telegram.messages(person.id)) == 3 for person in people), timeout=30
                    )
                    await fleet.programs[0].start()
            await fleet.telegram.wait_for(
                lambda: all(len(fleet.telegram.messages(person.id)) == 4 for person in people), timeout=30
            )
