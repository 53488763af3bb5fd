"""Fetches a file that somebody sent on Telegram: getFile names its place, from which it is streamed.

Not here: counting the bytes (see bot/channels/download.py). Bots may download 20 MB at most (https://core.telegram.org/bots/api#getfile).
"""

from __future__ import annotations

from urllib.parse import quote

from yarl import URL

from bot.channels.download import download
from bot.channels.fetching import Gone, NotNow, TooLarge
from bot.channels.telegram.bot_api import Bot
from bot.channels.telegram.client import BotSession, TelegramRefused


class TelegramFiles:
    """Fulfils `Fetcher` for one bot."""

    def __init__(self, bot: Bot, session: BotSession) -> None:
        self._bot, self._session = bot, session

    async def fetch(self, ref: str, most: int) -> bytes:
        """Raises Gone, TooLarge, NotNow."""
        try:
            file = await self._bot.get_file(ref)
        except TelegramRefused as refused:
            if refused.retry_after is not None:
                raise NotNow("429", float(refused.retry_after)) from refused
            if refused.status != 400:
                raise NotNow(str(refused.status)) from refused
            if "too big" in refused.description.lower():
                raise TooLarge from refused
            raise Gone("400") from refused
        except OSError as error:
            raise NotNow(type(error).__name__) from error
        if file.file_path is None or ".." in file.file_path:
            raise Gone("no path")
        if file.file_size is not None and file.file_size > most:
            raise TooLarge
        url = self._session.api.file_url(self._bot.token, quote(file.file_path))
        found = await download(URL(url, encoded=True), most, {})
        if isinstance(found, URL):
            raise Gone("redirected")
        return found

    async def dispose(self, ref: str) -> None:
        """Telegram keeps what people sent; a bot cannot delete it there."""
