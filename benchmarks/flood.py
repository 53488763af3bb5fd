"""`python -m benchmarks.flood`: one person floods the bot; what the others wait, without the flood and under it, and what the flooder gets.

Quiet and flooded turns alternate, so that a busy machine is as busy for both. Ends with an error where the flooder is not told so just
once, or the others notice. Leaves starting the bot and speaking HTTP to `benchmarks.load`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import time
import warnings
from collections.abc import Sequence
from statistics import median

import uvloop

warnings.filterwarnings("ignore", category=RuntimeWarning, module="platformdirs")

from benchmarks.load import machine, people  # noqa: E402
from benchmarks.load.bots import ROOT, Bot, start_bot  # noqa: E402
from benchmarks.load.driver import FIRST_CHAT, Load, Sample, measure  # noqa: E402
from benchmarks.load.provider import Provider  # noqa: E402
from benchmarks.load.rounds import BOT_CORES, prime  # noqa: E402
from benchmarks.load.wire import call  # noqa: E402
from bot.loading import ZONE  # noqa: E402
from bot.text.phrases import LANGUAGES, Phrases  # noqa: E402
from dialogs.messages import Phrase  # noqa: E402

FLOODERS = range(FIRST_CHAT - 1, 0, -1)
"""Somebody else each time: who floods again is told so again."""
SLOWER = 3.0
"""The longest that 99 of 100 of the others wait may be so many times what it is without the flood."""
NOTICE = Phrase("crowding.notice")
PEOPLE, RATE = 500, 50.0
"""Chats of others, and their taps a second in all: each speaks once in ten seconds."""


class Flood:
    """One person on several connections, each call as soon as the one before was answered, up to `rate` a second in all."""

    def __init__(self, bot: Bot, flooder: int, rate: float) -> None:
        self._bot, self._flooder, self._gap = bot, flooder, 1 / rate
        self.sent = 0
        self._due = 0.0

    async def run(self, until: float, lines: int = 16) -> None:
        self._due = time.perf_counter()
        await asyncio.gather(*(self._line(until) for _ in range(lines)))

    async def _line(self, until: float) -> None:
        line, speak = await call(self._bot.ports[0]), people.text("ответь мне!!!")
        while (now := time.perf_counter()) < until:
            self._due = max(self._due, now) + self._gap
            self.sent += 1
            await line.ask(speak(self._flooder))
            await asyncio.sleep(max(0.0, self._due - time.perf_counter()))
        line.transport.close()


def show(name: str, sample: Sample) -> str:
    waits = " / ".join(f"{sample.quantile(share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))
    return f"{name:<18} {sample.answered} answered, {sample.failed} not; p50 / p95 / p99 {waits} ms"


def judge(quiet: Sequence[Sample], flooded: Sequence[Sample], notices: Sequence[int]) -> list[str]:
    """What was not as it must be, of quiet and of flooded turns; `notices` is how many each of those who flooded got."""
    wrong = []
    if any(count != 1 for count in notices):
        wrong.append(f"whoever floods is told so once, not {sorted(set(notices))} times")
    lost, lost_anyway = (sum(turn.failed for turn in turns) for turns in (flooded, quiet))
    if lost > lost_anyway:
        wrong.append(f"{lost} of the others were not answered under the flood, {lost_anyway} without it")
    if (slower := ratio(quiet, flooded)) > SLOWER:
        wrong.append(f"p99 of the others is {slower:.1f} times what it is without the flood, more than {SLOWER:g}")
    return wrong


def ratio(quiet: Sequence[Sample], flooded: Sequence[Sample]) -> float:
    """Of the medians of the turns' p99: a turn in which the machine stood still decides nothing. Infinite where nobody was answered."""
    before, under = (median(turn.quantile(0.99) for turn in turns) for turns in (quiet, flooded))
    return under / before if under and before else float("inf")


def joined(turns: Sequence[Sample]) -> Sample:
    answered, failed = sum(turn.answered for turn in turns), sum(turn.failed for turn in turns)
    return Sample(answered=answered, failed=failed, waits=[wait for turn in turns for wait in turn.waits])


async def run(rounds: int, seconds: float, rate: float) -> list[str]:
    provider = Provider()
    await provider.open()
    folder = ROOT / "var" / "bench" / "flood"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    models = ROOT / "var" / "models"
    bot = await start_bot("flood", folder, provider.url, models, cores=BOT_CORES, more={"PERSON_RATE": "20"})
    quiet: list[Sample] = []
    flooded: list[Sample] = []
    sent = 0
    flooders = FLOODERS[:rounds]
    provider.listen(flooders)
    try:
        load = Load("others", lambda bot: people.tap("menu"), chats=PEOPLE, rate=RATE)
        await prime(bot, provider, PEOPLE)
        for flooder in flooders:
            for floods in random.sample([False, True], 2):
                flood = Flood(bot, flooder, rate)
                # from before the measurement (it warms up for a while) to its end
                until = time.perf_counter() + (seconds * 1.25 if floods else 0)
                flooding = asyncio.create_task(flood.run(until))
                turn = await measure(bot, provider, load, seconds)
                await flooding
                sent += flood.sent
                (flooded if floods else quiet).append(turn)
                print(f"  {show('flooded' if floods else 'quiet', turn)}", flush=True)
        notices = [count_notices(provider.heard(flooder)) for flooder in flooders]
        print(show("without a flood", joined(quiet)))
        print(show(f"under {rate:g}/s of one", joined(flooded)))
        print(
            f"p99 of a turn, in the middle: {ratio(quiet, flooded):.2f} times that of a quiet turn (at most {SLOWER:g})"
        )
        got = sum(provider.told(flooder) for flooder in flooders)
        print(f"{f'{rounds} who flooded':<18} {sent} sent, {got} messages got, of them notices: {notices}")
        return judge(quiet, flooded, notices)
    finally:
        bot.stop()
        await provider.close()


def count_notices(bodies: Sequence[bytes]) -> int:
    """Messages, as they were posted (JSON), that tell somebody to slow down, in either language or both."""
    phrases = Phrases.load(ROOT / "locales", ZONE)
    beginnings = [phrases.text(NOTICE, language).partition(".")[0] for language in LANGUAGES]
    texts = [str(json.loads(body).get("text")) for body in bodies]
    return sum(any(beginning in text for beginning in beginnings) for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flood", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="turns without a flood, and as many under one (6)")
    parser.add_argument("--seconds", type=float, default=5.0, help="of one turn (5)")
    parser.add_argument("--rate", type=float, default=1000.0, help="messages a second of the one who floods (1000)")
    chosen = parser.parse_args()
    machine.pin({1})
    if wrong := uvloop.run(run(chosen.rounds, chosen.seconds, chosen.rate)):
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
