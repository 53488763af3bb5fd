"""Remote control of a fake that runs in a process of its own: `POST /_fake/<command>` with a JSON object.

Commands that only one provider has (push, receive, status) are left to that provider's `control`.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from .faults import Fault, Script

Json = dict[str, Any]
Command = Callable[[Json], Awaitable[Any]]

FAULTS: dict[str, Callable[..., Fault]] = {
    "rate_limited": Fault.rate_limited,
    "server_error": Fault.server_error,
    "late_error": Fault.late_error,
    "refused": Fault.refused,
    "blocked": Fault.blocked,
    "chat_not_found": Fault.chat_not_found,
    "migrated": Fault.migrated,
    "hang": Fault.hang,
    "reset": Fault.reset,
    "lost_answer": Fault.lost_answer,
}


def plan(script: Script, body: Json) -> None:
    """{"target": "sendMessage", "fault": "rate_limited", "args": {"retry_after": 3}} and times, chance or always."""
    fault = FAULTS[body["fault"]](**body.get("args", {}))
    if "chance" in body:
        script.rate(body["target"], fault, body["chance"])
    elif body.get("always"):
        script.always(body["target"], fault)
    else:
        script.queue(body["target"], fault, times=body.get("times", 1))


def add_control(app: web.Application, commands: dict[str, Command]) -> None:
    """Serve the commands."""

    async def handle(request: web.Request) -> web.Response:
        command = commands.get(request.match_info["command"])
        if command is None:
            return web.json_response({"error": f"commands are {sorted(commands)}"}, status=404)
        return web.json_response(await command(await request.json() if request.body_exists else {}), dumps=dump)

    app.router.add_post("/_fake/{command}", handle)


def dump(value: Any) -> str:
    return json.dumps(value, default=str)
