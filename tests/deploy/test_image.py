"""The Dockerfile's steps make a program that runs by itself, from the repository's files and the locked packages alone."""

from __future__ import annotations

import re
import shlex
import subprocess
from importlib.metadata import distributions
from pathlib import Path

import pytest

from storage.backups.forgotten import NAME
from tests.deploy.composed import DEPLOY, ROOT
from tests.deploy.image import Image, words_of

pytestmark = pytest.mark.slow
DRAW = "Розыгрыш проходит ежемесячно, не позднее 20 числа месяца, следующего за отчётным (п. 7)."


def utys(image: Image, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """As `docker compose exec bot-1 python -m bot.cli …` would."""
    line = [*image.command[:-1], *words]
    environment = {**image.environment, **more}
    return subprocess.run(line, cwd=image.app, env=environment, capture_output=True, text=True, timeout=120)


def test_the_steps_are_these_and_nothing_secret_is_among_them() -> None:
    assert words_of("COPY") == [
        "requirements.txt ./",
        *(f"{folder} ./{folder}" for folder in ("bot", "dialogs", "domain", "storage", "locales", "promotions")),
    ]
    assert not re.search(r"TOKEN|KEY|PASSWORD", " ".join(words_of("ENV") + words_of("ARG")))
    assert words_of("USER") == ["utys"]
    assert words_of("CMD") == ['["python", "-m", "bot.cli", "serve"]']


def test_the_image_holds_the_repository_s_files_its_packages_the_locked_ones(image: Image) -> None:
    assert image.run == [
        "mkdir -m 700 /data /backups",
        "pip install --no-cache-dir --require-hashes -r requirements.txt",
        "python -m bot.cli promotions publish",
    ]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    copied = ("bot/", "dialogs/", "domain/", "storage/", "locales/", "promotions/")
    kept = {name for name in listed if name.startswith(copied) and (ROOT / name).is_file()} | {"requirements.txt"}
    here = {str(path.relative_to(image.app)) for path in image.app.rglob("*") if path.is_file()}
    assert {name for name in here if not name.startswith("models/")} == kept
    (packages,) = (image.root / "venv" / "lib").glob("python3*/site-packages")
    installed = {found.name.lower().replace("_", "-") for found in distributions(path=[str(packages)])}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE))
    assert {name for name in installed if name not in ("pip", "setuptools")} <= locked


def test_its_models_are_those_of_its_promotions_and_it_answers_from_them(image: Image) -> None:
    promotions = {path.parent.name for path in (ROOT / "promotions").glob("*/promotion.toml")}
    published = {path.name.split(".")[0] for path in (image.app / "models").iterdir()}
    assert promotions <= published
    told = utys(image, "ask", "когда розыгрыш", "--promotion", "seriktes")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[0] == DRAW


def test_a_backup_is_made_as_the_readme_says(image: Image, tmp_path: Path) -> None:
    data = {"VAR_DIR": str(tmp_path)}
    assert utys(image, "migrate", **data).returncode == 0
    (words,) = set(
        re.findall(r"bot-1 python -m bot\.cli (backup .*?)\s*(?:#|\n)", (DEPLOY / "README.md").read_text("utf-8"))
    )
    made = utys(image, *shlex.split(image.here(words)), **data)
    assert made.returncode == 0, made.stderr
    (file,) = (path for path in (image.root / "backups").iterdir() if path.name != NAME)  # beside it: who is forgotten
    assert utys(image, "restore", str(file), "--check", **data).returncode == 0
