"""The documents keep their word: their commands run, their code works, their links lead somewhere."""

from __future__ import annotations

import asyncio
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.channels.whatsapp import shape as whatsapp
from bot.delivery.rates import Rates
from bot.running.deciding import Dialogs
from bot.text.phrases import Phrases
from dialogs import router
from dialogs.messages import Incoming
from dialogs.scenes import Scenes
from dialogs.turn import Scene
from domain.pace import FREE
from storage.turns.types import Arrival
from tests.dialogs.library import TwoPromotions
from tests.dialogs.talk import known

ROOT = Path(__file__).resolve().parent.parent
RULES = """Правила акции «Весна»

1. Акция проходит с 1 по 31 марта 2027 года.
2. Участвовать могут жители Казахстана старше 18 лет.
3. Приз: велосипед, 10 штук.
"""
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "promotions/README.md",
]


def section(title: str) -> str:
    text = (ROOT / "docs/adding.md").read_text("utf-8")
    return re.split(r"^## ", text, flags=re.MULTILINE)[
        [part.split("\n")[0] for part in re.split(r"^## ", text, flags=re.MULTILINE)].index(title)
    ]


def block(title: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", section(title), re.DOTALL)
    assert found, title
    return found[1]


def test_a_promotion_is_added_by_the_three_commands_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text(RULES, "utf-8")
    folder = tmp_path / "promotions"
    folder.mkdir()
    environment = {"PROMOTIONS_DIR": str(folder), "VAR_DIR": str(tmp_path / "var"), "PATH": "", "PYTHONPATH": str(ROOT)}
    lines = block("A promotion", "sh").strip().splitlines()
    new, check, publish = (shlex.split(line)[1:] for line in lines)
    made = run(new, tmp_path, environment)
    assert made.returncode == 0, made.stderr
    assert "## 2" in (folder / "spring-draw" / "rules.ru.md").read_text("utf-8")
    checked = run(check, tmp_path, environment)
    assert checked.returncode != 0
    assert "spring-draw" in checked.stdout + checked.stderr
    assert publish[:2] == ["promotions", "publish"]


def run(words: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_channel_of_the_page_shows_an_answer_with_numbered_options() -> None:
    scope: dict[str, Any] = {}
    exec(block("A channel", "python"), scope)
    bulletin = scope["BULLETIN"].from_settings(None)
    handled = dialogs({"bulletin": bulletin}).handle(arrival("bulletin", "привет"), None)
    for payload in handled.payloads:
        assert asyncio.run(bulletin.send(payload, False)).outcome == "sent"
    assert "1. " in bulletin.printed[-1]


def test_the_dialog_of_the_page_asks_and_remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    scope: dict[str, Any] = {}
    exec(block("A dialog", "python"), scope)
    scene: Scene = scope["SCENE"]
    monkeypatch.setattr(router, "SCENES", Scenes((*router.SCENES.values(), scene)))
    bulletin: dict[str, Any] = {}
    exec(block("A channel", "python"), bulletin)
    talk = dialogs({"bulletin": bulletin["Bulletin"]()})
    asked = talk.handle(arrival("bulletin", "", option="city"), None)
    answered = talk.handle(arrival("bulletin", "1"), asked.conversation)
    assert answered.conversation.slots["city"] == "almaty"
    assert talk.handle(arrival("bulletin", "мой город"), None).conversation.scene == scene.name


def test_the_dialog_of_the_page_stands_behind_more_on_whatsapp(monkeypatch: pytest.MonkeyPatch) -> None:
    scope: dict[str, Any] = {}
    exec(block("A dialog", "python"), scope)
    monkeypatch.setattr(router, "SCENES", Scenes((*router.SCENES.values(), scope["SCENE"])))
    assert "city" in router.SCENES.commands
    talk = known()
    menu = talk.tap("menu").options
    assert (len(menu), menu[-1].id) == (whatsapp.LIMITS.list_rows, "more")
    assert "city" not in talk.ids
    assert "city" in talk.tap("more").ids


def test_every_link_of_the_documents_leads_to_a_file_and_a_heading() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
            if target.startswith("http"):
                continue
            name, _, heading = target.partition("#")
            file = document.parent / name if name else document
            assert file.exists(), (document.name, target)
            if heading:
                titles = [
                    line.lstrip("# ").lower().replace(" ", "-")
                    for line in file.read_text("utf-8").splitlines()
                    if line.startswith("#")
                ]
                assert heading in titles, (document.name, target)


def test_every_setting_is_explained_and_every_explained_setting_exists() -> None:
    from bot.settings import Settings

    explained = set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert explained == {name.upper() for name in Settings.model_fields}


def dialogs(channels: Mapping[str, Any]) -> Dialogs:
    phrases = Phrases.load(ROOT / "locales", ZoneInfo("Asia/Almaty"))
    return Dialogs(TwoPromotions(), phrases, channels, {name: Rates(1e6, 1e6, FREE) for name in channels})


def arrival(channel: str, text: str, option: str | None = None) -> Arrival:
    kind = "option" if option else "text"
    incoming = Incoming("1", channel, "somebody", datetime(2026, 11, 20, tzinfo=UTC), kind, text=text, option=option)  # type: ignore[arg-type]
    return Arrival(b"1" * 16, b"2" * 16, incoming, 0)
