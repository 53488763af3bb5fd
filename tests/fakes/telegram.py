"""FakeTelegram: the Bot API over HTTP, strict about every call and with a memory of its chats.

What methods do is left to telegram_methods, what is allowed to telegram_spec and telegram_limits, faults to the script.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from .control import Command
from .faults import Fault
from .server import Call, FakeServer, Upload
from .telegram_chats import Chats, SentMessage
from .telegram_files import Files
from .telegram_limits import Refusal, check_limits
from .telegram_methods import Methods
from .telegram_people import Person
from .telegram_queue import Delivery, Updates
from .telegram_spec import Json, bot_api

TOKEN = "4242:fake-telegram-token"


class FakeTelegram(FakeServer):
    """`async with FakeTelegram() as tg`, then give the bot `tg.base_url` and `tg.token`.

    `routes` leads public webhook URLs to this machine: {"https://bot.example": "http://127.0.0.1:8080"}.
    """

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "utys_fake_bot",
        seed: int = 0,
        now: Callable[[], float] = time.time,
        routes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(seed)
        self.token = token
        bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Ұтыс", "username": username}
        self.chats = Chats(bot, now)
        self.files = Files()
        self.updates = Updates(self, routes or {}, on_reply=self._reply)
        self.methods = Methods(bot, self.chats, self.files, self.updates)
        self._people = 0

    # -- what tests use ------------------------------------------------------------------------------------------

    def person(
        self, id: int | None = None, first_name: str = "Айгерім", language_code: str | None = "kk", **more: Any
    ) -> Person:
        """A new account (`more`: last_name, username ...); language_code None leaves the field out."""
        self._people += 1
        user: Json = {"id": id or 700_000_000 + self._people, "is_bot": False, "first_name": first_name, **more}
        if language_code:
            user["language_code"] = language_code
        chat: Json = {key: user[key] for key in ("id", "first_name", "last_name", "username") if key in user}
        chat = self.chats.known.setdefault(user["id"], chat | {"type": "private"})
        return Person(self.chats, self.files, user, chat)

    async def push(self, *updates: Json) -> int:
        """Send updates to the bot, by webhook if one is set, else by getUpdates; gives the last update_id."""
        numbers = [await self.updates.push(update) for update in updates]
        return numbers[-1]

    def jump_update_id(self, to: int) -> None:
        """Let ids go on from another number, up or down, as after a quiet week."""
        self.updates.next_id = to

    def messages(self, chat_id: int) -> list[SentMessage]:
        """The bot's messages in a chat as they stand now, oldest first, without deleted ones."""
        return self.chats.living(chat_id)

    def last(self, chat_id: int) -> SentMessage:
        return self.messages(chat_id)[-1]

    @property
    def deliveries(self) -> list[Delivery]:
        return self.updates.deliveries

    @property
    def pending(self) -> list[Json]:
        """Updates that the bot has not confirmed yet."""
        return self.updates.pending

    def block(self, chat_id: int) -> None:
        self.chats.blocked.add(chat_id)

    def forget(self, chat_id: int) -> None:
        """From now on: 400 chat not found."""
        self.chats.missing.add(chat_id)

    def upgrade(self, chat_id: int, new_chat_id: int) -> None:
        """Turn a group into a supergroup: the old id gets 400 with migrate_to_chat_id."""
        self.chats.migrated[chat_id] = new_chat_id

    def stub(self, method: str, answer: Callable[[Json], Any]) -> None:
        """Answer a method that the fake does not model (getChatMember ...) or answer it otherwise."""
        self.methods.stubs[method] = answer

    def control(self) -> dict[str, Command]:
        async def push(body: Json) -> int:
            return await self.push(*body["updates"])

        async def pending(body: Json) -> int:
            return len(self.pending)

        return {**super().control(), "push": push, "pending": pending}

    # -- HTTP ----------------------------------------------------------------------------------------------------

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.match_info["method"], {})
        if request.match_info["token"] != self.token:
            return await self._refuse(call, Refusal("Unauthorized", status=401))
        if call.method not in bot_api().methods:
            return await self._refuse(call, Refusal("Not Found: method not found", status=404, broken=True))
        try:
            raw, call.files = await read_request(request)
        except ValueError as error:
            return await self._refuse(call, Refusal(f"can't parse the request: {error}", broken=True))
        problems = self._check(call, raw)
        self.violate(call, *problems)

        async def perform() -> web.Response:
            return await self._perform_checked(call, problems)

        return await self.run(request, call, perform)

    def _check(self, call: Call, raw: Json) -> list[str]:
        call.params, problems = bot_api().read(call.method, raw)
        problems += bot_api().check_call(call.method, call.params, call.files)
        return problems or check_limits(call.method, call.params)

    async def _perform_checked(self, call: Call, problems: list[str]) -> web.Response:
        try:
            if problems:
                raise Refusal("; ".join(problems))
            call.result = await self.methods.do(call)
        except Refusal as refusal:
            if refusal.broken:
                self.violate(call, refusal.description)
            return error(refusal.status, refusal.description, refusal.parameters)
        return web.json_response({"ok": True, "result": call.result})

    async def _refuse(self, call: Call, refusal: Refusal) -> web.Response:
        self.calls.append(call)
        call.status = refusal.status
        if refusal.broken:
            self.violate(call, refusal.description)
        await self.notify()
        return error(refusal.status, refusal.description)

    async def _reply(self, body: Json) -> None:
        """Do the method that a webhook's answer asks for; nobody hears how it went."""
        call = Call(str(body.pop("method", "")), body)
        self.calls.append(call)
        if call.method not in bot_api().methods:
            self.violate(call, "unknown method in the answer to a webhook")
            return
        problems = self._check(call, body)
        self.violate(call, *problems)
        answer = await self._perform_checked(call, problems)
        call.done = answer.status < 400

    async def _download(self, request: web.Request) -> web.StreamResponse:
        call = Call("file", {"path": request.match_info["path"]})
        if request.match_info["token"] != self.token:
            return await self._refuse(call, Refusal("Unauthorized", status=401))

        async def perform() -> web.StreamResponse:
            stored = self.files.at_path(call.params["path"])
            if stored is None:
                return error(404, "Not Found")
            return web.Response(body=stored.content, content_type="application/octet-stream")

        return await self.run(request, call, perform)

    def render(self, fault: Fault) -> web.Response:
        return error(fault.status, fault.description, fault.parameters)


def error(status: int, description: str, parameters: Mapping[str, int] | None = None) -> web.Response:
    """An error answer in Telegram's shape."""
    body: Json = {"ok": False, "error_code": status, "description": description}
    headers: dict[str, str] = {}
    if parameters:
        body["parameters"] = dict(parameters)
        if "retry_after" in parameters:
            headers["Retry-After"] = str(parameters["retry_after"])
    return web.json_response(body, status=status, headers=headers)


async def read_request(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Read parameters from the query, a form, a multipart body or JSON, and the files beside them."""
    raw: Json = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = json.loads(await request.text() or "{}")
        if not isinstance(body, dict):
            raise ValueError("a JSON object is expected")
        raw |= body
    elif request.body_exists:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                raw[name] = value
    return raw, files
