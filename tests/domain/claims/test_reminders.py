"""No reminder twice, none missed, one message a day, only by day: also after downtime, jumps of the clock and across 2024-03-01."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims import by_agent, by_winner
from domain.claims.acts import Acting, ClaimActed, begin
from domain.claims.claim import Claim
from domain.claims.reminders import Dropped, Settled, settle
from domain.claims.rungs import Reminder, ladder
from domain.promotion import Promotion
from tests.domain.given import CALENDAR, DOUBLE_CHANCE, ISMET, KASIPKER, PROMOTIONS, SERIKTES

ALMATY = ZoneInfo("Asia/Almaty")
AKTAU = ZoneInfo("Asia/Aqtau")


def won(promotion: Promotion, at: datetime, drawn: date, id: str = "c1") -> Claim:
    assert promotion.claim is not None
    events = {promotion.claim.draw_event: drawn, "notified_at": drawn}
    acted = begin(id, promotion, "confirmed", Acting("import", at, "list"), events=events)
    assert isinstance(acted, ClaimActed)
    return acted.claim


def local(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@dataclass
class Person:
    """One person's reminders, kept as the storage keeps them: rows by key, each said, dropped or waiting."""

    claims: dict[str, Claim]
    zone: ZoneInfo = ALMATY
    rows: dict[tuple[str, str, str], Reminder] = field(default_factory=dict)
    over: dict[tuple[str, str, str], str] = field(default_factory=dict)
    said: list[tuple[datetime, tuple[Reminder, ...]]] = field(default_factory=list)
    tasks: list[Reminder] = field(default_factory=list)

    def plan(self, now: datetime) -> None:
        for claim in self.claims.values():
            for rung in ladder(claim, PROMOTIONS[claim.promotion], self.zone, now, CALENDAR):
                self.rows.setdefault(rung.key, rung)

    def tick(self, now: datetime, held: bool = False) -> Settled:
        """One look at what is due; calls itself never twice for one instant."""
        waiting = [row for key, row in self.rows.items() if key not in self.over and row.due <= now]
        if not waiting:
            return Settled()
        told = self.said[-1][0] if self.said else None
        found = settle(waiting, self.claims, PROMOTIONS, now, self.zone, told, held, CALENDAR)
        for row in found.say:
            assert row.key not in self.over
            self.over[row.key] = "said"
        for row, reason in found.drop:
            assert row.key not in self.over
            self.over[row.key] = reason
        for row in found.tasks:
            self.over.setdefault(row.key, "task")
        self.tasks += found.tasks
        if found.say:
            self.said.append((now, found.say))
        return found


def rungs(claim: Claim, promotion: Promotion, step: str, zone: ZoneInfo = ALMATY) -> dict[str, str]:
    found = ladder(claim, promotion, zone, claim.opened_at, CALENDAR)
    return {each.rung: f"{each.due.astimezone(zone):%m-%d %H:%M}" for each in found if each.step == step}


def test_ten_days_have_notice_half_three_one_last_morning_and_the_end() -> None:
    claim = won(SERIKTES, local("2024-02-20T12:30"), date(2024, 2, 20))
    assert rungs(claim, SERIKTES, "in-touch") == {
        "notice": "02-20 12:30",
        "half": "02-25 10:00",
        "days_left_3": "02-27 10:00",
        "days_left_1": "02-29 10:00",
        "last_morning": "03-01 10:00",
        "passed": "03-02 10:00",
    }


def test_thirty_days_have_one_more_and_a_step_without_a_term_has_its_own() -> None:
    claim = won(DOUBLE_CHANCE, local("2025-05-20T21:30"), date(2025, 5, 20))
    assert rungs(claim, DOUBLE_CHANCE, "iban") == {
        "notice": "05-21 10:00",
        "half": "06-04 10:00",
        "days_left_7": "06-12 10:00",
        "days_left_3": "06-16 10:00",
        "days_left_1": "06-18 10:00",
        "last_morning": "06-19 10:00",
        "passed": "06-20 10:00",
    }
    claim = won(SERIKTES, local("2024-02-20T12:30"), date(2024, 2, 20))
    assert rungs(claim, SERIKTES, "register") == {
        "day_3": "02-23 10:00",
        "day_7": "02-27 10:00",
        "day_14": "03-05 10:00",
        "silence": "03-12 10:00",
    }


