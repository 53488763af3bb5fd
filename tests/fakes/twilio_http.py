"""Twilio's side of HTTP: login, reading requests as the description wants them, the media storage, error answers.

What a request does is left to twilio_resources, what tests see of it to FakeTwilio.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Self

from aiohttp import web

from .faults import Fault
from .server import Call, FakeServer
from .twilio_limits import CODES, TwilioRefusal
from .twilio_messages import API
from .twilio_resources import Lists, Resources
from .twilio_spec import FORM, Operation, find_operation

Json = dict[str, Any]


class TwilioServer(FakeServer):
    """api., content. and messaging.twilio.com on one port, the media storage on another."""

    def __init__(self, account: str, token: str, resources: Resources, seed: int) -> None:
        super().__init__(seed)
        self.account = account
        self.logins = {account: token}
        self.resources = resources
        self.storage_port = 0
        self._signature = secrets.token_hex(8)

    async def start(self, port: int = 0) -> Self:
        await super().start(port)
        self.storage_port = await self.listen()
        return self

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/storage/{message}/{sid}", self._storage)
        media = f"/{API}/Accounts/{{account}}/Messages/{{message}}/Media/{{sid:ME[0-9a-f]+}}"
        app.router.add_get(media, self._redirect)
        app.router.add_route("*", "/{path:.*}", self._handle)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        call = Call(f"{request.method} {request.path}", {})
        found = find_operation(request.method, request.path)
        if not self._known(request):
            return await self._refuse(call, TwilioRefusal(20003, 401))
        if found is None:
            return await self._refuse(call, TwilioRefusal(20404, 404, call.method, broken=True))
        operation, path = found
        fields, body, problems = await read_request(request, operation)
        problems += operation.check_path(path)
        if path.get("AccountSid", self.account) != self.account:
            return await self._refuse(call, TwilioRefusal(20003, 401))
        call.params = body or {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
        self.violate(call, *problems)

        def work() -> web.Response:
            if problems:
                raise TwilioRefusal(code_for(problems[0]), why="; ".join(problems))
            status, call.result = self.resources.do(operation.verb, operation.template, path, fields, body)
            return web.Response(status=status) if call.result is None else web.json_response(call.result, status=status)

        return await self._attempt(request, call, work)

    async def _attempt(self, request: web.Request, call: Call, work: Callable[[], web.Response]) -> web.StreamResponse:
        async def perform() -> web.Response:
            try:
                return work()
            except TwilioRefusal as refusal:
                if refusal.broken:
                    self.violate(call, str(refusal))
                return error(refusal.code, refusal.status, str(refusal))

        return await self.run(request, call, perform)

    def _known(self, request: web.Request) -> bool:
        login, _, password = read_login(request.headers.get("Authorization", "")).partition(":")
        return bool(login) and self.logins.get(login) == password

    async def _refuse(self, call: Call, refusal: TwilioRefusal) -> web.Response:
        self.calls.append(call)
        call.status = refusal.status
        if refusal.broken:
            self.violate(call, str(refusal))
        await self.notify()
        return error(refusal.code, refusal.status, str(refusal))

    async def _redirect(self, request: web.Request) -> web.StreamResponse:
        """Media live elsewhere: the address of the file is told to those who log in."""
        call = Call(f"{request.method} {request.path}", {})
        if not self._known(request):
            return await self._refuse(call, TwilioRefusal(20003, 401))
        message, sid = request.match_info["message"], request.match_info["sid"]

        def work() -> web.Response:
            self.resources.messages.media(message, sid)
            place = f"http://127.0.0.1:{self.storage_port}/storage/{message}/{sid}?Signature={self._signature}"
            return web.Response(status=307, headers={"Location": place})

        return await self._attempt(request, call, work)

    async def _storage(self, request: web.Request) -> web.StreamResponse:
        """Hand a file out by its signed address; a login that comes along is refused, as S3 does."""
        call = Call(f"{request.method} {request.path}", {})
        if "Authorization" in request.headers:
            return await self._refuse(call, TwilioRefusal(20001, 400, "the login was sent to the storage", broken=True))
        if request.query.get("Signature") != self._signature:
            return await self._refuse(call, TwilioRefusal(20003, 403))

        def work() -> web.Response:
            media = self.resources.messages.media(request.match_info["message"], request.match_info["sid"])
            return web.Response(body=media.content, content_type=media.content_type)

        return await self._attempt(request, call, work)

    def render(self, fault: Fault) -> web.Response:
        return error(fault.code, fault.status, fault.description, fault.parameters)


def error(code: int, status: int, message: str, parameters: Mapping[str, int] | None = None) -> web.Response:
    """An error answer in Twilio's shape."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    headers = {"Retry-After": str(parameters["retry_after"])} if parameters and "retry_after" in parameters else {}
    body = {"code": code, "message": message, "more_info": more, "status": status}
    return web.json_response(body, status=status, headers=headers)


def code_for(problem: str) -> int:
    """Find Twilio's code for a problem by the parameter that it names."""
    return next((code for name, code in CODES.items() if name in problem.split()), 20001)


def read_login(header: str) -> str:
    try:
        return base64.b64decode(header.removeprefix("Basic "), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


async def read_request(request: web.Request, operation: Operation) -> tuple[Lists, Json, list[str]]:
    """Read the query, the form or the JSON body as the operation wants it, and list what is wrong with them."""
    query = {name: request.query.getall(name) for name in request.query}
    problems = operation.check_query(query)
    if operation.body_type is None:
        return query, {}, problems
    if request.content_type != operation.body_type:
        return {}, {}, [*problems, f"a body of type {operation.body_type} is expected, not {request.content_type}"]
    if operation.body_type == FORM:
        posted = await request.post()
        form = {name: [str(value) for value in posted.getall(name)] for name in posted}
        return form, {}, problems + operation.check_form(form)
    text = await request.text()
    try:
        body = json.loads(text)
    except ValueError:
        return {}, {}, [*problems, f"the body is not JSON: {text[:60]!r}"]
    return {}, body if isinstance(body, dict) else {}, problems + operation.check_json(body)
