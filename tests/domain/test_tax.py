"""The tax on a prize by the text of the rules alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.tax import Tax, Won, assess
from domain.verdict import Unknown
from tests.domain.given import DOUBLE_CHANCE, JANUARY, SERIKTES

MRP = 4325


def goods(value: int, several: int = 1, resident: bool | None = True, relief: str = "") -> Tax:
    disability, parent = relief == "disability", relief == "parent_of_disabled_child"
    return assess(JANUARY, Won("goods", value, several), MRP, resident, disability, parent)


def bonus(value: int, several: int = 1) -> Tax:
    return assess(JANUARY, Won("bonus balance", value, several), MRP, True)


def test_exactly_six_mrp_is_not_above_six_mrp() -> None:
    assert goods(6 * MRP).taxed is False
    assert goods(6 * MRP + 1).taxed is True


def test_the_rate_applies_to_the_whole_prize() -> None:
    tax = assess(DOUBLE_CHANCE, Won("cash", 30_000), MRP, True)
    assert (tax.withheld_kzt, tax.winner_receives_kzt) == (3_000, 27_000)


def test_several_winnings_are_open_only_if_adding_them_up_matters() -> None:
    assert bonus(5_000, 5).taxed is False
    assert isinstance(bonus(5_000, 6).taxed, Unknown)
    assert goods(41_990, 2).taxed is True


def test_whether_a_bonus_credit_is_money_decides_who_pays() -> None:
    tax = bonus(30_000)
    assert tax.taxed is True
    assert isinstance(tax.paid_by, Unknown)
    assert isinstance(tax.withheld_kzt, Unknown)


@pytest.mark.parametrize("relief", ["disability", "parent_of_disabled_child"])
def test_a_relief_that_the_rules_only_mention_leaves_the_tax_open(relief: str) -> None:
    tax = goods(289_990, relief=relief)
    assert isinstance(tax.taxed, Unknown)
    assert tax.withheld_kzt == 0
    assert "7.3" in tax.clauses
    assert goods(17_890, relief=relief).taxed is False


def test_residence_matters_only_above_the_threshold() -> None:
    assert goods(17_890, resident=None).missing == ()
    assert goods(41_990, resident=None).missing == ("resident",)


def test_without_the_mrp_only_what_holds_anyway_is_said() -> None:
    tax = assess(JANUARY, Won("goods", 41_990), None, True)
    assert isinstance(tax.taxed, Unknown)
    assert tax.withheld_kzt == 0
    assert tax.missing == ("mrp_kzt",)


def test_where_the_organizer_is_only_named_responsible_nothing_is_computed() -> None:
    tax = assess(SERIKTES, Won("certificate", 600_000), MRP, True)
    assert tax.paid_by == "organizer_responsible"
    assert isinstance(tax.withheld_kzt, Unknown)


_values, _mrp = st.integers(0, 2_000_000), st.one_of(st.none(), st.integers(1, 10_000))
_residence = st.sampled_from([True, False, None])


@given(_values, _mrp, _residence, st.booleans(), st.integers(1, 5), st.sampled_from(["goods", "bonus balance", "cash"]))
@settings(max_examples=200, deadline=None)
def test_whatever_is_said_of_a_prize_adds_up(
    value: int, mrp: int | None, resident: bool | None, relief: bool, several: int, kind: str
) -> None:
    found = assess(JANUARY, Won(kind, value, several), mrp, resident, disability=relief)
    if isinstance(found.withheld_kzt, int) and isinstance(found.winner_receives_kzt, int):
        assert found.withheld_kzt + found.winner_receives_kzt == value * several
    if found.taxed is False:
        assert (found.rate_percent, found.paid_by, found.withheld_kzt) == (None, "nobody", 0)
    if isinstance(found.taxed, bool) and mrp is not None and several == 1:
        assert found.taxed == (value > 6 * mrp)
    assert (found.reason is None) == all(
        not isinstance(part, Unknown)
        for part in (found.taxed, found.rate_percent, found.paid_by, found.withheld_kzt, found.threshold_kzt)
    )


@given(_values, st.integers(1, 10_000), st.booleans())
@settings(max_examples=100, deadline=None)
def test_what_is_not_known_never_says_more_than_any_answer_to_it(value: int, mrp: int, resident: bool) -> None:
    vague = assess(DOUBLE_CHANCE, Won("cash", value), mrp, None)
    exact = assess(DOUBLE_CHANCE, Won("cash", value), mrp, resident)
    for name in ("taxed", "rate_percent", "paid_by", "withheld_kzt", "winner_receives_kzt", "threshold_kzt"):
        if not isinstance(getattr(vague, name), Unknown):
            assert getattr(vague, name) == getattr(exact, name)
