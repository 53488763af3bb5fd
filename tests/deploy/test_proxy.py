"""Webhooks through the real proxy to the processes of the compose file: which of them get calls, and what becomes of calls meanwhile."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence

import aiohttp
import pytest

from storage.tables import Sending, inbox, outbox
from tests.deploy.running import Deployment
from tests.fakes.telegram_people import Person

pytestmark = pytest.mark.slow
WORDS = ("/ru", "/help", "/kk", "/help")
FIRST_TRY = (0, 200)
NEW_BROWSERS = 100
"""What `bot.web.preview.limits` lets one address have at once, of each process."""


async def say(deployment: Deployment, people: Sequence[Person], words: str) -> None:
    for person in people:
        await deployment.telegram.push(person.text(words))


async def talk(deployment: Deployment, people: Sequence[Person], until: asyncio.Event, at_most: int = 20) -> int:
    """Everybody says something every second, as fast as they would be answered. How often."""
    for turn in range(at_most):
        if turn and until.is_set():
            return turn
        await say(deployment, people, WORDS[turn % len(WORDS)])
        await asyncio.sleep(1)
    return at_most


async def test_both_processes_take_calls_of_both_providers_and_nothing_is_written_but_to_data(
    deployment: Deployment,
) -> None:
    before = deployment.containers["bot-1"].image.files()
    people = [deployment.telegram.person() for _ in range(20)]
    await say(deployment, people, "/ru")
    guests = [deployment.twilio.person(f"+7701000000{number}") for number in range(4)]
    posted = [await deployment.twilio.receive(guest.text("привет")) for guest in guests]
    await deployment.heard(people, 1)
    await deployment.twilio.wait_for(
        lambda: all(len(deployment.twilio.messages(guest.address)) == 1 for guest in guests), timeout=20
    )
    assert deployment.tries == [FIRST_TRY] * 20
    assert [call.tries for call in posted if call] == [(200,)] * 4
    answers = await deployment.proxy.answers()
    assert sum(answers.values()) >= 24
    assert min(answers.values()) > 0, answers
    assert [len(deployment.telegram.messages(person.id)) for person in people] == [1] * 20
    assert deployment.containers["bot-1"].image.files() == before


async def test_plain_http_leads_to_https_and_each_process_s_own_counts_stay_inside(deployment: Deployment) -> None:
    http, https = deployment.address("http"), deployment.address("https")
    async with deployment.http.get(f"{http}/a?b=c", allow_redirects=False, headers={"Host": "bot.example.kz"}) as seen:
        assert (seen.status, seen.headers["Location"]) == (301, "https://bot.example.kz/a?b=c")
    found = {}
    for path in ("/", "/readyz", "/metrics"):
        async with deployment.http.get(https + path) as seen:
            found[path] = seen.status
    assert found == {"/": 200, "/readyz": 200, "/metrics": 404}
    assert (await deployment.proxy.inside("/alive"))[0] == 200


async def test_what_a_caller_says_of_its_own_address_is_not_believed(deployment: Deployment) -> None:
    """By what it says it is somebody else with each call; by its address it is one, and another address is another."""
    url = f"{deployment.address('https')}/preview/session"

    async def new_browser(session: aiohttp.ClientSession, number: int) -> int:
        headers = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250}", "X-Forwarded-Proto": "http"}
        async with session.post(url, headers=headers) as answer:
            return answer.status

    statuses = Counter([await new_browser(deployment.http, number) for number in range(3 * NEW_BROWSERS)])
    assert statuses.keys() == {204, 429}
    assert 2 * NEW_BROWSERS <= statuses[204] < 2.5 * NEW_BROWSERS
    trusting = deployment.telegram.trust
    elsewhere = aiohttp.TCPConnector(ssl=trusting, local_addr=("127.0.0.2", 0))
    async with aiohttp.ClientSession(connector=elsewhere) as other:
        assert await new_browser(other, 1) == 204


async def test_when_a_process_is_killed_no_call_fails(deployment: Deployment) -> None:
    """It dies with calls in its hands, and more go to it until the proxy has looked."""
    people = [deployment.telegram.person() for _ in range(40)]
    for words in WORDS:
        await say(deployment, people, words)
    await deployment.telegram.wait_for(lambda: len(deployment.tries) >= 40)
    await deployment.containers["bot-1"].killed()
    assert len(deployment.tries) < 160, "all had been taken before it was killed"
    await deployment.proxy.until(bot_1="DOWN", bot_2="UP")
    await deployment.delivered()
    assert deployment.tries == [FIRST_TRY] * 160
    assert await deployment.proxy.repeated() > 0
    await deployment.heard(people, 4)
    assert await deployment.containers["bot-2"].stop() == 0
    assert len(deployment.rows(inbox)) == len(deployment.rows(outbox)) == 160
    assert {row.status for row in deployment.rows(outbox)} <= {Sending.SENT, Sending.REPEATED}


async def test_a_rolling_restart_to_new_addresses_loses_and_doubles_nothing(deployment: Deployment) -> None:
    people = [deployment.telegram.person() for _ in range(15)]
    over = asyncio.Event()
    talking = asyncio.create_task(talk(deployment, people, over, at_most=60))
    old = dict(deployment.names.known)
    for name in ("bot-1", "bot-2"):
        before = (await deployment.proxy.answers())[name]
        await deployment.recreate(name)
        await deployment.proxy.until(bot_1="UP", bot_2="UP")
        async with asyncio.timeout(10):
            while (await deployment.proxy.answers())[name] <= before:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    over.set()
    turns = await talking
    assert not set(old.values()) & set(deployment.names.known.values())
    await deployment.delivered()
    await deployment.heard(people, turns)
    assert deployment.tries == [FIRST_TRY] * (15 * turns)
    for container in deployment.containers.values():
        assert await container.stop() == 0
    assert len(deployment.rows(inbox)) == 15 * turns
    assert Counter(row.status for row in deployment.rows(outbox)) == {Sending.SENT: 15 * turns}
    assert [len(deployment.telegram.messages(person.id)) for person in people] == [turns] * 15


async def test_a_process_that_says_it_is_not_ready_gets_no_more_calls_while_it_still_listens(
    deployment: Deployment,
) -> None:
    stopping = asyncio.create_task(deployment.containers["bot-1"].stop())
    await deployment.proxy.until(bot_1="DOWN", bot_2="UP")
    seen = await deployment.proxy.answers()
    people = [deployment.telegram.person() for _ in range(20)]
    await say(deployment, people, "/ru")
    await deployment.delivered()
    assert not stopping.done(), "it was gone before the proxy could leave it alone"
    assert deployment.tries == [FIRST_TRY] * 20
    now = await deployment.proxy.answers()
    assert {name: now[name] - seen[name] for name in now} == {"bot-1": 0, "bot-2": 20}
    assert await stopping == 0
    assert (await deployment.proxy.inside("/alive"))[0] == 200
    await deployment.containers["bot-2"].stop()
    await deployment.proxy.until(bot_2="DOWN")
    assert (await deployment.proxy.inside("/alive"))[0] == 503


async def test_calls_to_a_process_that_hangs_are_made_at_the_other(deployment: Deployment) -> None:
    hung = deployment.containers["bot-1"]
    people = [deployment.telegram.person() for _ in range(20)]
    hung.signal(signal.SIGSTOP)
    try:
        await say(deployment, people, "/ru")
        await deployment.delivered()
        await deployment.proxy.until(bot_1="DOWN", bot_2="UP")
    finally:
        hung.signal(signal.SIGCONT)
    assert deployment.tries == [FIRST_TRY] * 20
    assert await deployment.proxy.repeated() > 0
    await deployment.heard(people, 1)
    assert len(deployment.rows(inbox)) == 20
    await deployment.proxy.until(bot_1="UP")
