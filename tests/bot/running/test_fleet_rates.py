"""How fast providers are called, when several processes call them: as fast as one would, measured where the calls arrive."""

from __future__ import annotations

import time

import pytest

from storage.tables import Sending, outbox
from tests.bot.fleet import Fleet, Start, answered
from tests.bot.posting import numbered
from tests.waiting import until

pytestmark = pytest.mark.slow
PAIR_BURST, PAIR_RATE = 10, 4
"""Messages at once to one WhatsApp number (`bot.app`), and then messages a second: TWILIO_CHAT_RATE of the test."""
LATE = 0.5
"""Seconds that a message may leave late without those behind it having to make up for it (`bot.outbox`)."""
ROUNDING = 0.002
"""Seconds: the pace is kept in whole milliseconds."""


async def test_the_rates_of_a_chat_and_of_all_are_those_of_one_process(start: Start) -> None:
    async with start(2, TELEGRAM_RATE="20", TELEGRAM_CHAT_RATE="4") as fleet:
        person, others = fleet.telegram.person(), [fleet.telegram.person() for _ in range(50)]
        await fleet.until_all_count(2)
        for number in range(28):
            update = numbered(person.text("/help"), number)
            assert await fleet.post(fleet.programs[number % 2], update) == 200
        await answered(fleet, [person.id], 28)
        for number, other in enumerate(others):
            assert await fleet.post(fleet.programs[number % 2], numbered(other.text("/help"), 100 + number)) == 200
        await answered(fleet, [other.id for other in others], 1)
        calls = fleet.telegram.calls_to("sendMessage")
        # burst and rate, and what a busy machine brings closer together; were they not shared, it would be 80 and 28
        assert most_in(1.0, [call.at for call in calls]) <= 20 + 20 + 10
        assert most_in(1.0, [call.at for call in calls if call.params["chat_id"] == person.id]) <= 20 + 4 + 2
        assert calls[-1].at - calls[28].at > (50 - 20) / 20 - 1


async def test_one_whatsapp_number_that_two_processes_answer_in_turn_is_written_to_at_the_pace_of_one(
    start: Start,
) -> None:
    """A half of the messages are each committed when the last was sent, so both processes send; the others wait in a line."""
    in_turn, in_line = 16, 10
    async with start(2, TWILIO_CHAT_RATE=str(PAIR_RATE)) as fleet:
        person = fleet.twilio.person()
        begun = time.monotonic()
        for number in range(in_turn + in_line):
            assert await fleet.post_form(fleet.programs[number % 2], person.text("/help")) == 200
            if number < in_turn:
                await until(lambda count=number + 1: sent(fleet) == count)
        assert len({row.owner for row in fleet.rows(outbox)[:in_turn]}) == 2, "each process sends what it has committed"
        await until(lambda: sent(fleet) == in_turn + in_line, 20)
        arrivals = [call.at for call in fleet.twilio.calls if call.method.startswith("POST /2010") and call.done]
    assert len(arrivals) == in_turn + in_line
    gap = 1 / PAIR_RATE
    for number, arrival in enumerate(arrivals):
        places = max(0, number + 1 - PAIR_BURST)
        assert arrival - begun >= places * gap - ROUNDING, f"message {number} came before its place"
        assert arrival - begun <= places * gap + 5, f"message {number} waited for more than its place"
        for first in range(places):
            apart = (
                number + 1 - PAIR_BURST - first
            )  # of any so many in a row a burst may come at once, each other one needs its gap
            assert arrival - arrivals[first] >= apart * gap - LATE, f"from {first} to {number} more than burst and gap"


def sent(fleet: Fleet) -> int:
    return sum(row.status == Sending.SENT for row in fleet.rows(outbox))


def most_in(seconds: float, instants: list[float]) -> int:
    return max(sum(first <= at < first + seconds for at in instants) for first in instants)
