"""Two small promotions and a library that knows a question by one word of it: enough to hold any talk.

«Альфа» was written in Russian and has a table; «Бета» was written in Kazakh and still runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.promotion import Contact, Fund, Period, Prize, Promotion
from domain.rulebook import Clause, Language, Localized, Rulebook, Section
from domain.search.finder import Kind, Scored, SearchResult

ZONE = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 6, 1, 5, tzinfo=UTC)
TABLE = {
    "ru": "Таблица 1\n| Месяц | Приз |\n|---|---|\n| январь | 600 000 |\n| февраль | |",
    "kk": "1-кесте\n| Ай | Жүлде |\n|---|---|\n| қаңтар | 600 000 |\n| ақпан | |",
}


def both(kk: str, ru: str, original: Language | None = None) -> Localized:
    return Localized(kk, ru, original)


def clause(number: str, section: Section, kk: str, ru: str, original: Language, see: tuple[str, ...] = ()) -> Clause:
    return Clause(
        number=number,
        text=both(TABLE["kk"], TABLE["ru"], original)
        if "table" in number
        else both(f"{kk} сөзі", f"слова: {ru}", original),
        section=section,
        label=both(kk[:20], ru[:20]),
        title=both(f"{kk} туралы", f"о пункте {ru}"),
        answer=both(f"Жауап: {kk}", f"Ответ: {ru}"),
        note=both("Ескертпе", "Примечание") if see else None,
        see=see,
    )


def promotion(slug: str, name: str, original: Language, starts: datetime, ends: datetime) -> Promotion:
    clauses = (
        clause("1", "dates", "Мерзім", "Сроки", original),
        clause("2", "who", "Кім қатысады", "Кто участвует", original, see=("1", "3")),
        clause("3", "tax", "Салық", "Налог", original),
        clause("4", "claim", "Жүлдені алу", "Получение", original),
        clause("table 1", "prizes", "Жүлделер", "Призы", original),
    )
    return Promotion(
        slug=slug,
        name=both(name, name),
        label=both(name, name),
        names=(name.lower(),),
        zone=ZONE,
        organizer=both("Ұйымдастырушы", "Организатор"),
        organizer_clause="1",
        periods=(Period("promotion", "promotion", both("Мерзім", "Срок"), starts, ends, "1"),),
        prizes=(
            Prize("car", "goods", both("Көлік", "Машина"), 1, 9_000_000, "table 1"),
            Prize("pen", "goods", both("Қалам", "Ручка"), None, 500, "table 1"),
        ),
        draws=(),
        contacts=(Contact("site", "alfa.kz", "1", both("ақпарат", "справка")),),
        documents=(),
        rulebook=Rulebook(both("Ереже", "Правила", original), clauses, "v1"),
        fund=Fund(9_000_500, "table 1"),
    )


ALFA = promotion(
    "alfa", "Альфа", "ru", datetime(2025, 1, 1, tzinfo=ZONE), datetime(2025, 3, 31, 23, 59, 59, tzinfo=ZONE)
)
BETA = promotion(
    "beta", "Бета", "kk", datetime(2026, 5, 1, 14, tzinfo=ZONE), datetime(2026, 7, 31, 18, 59, 59, tzinfo=ZONE)
)

QUESTIONS: dict[str, tuple[Kind, tuple[str, ...]]] = {
    "налог": ("answer", ("3", "4")),
    "салық": ("answer", ("3", "4")),
    "кто": ("answer", ("2", "1")),
    "кім": ("answer", ("2", "1")),
    "таблиц": ("answer", ("table 1", "4")),
    "кесте": ("answer", ("table 1", "4")),
    "приз": ("choose", ("4", "table 1")),
    "жүлде": ("choose", ("4", "table 1")),
    "парковк": ("rules_silent", ("2", "1")),
    "тұрақ": ("rules_silent", ("2", "1")),
    "погода": ("offtopic", ("1",)),
    "ауа райы": ("offtopic", ("1",)),
    "дурак": ("abuse", ("1",)),
    "ақымақ": ("abuse", ("1",)),
    "спасибо": ("thanks", ("1",)),
    "рақмет": ("thanks", ("1",)),
    "здравствуйте": ("greeting", ("1",)),
    "сәлем": ("greeting", ("1",)),
    "как дела": ("smalltalk", ("1",)),
    "қалайсың": ("smalltalk", ("1",)),
    "сотрудник": ("person", ("1",)),
    "қызметкер": ("person", ("1",)),
}


@dataclass(frozen=True)
class TwoPromotions:
    """Fulfils `dialogs.turn.Library`."""

    promotions: Mapping[str, Promotion] = field(default_factory=lambda: {p.slug: p for p in (ALFA, BETA)})

    def find(self, slug: str, question: str) -> SearchResult:
        assert slug in self.promotions
        for word, (kind, numbers) in QUESTIONS.items():
            if word in question.lower():
                return SearchResult(kind, tuple(Scored(number, 0.9) for number in numbers), 0.9)
        return SearchResult("rules_silent", (), 0.9)

    def language(self, text: str, *, surely: bool = False) -> Language | None:
        letters = {letter for letter in text.lower() if "а" <= letter <= "я" or letter in "әғқңөұүһі"}
        return ("kk" if letters & set("әғқңөұүһі") else "ru") if letters else None

    def named(self, text: str, *, plainly: bool = False) -> str | None:
        return next((slug for slug, p in self.promotions.items() if p.names[0] in text.lower()), None)

    def only_names(self, text: str, slug: str) -> bool:
        return text.lower().strip() == self.promotions[slug].names[0]

    def talk(self, text: str) -> str | None:
        kind = self.find(next(iter(self.promotions)), text).kind
        return None if kind in ("answer", "choose", "rules_silent") else kind


class Published(TwoPromotions):
    """The organisers' own promotions, questions found by the same few words: each stands for the first clauses of the rules."""

    def find(self, slug: str, question: str) -> SearchResult:
        found = super().find(slug, question)
        clauses = self.promotions[slug].rulebook.clauses
        numbers = tuple(clauses[at].number for at in range(len(found.clauses)))
        return SearchResult(found.kind, tuple(Scored(number, 0.9) for number in numbers), found.confidence)
