"""Peer (d): the same echo made durable in the plain way. One SQLAlchemy transaction before the send, one after.

The first keeps the event (once), counts in the person's state and queues the answer; the second marks it as sent. Both go through
SQLAlchemy's asyncio, with aiosqlite or psycopg. Arguments: port, address of the Bot API, token, secret, database.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, event, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import create_async_engine

T = TypeVar("T")
metadata = MetaData()
seen = Table("seen", metadata, Column("id", BigInteger, primary_key=True, autoincrement=False))
people = Table(
    "people", metadata, Column("id", BigInteger, primary_key=True, autoincrement=False), Column("count", Integer)
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger),
    Column("text", String),
    Column("message", BigInteger),
)


class Store:
    """Runs a function of a connection in a transaction."""

    def __init__(self, url: str) -> None:
        self.postgres = url.startswith("postgresql")
        self._insert: Any = postgres_insert if self.postgres else sqlite_insert
        if self.postgres:
            self._engine = create_async_engine(url, pool_size=20)
        else:
            self._engine = create_async_engine(url.replace("sqlite:", "sqlite+aiosqlite:"))
            event.listen(self._engine.sync_engine, "connect", _tune)

    async def run(self, work: Callable[[Connection], T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    def keep(self, connection: Connection, number: int, chat: int, text: str) -> bool:
        """False for an event that was seen before."""
        new = connection.execute(self._insert(seen).values(id=number).on_conflict_do_nothing())
        if not new.rowcount:
            return False
        counted = self._insert(people).values(id=chat, count=1)
        connection.execute(
            counted.on_conflict_do_update(index_elements=[people.c.id], set_={"count": people.c.count + 1})
        )
        connection.execute(self._insert(outbox).values(id=number, chat=chat, text=text))
        return True

    def sent(self, connection: Connection, number: int, message: int) -> None:
        connection.execute(update(outbox).where(outbox.c.id == number).values(message=message))


def _tune(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def main() -> None:
    port, api, token, secret, url = sys.argv[1:]
    store = Store(url)
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message, event_update: Update) -> None:
        number, text = event_update.update_id, message.text or "-"
        if not await store.run(lambda connection: store.keep(connection, number, message.chat.id, text)):
            return
        keys = [InlineKeyboardButton(text=f"Button {n}", callback_data=str(n)) for n in range(3)]
        answer = await message.answer(text, reply_markup=InlineKeyboardMarkup(inline_keyboard=[keys]))
        await store.run(lambda connection: store.sent(connection, number, answer.message_id))

    async def prepare(_: web.Application) -> None:
        await store.run(metadata.create_all)

    app = web.Application()
    app.on_startup.append(prepare)
    SimpleRequestHandler(dispatcher, bot, secret_token=secret).register(app, path="/telegram/webhook")
    web.run_app(app, host="127.0.0.1", port=int(port), print=None, access_log=None)


if __name__ == "__main__":
    main()
