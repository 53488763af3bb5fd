"""A claim moves along the table and nowhere else, whoever acts, in whatever order, however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.claims import by_agent, by_winner
from domain.claims.acts import Acting, ClaimActed, ClaimResult, begin
from domain.claims.claim import Claim
from domain.claims.states import OPEN, STATES, WAYS, Actor, ClaimRefusal, ClaimState, move, way
from domain.promotion import Promotion
from tests.domain.given import JANUARY, PROMOTIONS, SERIKTES

NOON = datetime(2024, 3, 1, 7, tzinfo=UTC)
AGENT = Acting("agent", NOON, "Aigerim")
ALLOWED = {
    (None, "reported"),
    (None, "confirmed"),
    (None, "standby"),
    ("reported", "confirmed"),
    ("reported", "rejected"),
    ("standby", "confirmed"),
    ("standby", "released"),
    ("confirmed", "collecting"),
    ("collecting", "review"),
    ("review", "collecting"),
    ("review", "approved"),
    ("approved", "delivered"),
    *((state, end) for state in OPEN for end in ("refused", "lost", "cancelled")),
    ("lost", "collecting"),
    ("refused", "collecting"),
}


def begun(promotion: Promotion = SERIKTES, state: ClaimState = "confirmed", **more: object) -> Claim:
    by: Actor = "winner" if state == "reported" else "import"
    acted = begin("c1", promotion, state, Acting(by, NOON, "list"), **more)  # type: ignore[arg-type]
    assert isinstance(acted, ClaimActed)
    return acted.claim


def taken(result: ClaimResult) -> Claim:
    assert isinstance(result, ClaimActed), result
    return result.claim


def test_the_table_holds_the_ways_of_the_rules_and_no_other() -> None:
    assert {(each.source, each.target) for each in WAYS} == ALLOWED
    assert len(WAYS) == len(ALLOWED)


@pytest.mark.parametrize("source", [None, *STATES])
@pytest.mark.parametrize("target", STATES)
@pytest.mark.parametrize("actor", get_args(Actor))
def test_every_other_step_is_refused(source: ClaimState | None, target: ClaimState, actor: Actor) -> None:
    found = move(source, target, actor, NOON, "A", "why", "7")
    line = way(source, target)
    if line is None:
        assert found == ClaimRefusal("no_such_way", (source or "", target))
    elif actor in line.actors or (actor == "supervisor" and "agent" in line.actors):
        assert not isinstance(found, ClaimRefusal)
        assert (found.source, found.target) == (source, target)
    else:
        assert isinstance(found, ClaimRefusal)
        assert found.code == "not_yours"


def test_a_prize_is_lost_only_with_a_reason_and_a_clause_that_exists() -> None:
    claim = begun()
    assert by_agent.lose(claim, SERIKTES, AGENT, "", "12") == ClaimRefusal("reason_missing", ("lost",))
    assert by_agent.lose(claim, SERIKTES, AGENT, "silent", " ") == ClaimRefusal("clause_missing", ("lost",))
    assert by_agent.lose(claim, SERIKTES, AGENT, "silent", "99") == ClaimRefusal("no_such_clause", ("99",))
    assert taken(by_agent.lose(claim, SERIKTES, AGENT, "silent", "12")).state == "lost"


def test_only_a_supervisor_gives_a_lost_prize_back() -> None:
    lost = taken(by_agent.lose(begun(), SERIKTES, AGENT, "silent", "12"))
    assert isinstance(by_agent.reopen(lost, AGENT, "late post"), ClaimRefusal)
    assert taken(by_agent.reopen(lost, replace(AGENT, actor="supervisor"), "late post")).state == "collecting"


def test_a_winner_refuses_only_when_asked_a_second_time() -> None:
    assert by_winner.refuse(begun(), NOON, asked_twice=False) == ClaimRefusal("not_asked_twice")
    assert taken(by_winner.refuse(begun(), NOON, asked_twice=True)).state == "refused"


def test_a_bonus_credit_is_no_claim() -> None:
    bonus = next(prize.id for prize in JANUARY.prizes if prize.kind == "bonus")
    assert begin("c", JANUARY, "reported", Acting("winner", NOON), prize=bonus) == ClaimRefusal(
        "nothing_to_claim", ("3.13",)
    )


def test_a_reserve_winner_is_called_by_an_agent_and_owes_no_term_of_the_first_draw() -> None:
    reserve = begun(state="standby", rank=1, events={"drawn_at": "2024-02-20"})
    assert isinstance(by_agent.confirm(reserve, AGENT), ClaimRefusal)
    called = taken(by_agent.call_reserve(reserve, AGENT, "the winner was not in touch, 12"))
    assert called.state == "confirmed"
    assert "drawn_at" not in called.events


def test_the_straight_way_of_seriktes() -> None:
    claim = taken(by_winner.answer(begun(), SERIKTES, NOON))
    for step in ("in-touch", "register", "sign-act"):
        claim = taken(by_winner.say_done(claim, SERIKTES, step, NOON))
    assert by_winner.send(claim, SERIKTES, NOON) == ClaimRefusal("steps_open", ("id-paper",))
    claim = taken(by_winner.say_done(claim, SERIKTES, "id-paper", NOON))
    claim = taken(by_winner.send(claim, SERIKTES, NOON))
    claim = taken(by_agent.return_step(claim, SERIKTES, "sign-act", AGENT, "the Act is of another month"))
    assert (claim.state, claim.marks["sign-act"].kind) == ("collecting", "returned")
    claim = taken(by_winner.say_done(claim, SERIKTES, "sign-act", NOON))
    claim = taken(by_agent.approve(taken(by_winner.send(claim, SERIKTES, NOON)), SERIKTES, AGENT))
    assert by_agent.deliver(claim, SERIKTES, AGENT, "") == ClaimRefusal("reason_missing", ("delivered",))
    tomorrow = NOON + timedelta(days=1)
    refused = by_agent.deliver(claim, SERIKTES, AGENT, "in person", on=tomorrow)
    assert isinstance(refused, ClaimRefusal)
    assert refused.code == "date_ahead"
    assert taken(by_agent.deliver(claim, SERIKTES, AGENT, "in person")).state == "delivered"


def test_the_act_of_ismet_app_is_signed_after_the_prize_was_received() -> None:
    ismet = PROMOTIONS["ismet-app"]
    claim = begun(ismet)
    assert isinstance(by_winner.say_done(claim, ismet, "sign-act", NOON), ClaimRefusal)
    for step in ("in-touch", "id-paper"):
        claim = taken(by_winner.say_done(claim, ismet, step, NOON))
    claim = taken(by_agent.approve(taken(by_winner.send(claim, ismet, NOON)), ismet, AGENT))
    assert by_agent.deliver(claim, ismet, AGENT, "e-mail") == ClaimRefusal("steps_open", ("sign-act", "photo"))
    claim = taken(by_agent.mark_done(claim, ismet, "hand-over", AGENT))
    for step in ("sign-act", "photo"):
        claim = taken(by_winner.say_done(claim, ismet, step, NOON))
    assert taken(by_agent.deliver(claim, ismet, AGENT, "e-mail")).state == "delivered"


def test_writing_to_the_bot_is_recorded_and_counts_as_being_in_touch_only_where_the_organiser_says_so() -> None:
    claim = taken(by_winner.answer(begun(), SERIKTES, NOON))
    assert claim.events["wrote_to_bot_at"] == NOON
    assert "in-touch" not in claim.marks
    assert SERIKTES.claim is not None
    counts = replace(SERIKTES, claim=replace(SERIKTES.claim, writing_counts=True))
    assert taken(by_winner.answer(begun(), counts, NOON)).marks["in-touch"].kind == "done"


ACTS = [
    "answer",
    "unsay",
    "say",
    "send",
    "send_as_is",
    "refuse",
    "refuse_at_once",
    "choose",
    "confirm",
    "call",
    "done",
    "return",
    "approve",
    "deliver",
    "lose",
    "cancel",
    "reject",
    "release",
    "reopen",
]


@settings(max_examples=150, deadline=None)
@given(
    slug=st.sampled_from(sorted(PROMOTIONS)),
    first=st.sampled_from(["reported", "confirmed", "standby"]),
    walk=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 30), st.sampled_from(["agent", "supervisor", "import"])),
        max_size=40,
    ),
)
def test_no_walk_leaves_the_table_and_every_act_done_twice_is_done_once(
    slug: str, first: ClaimState, walk: list[tuple[str, int, Actor]]
) -> None:
    promotion = PROMOTIONS[slug]
    assert promotion.claim is not None
    claim, now = begun(promotion, first, rank=int(first == "standby")), NOON
    for name, number, actor in walk:
        now += timedelta(hours=number)
        result = _act(name, claim, promotion, number, Acting(actor, now, "A"))
        if isinstance(result, ClaimRefusal):
            continue
        state = claim.state
        for row in result.transitions:
            assert row.source == state
            assert (row.source, row.target) in ALLOWED
            state = row.target
        assert result.claim.state == state
        again = _act(name, result.claim, promotion, number, Acting(actor, now, "A"))
        assert isinstance(again, ClaimRefusal) or again.claim.state == state or name in ("return", "reopen")
        claim = result.claim


def _act(name: str, claim: Claim, promotion: Promotion, number: int, acting: Acting) -> ClaimResult:
    assert promotion.claim is not None
    steps = promotion.claim.steps
    step, clause = steps[number % len(steps)].id, promotion.claim.consequences[0].clauses[0]
    branches = promotion.claim.branches
    match name:
        case "answer":
            return by_winner.answer(claim, promotion, acting.at)
        case "say":
            return by_winner.say_done(claim, promotion, step, acting.at)
        case "unsay":
            return by_winner.unsay(claim, step)
        case "send" | "send_as_is":
            return by_winner.send(claim, promotion, acting.at, as_it_is=name == "send_as_is")
        case "refuse" | "refuse_at_once":
            return by_winner.refuse(claim, acting.at, asked_twice=name == "refuse")
        case "choose":
            branch = branches[number % len(branches)].id if branches else "none"
            return by_winner.choose(claim, promotion, branch, number % 2 == 0)
        case "confirm":
            return by_agent.confirm(claim, acting)
        case "call":
            return by_agent.call_reserve(claim, acting, "why")
        case "done":
            return by_agent.mark_done(claim, promotion, step, acting)
        case "return":
            return by_agent.return_step(claim, promotion, step, acting, "why")
        case "approve":
            return by_agent.approve(claim, promotion, acting)
        case "deliver":
            return by_agent.deliver(claim, promotion, acting, "courier")
        case "lose":
            return by_agent.lose(claim, promotion, acting, "why", clause)
        case "cancel":
            return by_agent.cancel(claim, promotion, acting, "why", clause)
        case "reject":
            return by_agent.reject(claim, acting, "why")
        case "release":
            return by_agent.release(claim, acting, "why")
    return by_agent.reopen(claim, acting, "why")