def test_a_winner_who_is_found_late_is_not_told_of_mornings_that_are_over() -> None:
    claim = won(SERIKTES, local("2024-02-29T09:00"), date(2024, 2, 20))
    assert rungs(claim, SERIKTES, "in-touch") == {
        "notice": "02-29 10:00",
        "last_morning": "03-01 10:00",
        "passed": "03-02 10:00",
    }


def test_ten_in_the_morning_is_the_persons_own() -> None:
    claim = won(SERIKTES, local("2024-02-20T12:30"), date(2024, 2, 20))
    due = {each.rung: each.due for each in ladder(claim, SERIKTES, AKTAU, claim.opened_at) if each.step == "in-touch"}
    assert due["days_left_1"].astimezone(UTC).hour == 5  # 29 February, UTC+5
    almaty = {
        each.rung: each.due for each in ladder(claim, SERIKTES, ALMATY, claim.opened_at) if each.step == "in-touch"
    }
    assert almaty["days_left_1"].astimezone(UTC).hour == 4  # UTC+6 until March
    assert almaty["last_morning"].astimezone(UTC).hour == 5


def test_after_downtime_only_the_newest_is_said() -> None:
    claim = won(KASIPKER, local("2024-02-20T12:30"), date(2024, 2, 20))
    person = Person({claim.id: claim})
    person.plan(claim.opened_at)
    found = person.tick(local("2024-02-29T11:00"))
    assert {(each.step, each.rung) for each in found.say if each.step in ("in-touch", "register")} == {
        ("in-touch", "days_left_1"),
        ("register", "days_left_1"),
    }
    assert {reason for _, reason in found.drop} == {"newer"}
    assert len(person.said) == 1
    assert found.say[0].last == date(2024, 3, 1)


def test_at_night_and_after_one_message_of_the_day_it_waits_for_the_next_morning() -> None:
    claim = won(SERIKTES, local("2024-02-20T12:30"), date(2024, 2, 20))
    person = Person({claim.id: claim})
    person.plan(claim.opened_at)
    assert person.tick(local("2024-02-20T22:00")).again_at == local("2024-02-21T10:00")
    assert person.tick(local("2024-02-21T10:00")).say
    other = won(ISMET, local("2024-02-21T11:00"), date(2024, 2, 21), "c2")
    person.claims["c2"] = other
    person.plan(other.opened_at)
    assert person.tick(local("2024-02-21T12:00")).again_at == local("2024-02-22T10:00")
    assert {each.claim for each in person.tick(local("2024-02-22T10:00")).say} == {"c2"}


def test_what_is_done_closed_in_review_held_or_switched_off_is_dropped_with_its_reason() -> None:
    claim = won(SERIKTES, local("2024-02-20T12:30"), date(2024, 2, 20))
    noon = local("2024-02-27T12:00")

    def reasons(changed: Claim, held: bool = False) -> set[Dropped]:
        due = [each for each in ladder(claim, SERIKTES, ALMATY, noon) if each.step == "in-touch"]
        found = settle(due, {changed.id: changed}, PROMOTIONS, noon, ALMATY, None, held)
        assert not found.say
        return {reason for _, reason in found.drop}

    said = by_winner.say_done(claim, SERIKTES, "in-touch", noon)
    assert isinstance(said, ClaimActed)
    assert reasons(said.claim) == {"done"}
    sent = by_winner.send(said.claim, SERIKTES, noon, as_it_is=True)
    assert isinstance(sent, ClaimActed)
    assert reasons(sent.claim) == {"in_review"}
    lost = by_agent.lose(claim, SERIKTES, Acting("agent", noon, "A"), "silent", "12")
    assert isinstance(lost, ClaimActed)
    assert reasons(lost.claim) == {"closed"}
    assert reasons(replace(claim, reminders=False)) == {"off"}
    assert reasons(claim, held=True) == {"held"}


