"""aiogram's types are built when they are used; every one of them can be, and only one module imports aiogram."""

from __future__ import annotations

import subprocess
import sys

import aiogram.types
import pytest
from pydantic import BaseModel

from tests.command import ROOT

CODE = """
from bot.channels.telegram.bot_api import Bot, Response
from aiogram.types import Chat, Message, User
assert not (User.__pydantic_complete__ or Message.__pydantic_complete__)
answer = Response[User].model_validate({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Utys"}})
assert answer.result.first_name == "Utys"
message = Message.model_validate({"message_id": 2, "date": 3, "chat": {"id": 4, "type": "private"}, "text": "меню"})
assert (message.chat.id, message.text) == (4, "меню") and Chat.__module__
assert BaseModel.__dict__["model_rebuild"] is rebuild
"""


def test_nothing_is_built_before_its_first_use_and_pydantic_is_left_as_it_was() -> None:
    before = 'from pydantic import BaseModel\nrebuild = BaseModel.__dict__["model_rebuild"]'
    ran = subprocess.run([sys.executable, "-c", before + CODE], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.slow
def test_every_type_can_be_built() -> None:
    types = [each for each in vars(aiogram.types).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    assert len(types) > 400
    assert [each.__name__ for each in types if each.model_rebuild() is False] == []


def test_only_one_module_of_the_bot_imports_aiogram() -> None:
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if any(
            line.strip().startswith(("import aiogram", "from aiogram")) for line in path.read_text("utf-8").splitlines()
        )
    ]
    assert importing == ["bot/channels/telegram/bot_api.py"]
