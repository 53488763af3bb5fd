"""Two small promotions to learn from: a few questions each, with points, sides and a silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.points import Point
from domain.promotion import Promotion
from domain.rulebook import Clause, Localized, Rulebook
from storage.answers.lessons import Course, Recipe, School, course
from storage.answers.training import Learnt, learn
from storage.promotions.samples import Sample, Side
from tests.dialogs.library import ALFA

WORDS = Localized(kk="сөз", ru="слово")


def clause(number: str, kk: str, ru: str) -> Clause:
    text = Localized(kk=kk, ru=ru, original="ru")
    return Clause(number, text, "other", label=text, title=text, answer=text)


def point(id: str, number: str, kk: str, ru: str, *, silent: bool = False) -> Point:
    return Point(id, (number,), Localized(kk, ru), Localized(kk, ru), silent)


def promotion(clauses: Sequence[Clause], points: Sequence[Point]) -> Promotion:
    return replace(ALFA, rulebook=Rulebook(WORDS, tuple(clauses), "1"), points=tuple(points))


RICH = promotion(
    (clause("1", "Ұтыс 20 мамырда.", "Розыгрыш 20 мая."), clause("2", "Салық.", "Налог платит победитель.")),
    (
        point("date", "1", "Ұтыс 20 мамырда өтеді.", "Розыгрыш пройдёт 20 мая."),
        point("payer", "2", "Салықты жеңімпаз төлейді.", "Налог платит победитель."),
        point("warranty", "2", "Кепілдік көрсетілмеген.", "В правилах не указано, есть ли гарантия.", silent=True),
    ),
)
PLAIN = promotion(
    (clause("7", "Салық.", "Налог платит организатор."), clause("8", "Ұтыс айда.", "Розыгрыш в июне.")), ()
)


def of_point(id: str, number: str, *texts: str, side: Side | None = None, silent: bool = False) -> list[Sample]:
    return [Sample(text, "ru", (number,), "rules_silent" if silent else None, id, side) for text in texts]


def of_clause(number: str, *texts: str) -> list[Sample]:
    return [Sample(text, "ru", (number,)) for text in texts]


OWN_RICH = [
    *of_point("date", "1", "когда розыгрыш", "дата розыгрыша", "какого числа разыграют приз"),
    *of_point("payer", "2", "кто платит налог", "налог с приза", "сколько процентов налог"),
    *of_point("payer", "2", "налог платит победитель?", "налог на мне?", "победитель сам платит?", side="yes"),
    *of_point("payer", "2", "налог платит организатор?", "налог на организаторе?", "вы платите?", side="no"),
    *of_point("warranty", "2", "какая гарантия", "гарантия на приз", "есть гарантийный срок", silent=True),
]
OWN_PLAIN = [
    *of_clause("7", "налог кто платит", "нужно платить налог?"),
    *of_clause("8", "розыгрыш когда", "какая дата"),
]
COMMON = [Sample("спасибо", "ru", (), "thanks"), Sample("какая погода", "ru", (), "offtopic")]


def studied(of: Promotion = RICH, own: Sequence[Sample] = OWN_RICH) -> Course:
    return course(of, own, COMMON, School("налог|налог салық\n"), Recipe())


def learnt(of: Promotion = RICH, own: Sequence[Sample] = OWN_RICH) -> Learnt:
    school = School("налог|налог салық\n")
    return learn(course(of, own, COMMON, school, Recipe()), Recipe(), "1", school)