def test_a_term_that_passed_is_a_task_and_no_state() -> None:
    claim = won(SERIKTES, local("2024-02-20T12:30"), date(2024, 2, 20))
    person = Person({claim.id: claim})
    person.plan(claim.opened_at)
    person.tick(local("2024-03-02T10:00"))
    assert [(each.step, each.rung) for each in person.tasks] == [("in-touch", "passed")]
    assert person.claims["c1"].state == "confirmed"


def check(person: Person) -> None:
    """Each rung has one end, and no day has two messages, none of them by night."""
    said = [row.key for _, rows in person.said for row in rows]
    assert [key for key, count in Counter(said).items() if count > 1] == []
    days = [at.astimezone(person.zone).date() for at, _ in person.said]
    assert len(days) == len(set(days))
    assert all(time(10) <= at.astimezone(person.zone).time() < time(20) for at, _ in person.said)
    for at, rows in person.said:
        assert all(row.due <= at for row in rows)


def hours(first: datetime, steps: Iterable[int]) -> Iterable[datetime]:
    now = first
    for step in steps:
        now += timedelta(minutes=step)
        yield now


@settings(max_examples=40, deadline=None)
@given(
    slugs=st.lists(st.sampled_from(sorted(PROMOTIONS)), min_size=1, max_size=3),
    zone=st.sampled_from([ALMATY, AKTAU]),
    start=st.integers(0, 60 * 24 * 20),
    steps=st.lists(st.integers(-120, 60 * 24 * 4), min_size=5, max_size=60),
    acts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 10)), max_size=8),
)
def test_no_reminder_twice_and_none_missed(
    slugs: list[str], zone: ZoneInfo, start: int, steps: list[int], acts: list[tuple[int, int]]
) -> None:
    """Ticks at any times, also backwards by up to two hours, over the night of 2024-03-01; steps are said to be done in between."""
    first = datetime(2024, 2, 15, tzinfo=UTC) + timedelta(minutes=start)
    claims = {f"c{n}": won(PROMOTIONS[slug], first, first.date(), f"c{n}") for n, slug in enumerate(slugs)}
    person = Person(claims, zone)
    person.plan(first)
    ends = first
    for number, now in enumerate(hours(first, steps)):
        ends = max(ends, now)
        for _, which in (act for act in acts if act[0] == number):
            for claim in list(claims.values()):
                plan = PROMOTIONS[claim.promotion].claim
                assert plan is not None
                acted = by_winner.say_done(
                    claim, PROMOTIONS[claim.promotion], plan.steps[which % len(plan.steps)].id, now
                )
                claims[claim.id] = acted.claim if isinstance(acted, ClaimActed) else claim
        person.plan(now)
        person.tick(now)
    # two quiet mornings later nothing that was due is without an end
    for days in (1, 2):
        person.tick(datetime.combine(ends.astimezone(zone).date() + timedelta(days=days), time(10), zone))
    check(person)
    assert [row for key, row in person.rows.items() if row.due <= ends and key not in person.over] == []


def test_a_year_of_five_hundred_claims_takes_seconds_and_every_winner_hears_of_every_last_morning() -> None:
    dice = random.Random(7)
    slugs = ["seriktes", "kasipker", "ismet-app"]
    people = []
    for number in range(500):
        slug, day = slugs[number % 3], date(2024, 1, 2) + timedelta(days=dice.randrange(330))
        at = datetime.combine(day, time(dice.randrange(24), dice.randrange(60)), ALMATY)
        claim = won(PROMOTIONS[slug], at, day, f"c{number}")
        person = Person({claim.id: claim})
        person.plan(at)
        for now in sorted({row.due for row in person.rows.values()}):
            again_at = person.tick(now).again_at
            while again_at is not None:
                again_at = person.tick(again_at).again_at
        check(person)
        people.append(person)
    assert all(set(person.rows) == set(person.over) for person in people)
    told = [row for person in people for _, rows in person.said for row in rows if row.step == "in-touch"]
    assert Counter(row.rung for row in told)["last_morning"] == 500
