"""Fetches a file that somebody sent on Telegram: getFile names its place, from which it is streamed.

Leaves the calls to `bot_api`. Bots may download 20 MB at most (https://core.telegram.org/bots/api#getfile).
"""

from __future__ import annotations

from urllib.parse import quote

from yarl import URL

from bot.channels.download import download
from bot.channels.fetching import Gone, NotNow, TooLarge
from bot.channels.http import Broken, Unreachable
from bot.channels.telegram.client import BotApi, TelegramRefused


async def fetch(api: BotApi, place: str, file_id: str, most: int) -> bytes:
    """`place` is the address under which this bot's files lie. Raises Gone, TooLarge, NotNow."""
    try:
        file = await api.call("getFile", file_id=file_id)
    except TelegramRefused as refused:
        if refused.retry_after is not None:
            raise NotNow("429", float(refused.retry_after)) from refused
        if refused.status != 400:
            raise NotNow(str(refused.status)) from refused
        if "too big" in refused.description.lower():
            raise TooLarge from refused
        raise Gone("400") from refused
    except (Unreachable, Broken, TimeoutError) as error:
        raise NotNow(type(error).__name__) from error
    path, size = (file.get("file_path"), file.get("file_size")) if isinstance(file, dict) else (None, None)
    if not isinstance(path, str) or ".." in path:
        raise Gone("no path")
    if isinstance(size, int) and size > most:
        raise TooLarge
    found = await download(URL(place + quote(path), encoded=True), most, {})
    if isinstance(found, URL):
        raise Gone("redirected")
    return found
