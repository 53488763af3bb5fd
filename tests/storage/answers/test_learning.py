"""Points are learnt from few questions, with the side that questions take, and when to trust an answer from how they look unseen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from domain.search.finder import SILENCES, Finder, SearchResult, confide, evidence
from domain.search.model import Scores
from storage.answers.calibrating import calibrate
from storage.answers.lessons import Recipe
from storage.answers.regression import invert_root, times_lower, times_upper
from tests.storage.answers.small import OWN_PLAIN, PLAIN, learnt, studied


@pytest.fixture(scope="module")
def finder() -> Finder:
    done = learnt()
    return Finder(replace(done.model, **calibrate([done.unseen], Recipe())))


def points(found: SearchResult) -> list[str | None]:
    return [hit.point for hit in found.hits]


def test_a_small_promotion_learns_its_points_from_a_few_questions(finder: Finder) -> None:
    assert points(finder.find("с приза берут налог?"))[0] == "payer"
    assert points(finder.find("какого числа розыгрыш"))[0] == "date"


def test_a_silence_of_the_rules_is_learnt_like_a_point(finder: Finder) -> None:
    found = finder.find("какая гарантия на приз")
    assert (found.kind, found.hits[0].point, found.hits[0].silent) == ("rules_silent", "warranty", True)


def test_the_side_of_a_question_is_learnt_from_signed_ones(finder: Finder) -> None:
    assert finder.find("налог платит победитель или как").side > 0
    assert finder.find("налог платит сам организатор").side < 0


def test_a_promotion_without_points_answers_with_its_clauses() -> None:
    done = learnt(PLAIN, OWN_PLAIN)
    model = replace(done.model, **calibrate([learnt().unseen, done.unseen], Recipe()))
    assert model.classes == ("7", "8", *SILENCES)
    found = Finder(model).find("кто платит налог?")
    assert (found.hits[0].point, found.hits[0].number) == (None, "7")


def test_the_lessons_of_a_point_stand_for_it_and_keep_their_side() -> None:
    course = studied()
    by_text = {lesson.text: lesson for lesson in course.lessons}
    asked = by_text["налог на организаторе?"]
    assert (course.classes[asked.classes[0]], asked.side, asked.asks) == ("#payer", -1, True)
    assert by_text["налог на мне?"].side == 1
    assert not by_text["Розыгрыш пройдёт 20 мая."].asks
    silent = course.classes.index("#warranty")
    assert course.silent[silent]
    assert by_text["какая гарантия"].classes == (silent,)


@pytest.mark.parametrize("which", ["rich", "plain"])
def test_evidence_of_all_lessons_at_once_is_the_evidence_of_each(which: str) -> None:
    unseen = (learnt() if which == "rich" else learnt(PLAIN, OWN_PLAIN)).unseen
    course, rows = unseen.course, unseen.seen()
    end = len(course.classes) - len(SILENCES)
    stated = [at for at in range(end) if not course.silent[at]]
    silent = [at for at in range(end) if course.silent[at]]
    for at, shown in enumerate(course.shown):
        scores = unseen.scores[at].tolist()
        one = Scores(scores, float(unseen.known[at]), shown.length, np.zeros(0, dtype=np.float32))
        assert rows[at].tolist() == pytest.approx(evidence(scores, one, stated, silent, end, course.clauses))


def test_no_more_own_samples_are_refused_by_a_model_without_them_than_the_recipe_allows() -> None:
    unseen = learnt().unseen
    trust = calibrate([unseen], Recipe())
    answered = [
        row
        for row, truth, lesson in zip(unseen.seen(), unseen.truths(), unseen.course.lessons, strict=True)
        if truth == "answer" and lesson.tested
    ]
    refused = sum(confide(trust["answerable"], row) < trust["answerable_from"] - 1e-6 for row in answered)
    assert refused <= Recipe().false_refusals * len(answered)


def test_what_a_text_looks_like_unseen_follows_from_the_inverse_of_a_triangle() -> None:
    made = np.random.default_rng(1).normal(size=(300, 300)).astype(np.float32)
    system = made @ made.T + 300 * np.eye(300, dtype=np.float32)
    lower = system.copy()
    invert_root(lower)
    assert np.allclose(lower.T @ lower @ system, np.eye(300), atol=1e-3)
    assert not np.triu(lower, 1).any()
    assert np.allclose(times_lower(lower, made), lower @ made, atol=1e-4)
    assert np.allclose(times_upper(lower.T, made), lower.T @ made, atol=1e-4)
