"""Taking part and receiving a prize where the tables of the promotions do not reach: clocks, ages, order of findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.eligibility import judge, questions, questions_of
from domain.facts import FactError
from domain.verdict import Unknown, Verdict
from tests.domain.given import DOUBLE_CHANCE, ISMET, JANUARY, KASIPKER, PROMOTIONS, SERIKTES, at

TOO = {"legal_form": "TOO", "package": "SERIKTES"}
IP = {"legal_form": "IP", "package": "Kasipker"}
CASH_REGISTER = {
    "legal_form": "IP",
    "app_authorized": True,
    "ekassa_connected_at": "2022-09-10",
    "ofd": "Kazakhtelecom",
    "paid_one_month": True,
}
BUY = {"at": "2025-05-07T12:00:00+05:00", "tickets_at_once": 5, "ussd": "*88*5#"}
SUBSCRIBER = {
    "subscriber_type": "natural person",
    "operator": "Tele2",
    "age_at_purchase": 30,
    "subscribed_88": True,
    "purchases": [BUY],
}
TICKET = {"at": "2026-01-10T12:00:00+05:00", "lottery": "Keno", "amount_kzt": 100, "paid_with_bonus": False}
PLAYER = {"person": "natural person", "age": 30, "registered_on_loto_sz": True, "purchases": [TICKET]}


def connected(moment: str, **facts: object) -> Verdict:
    return judge(SERIKTES, "draw", {**TOO, "connected_at": moment, **facts})


def said(verdict: Verdict) -> tuple[str, str | None]:
    return verdict.answer, verdict.reason


def test_half_past_midnight_on_the_first_of_march_2024_by_the_old_clock_is_still_february() -> None:
    assert connected("2024-03-01T00:30:00+06:00").month == "2024-02"
    assert connected("2024-02-29T18:59:59Z").month == "2024-02"
    assert connected("2024-02-29T19:00:00Z").month == "2024-03"


@pytest.mark.parametrize("region", ["Aktau", "Ақтөбе", "Атырау", "Uralsk", "Кызылорда"])
def test_in_the_west_the_last_hour_of_a_month_belongs_to_two_draws(region: str) -> None:
    verdict = connected("2024-01-31T23:30:00+05:00", region=region)
    assert verdict.answer == "eligible"
    assert isinstance(verdict.month, Unknown)
    asked = connected("2024-01-31T23:30:00+05:00", region=region, draw_period="2024-01")
    assert said(asked) == ("cannot say", "rules_silent")
    assert "5" in asked.clauses


def test_in_the_west_the_last_hour_of_2023_leaves_taking_part_open() -> None:
    assert said(connected("2023-12-31T23:30:00+05:00", region="Aktau")) == ("cannot say", "rules_silent")
    assert connected("2023-12-31T23:30:00+05:00").answer == "eligible"
    assert connected("2023-12-31T22:59:59+05:00", region="Aktau").answer == "not eligible"


def test_a_bare_date_is_that_date_in_every_region() -> None:
    assert connected("2024-01-31", region="Aktau").month == "2024-01"


def test_29_february_2024_is_one_day_in_the_whole_country() -> None:
    assert connected("2024-02-29T23:30:00+05:00", region="Aktau").month == "2024-02"


@pytest.mark.parametrize(
    ("applied", "activated", "answer", "month"),
    [
        ("2024-03-01", "2024-03-20", "eligible", "2024-03"),
        ("2024-03-30", "2024-04-02", "eligible", None),
        ("2024-11-30", "2024-12-02", "cannot say", None),
        ("2024-12-01", "2024-12-02", "not eligible", None),
    ],
)
def test_what_connected_means_matters_only_across_a_bound(
    applied: str, activated: str, answer: str, month: str | None
) -> None:
    verdict = judge(SERIKTES, "draw", {**TOO, "applied_at": applied, "activated_at": activated})
    assert verdict.answer == answer
    if month is not None:
        assert verdict.month == month
    elif answer == "eligible":
        assert isinstance(verdict.month, Unknown)


def test_leaving_before_the_draw_is_open_and_after_its_latest_day_is_not() -> None:
    assert said(connected("2024-03-12", disconnected_at="2024-04-20")) == ("cannot say", "rules_silent")
    assert connected("2024-03-12", disconnected_at="2024-04-21").answer == "eligible"
    assert said(connected("2024-03-12", business_closed_at="2024-03-30")) == ("cannot say", "rules_silent")


def test_an_earlier_winner_may_or_may_not_enter_again() -> None:
    assert said(connected("2024-03-12", won_in="2024-01")) == ("cannot say", "rules_silent")


def test_a_missing_core_fact_gives_way_to_a_condition_that_fails_and_comes_before_an_open_point() -> None:
    assert judge(SERIKTES, "draw", {"legal_form": "AO"}).answer == "not eligible"
    verdict = judge(SERIKTES, "draw", {"legal_form": "TOO", "connected_at": "2024-03-12", "won_in": "2024-01"})
    assert said(verdict) == ("cannot say", "fact_missing")
    assert verdict.missing == ("package",)


def test_a_fact_that_was_asked_and_is_not_known_is_missing() -> None:
    verdict = judge(ISMET, "draw", {**CASH_REGISTER, "sme": None, "receipts_via_app": {"2022-09": 5}})
    assert verdict.missing == ("sme",)


def test_a_circumstance_of_which_the_rules_are_silent_changes_nothing() -> None:
    assert connected("2024-03-12", static_ip_address=False, favourite_colour="blue").answer == "eligible"


def test_an_existing_client_of_kasipker_who_adds_nothing_to_a_new_package_stands_between_two_clauses() -> None:
    facts = {
        **IP,
        "connected_at": "2024-03-10",
        "kazakhtelecom_client_before": True,
        "added_services_to_package": False,
    }
    verdict = judge(KASIPKER, "draw", facts)
    assert said(verdict) == ("cannot say", "rules_silent")
    assert {"3", "4"} <= set(verdict.clauses)


def test_services_added_after_the_period_do_not_bring_an_old_package_in() -> None:
    facts = {**IP, "connected_at": "2023-03-10", "kazakhtelecom_client_before": True, "services_added_at": "2024-12-01"}
    assert judge(KASIPKER, "draw", facts).answer == "not eligible"


def test_receipts_count_by_the_month_of_their_own_time() -> None:
    four = [f"2022-09-{day}T12:00:00+06:00" for day in (11, 12, 13, 14)]
    late = "2022-09-30T23:30:00+05:00"
    facts = {**CASH_REGISTER, "draw_period": "2022-09", "receipts_at": [*four, late]}
    assert judge(ISMET, "draw", facts).answer == "not eligible"
    assert said(judge(ISMET, "draw", {**facts, "region": "Aktau"})) == ("cannot say", "rules_silent")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"receipts_via_app": {"2022-10": 6}, "draw_period": "2022-10"}, "eligible"),
        ({"receipts_via_app": {"2022-09": 6, "2022-10": 6}, "draw_period": "2022-10"}, "cannot say"),
        ({"receipts_via_app": {"2022-10": 6}, "draw_period": "2022-10", "paid_for_month": "2022-09"}, "cannot say"),
        ({"receipts_via_app": {"2022-12": 6}, "draw_period": "2022-12"}, "not eligible"),
        ({"receipts_via_app": {"2022-09": 6}, "earlier_ekassa_since": "2021-05-01"}, "cannot say"),
        ({"receipts_via_app": {"2022-09": 6}, "earlier_ekassa_since": "2022-09-02"}, "eligible"),
        ({"receipts_via_app": {"2022-09": 6}, "personal_accounts": 2}, "eligible"),
    ],
)
def test_one_cash_register_payment_and_months(facts: dict[str, Any], expected: str) -> None:
    assert judge(ISMET, "draw", {**CASH_REGISTER, **facts}).answer == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"subscribed_88_at": "2025-05-07T11:00:00+05:00"}, "eligible"),
        ({"subscribed_88_at": "2025-05-07T13:00:00+05:00"}, "cannot say"),
        ({"subscribed_88_at": "2025-05-21"}, "not eligible"),
        ({"unsubscribed_at": "2025-05-18"}, "cannot say"),
        ({"unsubscribed_at": "2025-05-20"}, "cannot say"),
        ({"unsubscribed_at": "2025-05-21"}, "eligible"),
        ({"subscribed_88": "by a call to the operator"}, "cannot say"),
        ({"ported_to_other_operator_at": "2025-05-10"}, "cannot say"),
        ({"ported_to_other_operator_at": "2025-05-06"}, "not eligible"),
        ({"ported_to_other_operator_at": "2025-06-01"}, "eligible"),
        ({"contract_holder": "spouse"}, "not eligible"),
        ({"contract_holder": "self"}, "eligible"),
        ({"operator": "Теле2"}, "eligible"),
        ({"purchases": [{**BUY, "ussd": "web site"}]}, "not eligible"),
        ({"purchases": [{**BUY, "at": "2025-05-15T23:59:59.900+05:00"}]}, "eligible"),
        ({"purchases": [{**BUY, "at": "2025-05-15T18:59:59Z"}]}, "eligible"),
        ({"purchases": [{**BUY, "at": "2025-05-15T19:00:00Z"}]}, "not eligible"),
        ({"purchases": [{**BUY, "at": "2025-05-15"}]}, "eligible"),
    ],
)
def test_a_subscriber_buys_and_stays(facts: dict[str, Any], expected: str) -> None:
    assert judge(DOUBLE_CHANCE, "draw", {**SUBSCRIBER, **facts}).answer == expected


@pytest.mark.parametrize(
    ("birthday", "expected"),
    [("2007-05-07", "eligible"), ("2025-05-07", "eligible"), ("2025-05-08", "cannot say"), ("2025-05-20", "cannot say"),
     ("2025-05-21", "not eligible")],
)  # fmt: skip
def test_eighteen_between_the_purchase_and_the_draw_is_open(birthday: str, expected: str) -> None:
    facts = {name: value for name, value in SUBSCRIBER.items() if name != "age_at_purchase"}
    assert judge(DOUBLE_CHANCE, "draw", {**facts, "eighteenth_birthday": birthday}).answer == expected


@pytest.mark.parametrize(
    ("birthday", "expected"), [("2026-01-10", "eligible"), ("2026-01-31", "cannot say"), ("2026-02-01", "not eligible")]
)
def test_eighteen_between_the_first_purchase_and_the_end_is_open(birthday: str, expected: str) -> None:
    facts = {name: value for name, value in PLAYER.items() if name != "age"}
    assert judge(JANUARY, "participant", {**facts, "eighteenth_birthday": birthday}).answer == expected


def test_a_ticket_bought_with_bonus_money_makes_a_participant_but_no_chance() -> None:
    facts = {**PLAYER, "purchases": [{**TICKET, "paid_with_bonus": True}]}
    verdict = judge(JANUARY, "participant", facts)
    assert verdict.answer == "eligible"
    assert "3.4" in verdict.clauses
    assert judge(JANUARY, "chance", facts).answer == "not eligible"


def test_a_purchase_on_the_last_day_without_an_hour_asks_for_it() -> None:
    verdict = judge(JANUARY, "participant", {**PLAYER, "purchases": [{**TICKET, "at": "2026-01-31"}]})
    assert said(verdict) == ("cannot say", "fact_missing")


def test_members_of_a_household_have_their_own_accounts() -> None:
    facts = {**PLAYER, "accounts": 1, "household_members_with_own_accounts": 2}
    assert judge(JANUARY, "participant", facts).answer == "eligible"
    assert judge(JANUARY, "participant", {**facts, "accounts": 2}).answer == "not eligible"


@pytest.mark.parametrize(
    ("slug", "question", "facts", "expected"),
    [
        ("seriktes", "electronic_delivery", {}, ("not eligible", None)),
        ("kasipker", "electronic_delivery", {}, ("cannot say", "rules_silent")),
        ("ismet-app", "electronic_delivery", {}, ("eligible", None)),
        ("january-surprise", "electronic_delivery", {"prize": "bonus credit"}, ("eligible", None)),
        ("january-surprise", "electronic_delivery", {"prize": "valuable"}, ("not eligible", None)),
        ("double-chance", "prize_in_cash", {}, ("eligible", None)),
        ("january-surprise", "prize_swap", {}, ("cannot say", "organizer_discretion")),
        ("seriktes", "paid_interview", {}, ("not eligible", None)),
        ("ismet-app", "paid_interview", {}, ("cannot say", "rules_silent")),
        ("kasipker", "representative", {"power_of_attorney": "copy"}, ("cannot say", "rules_silent")),
        ("kasipker", "representative", {"id_document": "copy"}, ("not eligible", None)),
        ("kasipker", "reserve_called", {"main_winner": "refused to sign the act"}, ("cannot say", "rules_silent")),
        ("seriktes", "reserve_called", {"main_winner": "refused to sign the act"}, ("eligible", None)),
        ("ismet-app", "reserve_called", {"main_winner": "no contact for 10 days"}, ("not eligible", None)),
        ("kasipker", "manual_signing", {"can_sign_with_eds": False}, ("cannot say", "organizer_discretion")),
        ("ismet-app", "manual_signing", {"can_sign_with_eds": False, "organizer_approved_manual_signing": True}, ("eligible", None)),
        ("double-chance", "receive_prize", {"first_contact_working_days_after_notification": 15}, ("cannot say", "organizer_discretion")),
        ("double-chance", "receive_prize", {"check_result": "does not meet the conditions"}, ("cannot say", "organizer_discretion")),
        ("ismet-app", "receive_prize", {"check_result": "meets the conditions"}, ("eligible", None)),
        ("ismet-app", "receive_prize", {"act_signed": "no"}, ("eligible", None)),
        ("seriktes", "receive_prize", {"act_signed": "no", "today_days_after_draw": 15}, ("not eligible", None)),
        ("january-surprise", "receive_prize", {"prize": "bonus credit", "photo_with_prize": "refused"}, ("cannot say", "rules_silent")),
        ("january-surprise", "receive_prize", {"screenshot": False}, ("cannot say", "rules_silent")),
        ("january-surprise", "receive_prize", {"prize": "bonus credit", "screenshot": False}, ("eligible", None)),
        ("january-surprise", "receive_prize", {"not_reached_for_days": 9, "today_days_after_determination": 9}, ("eligible", None)),
        ("january-surprise", "is_winner", {"screen_shows": "iPhone"}, ("cannot say", "fact_missing")),
        ("seriktes", "second_account", {}, ("cannot say", "rules_silent")),
    ],
)  # fmt: skip
def test_questions_beyond_the_draw(
    slug: str, question: str, facts: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    assert said(judge(PROMOTIONS[slug], question, {"is_winner": True, **facts})) == expected


def test_a_mask_that_fits_in_the_list_of_participants_says_nothing_of_winning() -> None:
    facts = {"published_mask": "7 747 9** *3 83", "own_number": "8(747)900-03-83", "source": "participants"}
    verdict = judge(DOUBLE_CHANCE, "is_winner", facts)
    assert verdict.missing == ("organizer_confirmation",)
    assert "5.2" in verdict.clauses


def test_every_reason_stands_on_a_clause_of_the_rulebook() -> None:
    for promotion in PROMOTIONS.values():
        for question in questions_of(promotion):
            verdict = judge(promotion, question, {})
            assert verdict.clauses, (promotion.slug, question)
            for finding in verdict.findings:
                assert all(clause in promotion.rulebook for clause in finding.clauses)
                assert finding.status == "met" or finding.clauses, (promotion.slug, question, finding)


def test_what_the_person_can_still_change_comes_first_while_the_promotion_runs() -> None:
    facts = {**PLAYER, "person": "legal entity", "registered_on_loto_sz": False}
    running = judge(JANUARY, "participant", facts, now=at("20 12:00"))
    assert [finding.criterion for finding in running.findings[:2]] == ["registered", "person"]
    assert running.findings[0].changeable
    ended = judge(JANUARY, "participant", facts, now=at("31 19:00"))
    assert not any(finding.changeable for finding in ended.findings if finding.status == "not met")


def test_the_next_facts_to_ask_are_those_that_are_not_known_and_still_matter() -> None:
    first = questions(KASIPKER, "draw", {})
    assert [fact.fact for fact in first[:3]] == ["legal_form", "package", "connected_at"]
    assert "added_services_to_package" not in [fact.fact for fact in first]
    later = questions(KASIPKER, "draw", {"legal_form": "IP", "kazakhtelecom_client_before": True})
    assert "added_services_to_package" in [fact.fact for fact in later]
    assert questions(KASIPKER, "draw", {"legal_form": "TOO"}) == ()


def test_a_fact_that_was_skipped_is_not_asked_again() -> None:
    assert "package" not in [fact.fact for fact in questions(SERIKTES, "draw", {"package": None})]


def test_an_unreadable_fact_is_named() -> None:
    with pytest.raises(FactError, match="connected_at"):
        connected("вчера")


def test_a_settled_point_makes_the_verdict_definite() -> None:
    points = tuple(replace(p, settled="once" if p.id == "O-8" else None) for p in SERIKTES.open_points)
    promotion = replace(SERIKTES, open_points=points)
    assert judge(promotion, "draw", {**TOO, "connected_at": "2024-03-12", "won_in": "2024-01"}).answer == "not eligible"


def asked_next(slug: str, **facts: object) -> str | None:
    found = questions(PROMOTIONS[slug], "draw", facts)
    return found[0].fact if found else None


def test_the_region_is_asked_only_where_an_hour_decides() -> None:
    assert asked_next("seriktes", **TOO, connected_at="2024-01-30") == "won_in"
    assert asked_next("seriktes", **TOO, connected_at="2024-01-31") == "region"
    assert asked_next("seriktes", **TOO, connected_at="2024-02-29") == "won_in"
    assert asked_next("seriktes", **TOO, connected_at="2024-01-31", region="Aktau") == "in_last_hour"
    assert asked_next("seriktes", **TOO, connected_at="2024-01-31", region="other") == "won_in"


def test_a_day_before_the_period_is_not_refused_before_the_hour_is_known() -> None:
    assert asked_next("kasipker", **IP, connected_at="2023-12-31") == "region"
    assert asked_next("kasipker", **IP, connected_at="2023-12-31", region="other") is None
    assert asked_next("kasipker", **IP, connected_at="2023-12-30") is None


def test_only_the_open_point_that_decides_is_named() -> None:
    west = judge(KASIPKER, "draw", {**IP, "connected_at": "2023-12-31", "region": "Oral", "in_last_hour": True})
    assert said(west) == ("cannot say", "rules_silent")
    assert not [point for finding in west.findings for point in finding.open_points]
    dates = {"applied_at": "2024-11-29", "activated_at": "2024-12-03"}
    two = judge(KASIPKER, "draw", {**IP, **dates})
    assert {point for finding in two.findings for point in finding.open_points} == {"O-9"}


_CHANGE = datetime(2024, 2, 29, 18, tzinfo=UTC)  # clocks went back from 24:00 to 23:00


@given(st.integers(-90_000, 90_000), st.sampled_from([0, 5, 6]))
@settings(max_examples=100, deadline=None)
def test_around_the_change_of_clocks_the_month_hangs_on_the_instant_and_not_on_how_it_is_written(
    seconds: int, offset: int
) -> None:
    moment = _CHANGE + timedelta(seconds=seconds)
    verdict = connected(moment.astimezone(timezone(timedelta(hours=offset))).isoformat())
    assert verdict.month == ("2024-03" if seconds >= 3600 else "2024-02")
