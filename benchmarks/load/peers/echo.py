"""Peer (a), the yardstick: a bare aiogram 3 bot that answers a text with the same text and three buttons. It stores nothing.

Arguments: port, address of the Bot API, token, secret.
"""

from __future__ import annotations

import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web


async def echo(message: Message) -> None:
    keys = [InlineKeyboardButton(text=f"Button {number}", callback_data=str(number)) for number in range(3)]
    await message.answer(message.text or "-", reply_markup=InlineKeyboardMarkup(inline_keyboard=[keys]))


def main() -> None:
    port, api, token, secret = sys.argv[1:]
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()
    dispatcher.message()(echo)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, path="/telegram/webhook")
    web.run_app(app, host="127.0.0.1", port=int(port), print=None, access_log=None)


if __name__ == "__main__":
    main()
