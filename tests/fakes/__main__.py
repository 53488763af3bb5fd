"""Runs a fake as a process: `python -m tests.fakes telegram --port 8081`, its address on the first line of output.

How to steer it from outside is told in control.py.
"""

import argparse
import asyncio
import signal
import sys

from .server import FakeServer
from .telegram import TOKEN as TELEGRAM_TOKEN
from .telegram import FakeTelegram
from .twilio import ACCOUNT, FakeTwilio
from .twilio import TOKEN as TWILIO_TOKEN


def build(given: argparse.Namespace) -> FakeServer:
    routes = dict(route.split("=", 1) for route in given.route)
    if given.provider == "telegram":
        return FakeTelegram(given.token or TELEGRAM_TOKEN, routes=routes, seed=given.seed)
    urls = {"inbound_url": given.inbound_url, "status_url": given.status_url}
    return FakeTwilio(given.account, given.token or TWILIO_TOKEN, routes=routes, seed=given.seed, **urls)


async def serve(given: argparse.Namespace) -> None:
    fake = await build(given).start(given.port)
    sys.stdout.write(f"{fake.base_url}\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    await fake.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.fakes", description=__doc__)
    parser.add_argument("provider", choices=("telegram", "twilio"))
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default="")
    parser.add_argument("--account", default=ACCOUNT, help="Twilio's account SID")
    parser.add_argument("--inbound-url", default="", help="where Twilio posts people's messages")
    parser.add_argument("--status-url", default="", help="where Twilio posts statuses")
    parser.add_argument("--route", action="append", default=[], metavar="PUBLIC=LOCAL", help="lead a public URL here")
    parser.add_argument("--seed", type=int, default=0)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
