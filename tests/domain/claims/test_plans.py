"""The plans of the five promotions say what the rules say, clause by clause, and show each term as a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.claims.acts import Acting, ClaimActed, begin
from domain.claims.claim import Claim
from domain.claims.plan import PlanStep
from domain.claims.progress import StepTerm, progress
from domain.facts import When
from domain.promotion import Promotion
from tests.domain.given import CALENDAR, DOUBLE_CHANCE, ISMET, JANUARY, KASIPKER, PROMOTIONS, SERIKTES

CLAUSES = {
    "seriktes": "tell 10 · check 7 · in-touch 12 · register 9 · send-act 11 · sign-act 9 11 13 · allow-by-hand 9 · sign-by-hand 9 13"
    " · id-paper 13 · authorise 16 13 · hand-over 8",
    "kasipker": "tell 8 · check 5 · in-touch 10 · register 7 10 · send-act 9 · sign-act 7 10 11 · allow-by-hand 7"
    " · sign-by-hand 7 10 11 · id-paper 11 · authorise 14 · hand-over 6",
    "ismet-app": "tell 7 · check 8 · in-touch 9 · id-paper 12 · hand-over 13 · sign-act 10 12 · allow-by-hand 11"
    " · sign-by-hand 11 10 12 · photo 10 17",
    "double-chance": "tell 5.6 5.7 · check 5.3 · in-touch 5.7 · available 5.9 · id-paper 5.11 5.9 5.14 · passport 5.11 5.9 5.14"
    " · iban 5.11 5.9 5.14 · office 5.10 5.11 5.9 5.14 · head-office 5.13 · hand-over 5.13 5.12 7.1",
    "january-surprise": "tell 3.15 · check 4.2 · in-touch 3.15 4.1 · screenshot 3.6 · consent 3.12 · address 3.11 · hand-over 3.11"
    " · photo 3.12",
}
MISSED = {
    "seriktes": {"breach": "7", "not_in_touch": "12", "no_id_or_signature": "13"},
    "kasipker": {"breach": "5", "not_in_touch": "10", "conditions_not_fulfilled": "10", "no_id_or_signature": "11"},
    "ismet-app": {"breach": "8", "not_in_touch": "9", "no_id_or_signature": "12"},
    "double-chance": {"not_in_touch": "5.7", "breach": "5.8", "not_collected": "5.14"},
    "january-surprise": {"not_in_touch": "3.15", "no_consent": "3.12"},
}


def confirmed(promotion: Promotion, at: str = "2024-02-21T12:00+06:00", **events: When) -> Claim:
    acting = Acting("import", datetime.fromisoformat(at).astimezone(UTC), "list")
    acted = begin("c1", promotion, "confirmed", acting, events=events)
    assert isinstance(acted, ClaimActed)
    return acted.claim


def term(promotion: Promotion, claim: Claim, step: str, now: str) -> StepTerm:
    found = progress(claim, promotion, datetime.fromisoformat(now), CALENDAR).step(step)
    assert found is not None
    return found.terms[0]


@pytest.mark.parametrize("slug", sorted(CLAUSES))
def test_each_step_stands_on_its_clauses(slug: str) -> None:
    plan = PROMOTIONS[slug].claim
    assert plan is not None
    assert " · ".join(f"{step.id} {' '.join(step.clauses)}" for step in plan.steps) == CLAUSES[slug]


@pytest.mark.parametrize("slug", sorted(MISSED))
def test_what_follows_from_a_missed_step_stands_on_its_clause(slug: str) -> None:
    plan = PROMOTIONS[slug].claim
    assert plan is not None
    assert {case.case: case.clauses[0] for case in plan.consequences} == MISSED[slug]


def test_a_reserve_comes_next_only_where_the_clause_says_so() -> None:
    calls = {
        slug: sorted({c for case in promotion.claim.consequences if case.reserve_next for c in case.clauses})
        for slug, promotion in PROMOTIONS.items()
        if promotion.claim is not None
    }
    assert calls == {
        "seriktes": ["12", "13", "7"],
        "kasipker": ["10", "5"],  # a refusal to sign (11) calls nobody there
        "ismet-app": [],
        "double-chance": [],
        "january-surprise": [],
    }


@pytest.mark.parametrize("slug", sorted(PROMOTIONS))
def test_no_document_is_asked_for_without_a_clause_of_its_step(slug: str) -> None:
    promotion = PROMOTIONS[slug]
    assert promotion.claim is not None
    clauses = {document.id: document.clause for document in promotion.documents}
    asked = [(id, step.clauses) for step in promotion.claim.steps for id in step.documents]
    assert asked
    assert all(clauses[id] in stands for id, stands in asked)


def test_the_normal_way_of_seriktes_and_kasipker_sends_nothing_and_january_surprise_asks_for_no_identity() -> None:
    for promotion in (SERIKTES, KASIPKER):
        assert promotion.claim is not None
        normal = {id for step in promotion.claim.along(()) for id in step.documents}
        assert normal == {"act", "id"}  # signed on Ismet.kz, and shown at the hand-over
    assert JANUARY.claim is not None
    asked = {id for step in JANUARY.claim.steps for id in step.documents}
    assert asked == {"screenshot", "personal-data-consent", "photo-with-prize"}


def test_a_term_is_shown_with_weekday_days_left_and_calendar() -> None:
    claim = confirmed(SERIKTES, drawn_at=date(2024, 2, 20))
    found = term(SERIKTES, claim, "in-touch", "2024-02-27T10:00+06:00")
    assert (found.last, found.weekday, found.days_left, found.exact) == (date(2024, 3, 1), 4, 3, True)
    assert found.calendar == CALENDAR.stamp
    # at 01:30+06:00 on 2 March the clocks of Almaty already stand at 00:30 of 2 March: the first of March is over
    assert term(SERIKTES, claim, "in-touch", "2024-03-02T01:30+06:00").passed
    assert not term(SERIKTES, claim, "in-touch", "2024-03-02T00:30+06:00").passed


def test_kasipker_puts_everything_into_the_same_ten_days() -> None:
    claim = confirmed(KASIPKER, drawn_at=date(2024, 2, 20))
    lasts = {
        step: term(KASIPKER, claim, step, "2024-02-21T12:00+06:00").last
        for step in ("in-touch", "register", "sign-act")
    }
    assert set(lasts.values()) == {date(2024, 3, 1)}


def test_the_act_of_seriktes_has_no_term() -> None:
    found = term(SERIKTES, confirmed(SERIKTES, drawn_at=date(2024, 2, 20)), "sign-act", "2024-02-21T12:00+06:00")
    assert (found.last, found.silent) == (None, True)


def test_where_the_rules_leave_the_day_open_the_earliest_is_shown_and_why() -> None:
    at = "2026-01-14T12:00+05:00"
    claim = confirmed(JANUARY, at, box_opened_at=date(2026, 1, 12))
    found = term(JANUARY, claim, "in-touch", at)
    assert (found.last, found.exact, found.open_points) == (date(2026, 1, 22), False, ("O-16",))
    assert "4.1" in found.clauses
    settled = tuple(
        replace(point, settled="published_on_site_at") if point.id == "O-16" else point for point in JANUARY.open_points
    )
    decided = replace(JANUARY, open_points=settled)
    claim = confirmed(decided, at, box_opened_at=date(2026, 1, 12), published_on_site_at=date(2026, 1, 14))
    assert (term(decided, claim, "in-touch", at).last, term(decided, claim, "in-touch", at).exact) == (
        date(2026, 1, 24),
        True,
    )


def test_double_chance_counts_from_the_first_notice_until_the_second_is_known() -> None:
    at = "2025-05-21T12:00+05:00"
    claim = confirmed(DOUBLE_CHANCE, at, notified_at=date(2025, 5, 20))
    assert term(DOUBLE_CHANCE, claim, "in-touch", at).last == date(2025, 6, 10)
    office = term(DOUBLE_CHANCE, claim, "office", at)
    assert (office.last, office.exact, office.open_points) == (date(2025, 6, 19), False, ("O-15",))
    later = replace(claim, events={**claim.events, "notified_prize_available_at": date(2025, 5, 22)})
    assert (term(DOUBLE_CHANCE, later, "office", at).last, term(DOUBLE_CHANCE, later, "office", at).exact) == (
        date(2025, 6, 21),
        True,
    )
    assert term(DOUBLE_CHANCE, claim, "tell", at).last == date(2025, 5, 29)  # reached at all, 5.7


def test_the_organizers_check_of_ismet_app_falls_on_a_working_saturday() -> None:
    claim = confirmed(ISMET, "2022-10-21T12:00+06:00", drawn_at=date(2022, 10, 20))
    assert term(ISMET, claim, "check", "2022-10-21T12:00+06:00").last == date(2022, 10, 22)


def test_a_branch_replaces_steps_and_can_be_taken_back() -> None:
    def along(promotion: Promotion, *branches: str) -> list[str]:
        assert promotion.claim is not None
        steps: tuple[PlanStep, ...] = promotion.claim.along(branches)
        return [step.id for step in steps if step.mover == "winner"]

    assert along(SERIKTES) == ["in-touch", "register", "sign-act", "id-paper"]
    assert along(SERIKTES, "by-hand", "representative") == [
        "in-touch",
        "register",
        "sign-by-hand",
        "id-paper",
        "authorise",
    ]
    assert "passport" in along(DOUBLE_CHANCE, "non-resident")
    assert "id-paper" not in along(DOUBLE_CHANCE, "non-resident")
