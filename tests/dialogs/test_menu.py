"""The menu is made from what the scenes declare, and shows no more than every channel can."""

from __future__ import annotations

import pytest

from bot.channels.telegram.shape import LIMITS as TELEGRAM
from bot.channels.whatsapp.shape import LIMITS as WHATSAPP
from bot.text.limits import Limits
from dialogs import router
from dialogs.menu import ROWS
from dialogs.messages import say
from dialogs.scenes import Scenes
from dialogs.turn import Entry, Scene
from tests.dialogs.talk import known

CHANNELS = {"WhatsApp": WHATSAPP, "Telegram": TELEGRAM}


def entries(count: int) -> Scenes:
    """The scenes of the house with as many more entries as make that count."""
    own = len(known().tap("menu").ids)
    more = tuple(
        Entry(f"more{n}", say("button.rules"), say("hint.rules"), rank=200 + n) for n in range(max(count - own, 0))
    )
    step = next(iter(router.SCENES["start"].steps.values()))
    extra = Scene("extra", {"one": step}, {}, {entry.id: step for entry in more}, entries=more)
    return Scenes((*router.SCENES.values(), extra))


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_menu_is_a_list_on_every_channel(channel: str) -> None:
    limits: Limits = CHANNELS[channel]
    rows, shown = max(limits.list_rows, limits.buttons), known().tap("menu").ids
    assert len(shown) <= ROWS <= rows, f"{len(shown)} entries, the menu keeps to {ROWS}, {channel} shows {rows}"


def test_eleven_entries_are_more_than_whatsapp_shows_so_the_last_ones_stand_behind_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(router, "SCENES", entries(11))
    first = known().tap("menu")
    assert len(first.ids) == WHATSAPP.list_rows, f"11 entries, WhatsApp shows {WHATSAPP.list_rows}"
    assert first.ids[-1] == "more"
    behind = first.tap("more").ids
    assert behind == ["forget", "more0", "menu"]


def test_ten_entries_need_no_more() -> None:
    shown = known().tap("menu").ids
    assert (len(shown), "more" in shown) == (10, False)


def test_what_stands_behind_more_fits_too() -> None:
    behind = known().tap("more").ids
    assert len(behind) <= ROWS, f"{len(behind)} entries behind More, WhatsApp shows {WHATSAPP.list_rows}"


def test_telegram_gets_the_commands_that_scenes_declare_the_menu_first() -> None:
    assert router.SCENES.commands[0] == "menu"
    assert set(router.SCENES.commands) == {
        *("menu", "promotions", "rules", "check", "chances", "language", "person", "help", "forget", "claim"),
    }


@pytest.mark.parametrize("command", router.SCENES.commands)
def test_a_command_leads_where_its_entry_leads(command: str) -> None:
    entry = next(each for each in router.SCENES.entries if each.command == command)
    assert known().say(f"/{command}").keys == known().tap(entry.id).keys
