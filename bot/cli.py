"""The command line: `utys serve` and its neighbours.

Leaves the work of each command to a module of its own, imported only when the command is called.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Callable
from typing import Annotated, NoReturn

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


@app.callback()
def utys() -> None:
    """A bot for prize promotions, in Kazakh and Russian."""


def fail(reason: str) -> NoReturn:
    """One plain sentence, exit code 1."""
    typer.echo(f"utys: {reason}", err=True)
    raise SystemExit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on (HOST)")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on (PORT)")] = None,
) -> None:
    """Run the bot: the browser chat, and Telegram and WhatsApp where they are configured."""
    from bot import settings as configuration
    from bot.app import Cannot
    from bot.app import serve as run
    from bot.log import configure
    from storage.database import Unusable

    try:
        settings = configuration.load()
        changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        settings = settings.model_copy(update=changes)
        configure(settings.log_level)
        _check_port(settings.host, settings.port)
        print(f"Utys: http://{_shown(settings.host)}:{settings.port}/", flush=True)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(run(settings))
    except (configuration.BadSetting, Cannot, Unusable) as error:
        fail(str(error))


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                fail(f"port {port} on {host} is in use; set PORT to another one")
            fail(f"HOST {host} port {port} cannot be listened on: {error.strerror or error}")


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "") else f"[{host}]" if ":" in host else host  # noqa: S104


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


def main() -> None:
    app()


if __name__ == "__main__":
    main()
