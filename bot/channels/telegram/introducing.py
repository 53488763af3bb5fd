"""The bot's own texts at Telegram: its commands, and what stands in its profile, in both languages.

Not here: which commands there are (see the scenes of dialogs/).
"""

from __future__ import annotations

import asyncio

import structlog

from bot.channels.telegram.bot_api import Bot, BotCommand
from bot.channels.telegram.client import TelegramRefused
from bot.text.phrases import Phrases
from dialogs.messages import say
from dialogs.router import SCENES
from domain.rulebook import Language

log = structlog.get_logger(__name__)

RETRY_DELAY_S = 30
VERSIONS: tuple[tuple[Language, str | None], ...] = (("ru", None), ("ru", "ru"), ("kk", "kk"))
"""A language of ours, and whose app it is for: Russian also for everybody else's."""


async def introduce(bot: Bot, phrases: Phrases) -> None:
    """As soon as Telegram lets us."""
    while True:
        try:
            for language, code in VERSIONS:
                await _introduce(bot, phrases, language, code)
            return
        except (TelegramRefused, OSError) as error:
            log.warning("telegram_not_introduced", error=type(error).__name__)
            await asyncio.sleep(RETRY_DELAY_S)


async def _introduce(bot: Bot, phrases: Phrases, language: Language, code: str | None) -> None:
    """Only what differs is sent."""

    commands = {name: phrases.text(say(f"command.{name}"), language) for name in SCENES.commands}
    there = await bot.get_my_commands(language_code=code)
    if [(each.command, each.description) for each in there] != list(commands.items()):
        wanted = [BotCommand(command=name, description=text) for name, text in commands.items()]
        await bot.set_my_commands(wanted, language_code=code)
    full, short = phrases.text(say("about.full"), language), phrases.text(say("about.short"), language)
    if (await bot.get_my_description(language_code=code)).description != full:
        await bot.set_my_description(full, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)
