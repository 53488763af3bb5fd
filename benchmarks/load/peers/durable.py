"""Peer (d): the same echo made durable in the plain way. One SQLAlchemy transaction before the send, one after.

The first keeps the event (once), counts in the person's state and queues the answer; the second marks it as sent. PostgreSQL goes
through SQLAlchemy's asyncio with psycopg. For SQLite that layer wants aiosqlite, which is not in our lock: what it does, a connection
in a thread of its own, is done here by an executor of one thread. Arguments: port, address of the Bot API, token, secret, database.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table, create_engine, event, update
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
            self._thread = ThreadPoolExecutor(1)
            self._file = create_engine(url, connect_args={"check_same_thread": False})
            event.listen(
                self._file,
                "connect",
                lambda c, _: c.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"),
            )

    async def run(self, work: Callable[[Connection], T]) -> T:
        if self.postgres:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_thread, work)

    def _in_thread(self, work: Callable[[Connection], T]) -> T:
        with self._file.begin() as connection:
            return work(connection)

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
