"""Two small promotions and a library that knows a question by one word of it: enough to hold any talk.

«Альфа» was written in Russian and has a table; «Бета» was written in Kazakh and still runs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.points import Point
from domain.promotion import Contact, Fund, Period, Prize, Promotion
from domain.rulebook import Clause, Language, Localized, Rulebook, Section
from domain.search.finder import Hit, Kind, SearchResult
from domain.search.wishes import Wish

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


def point(id: str, clauses: tuple[str, ...], kk: str, ru: str, *, silent: bool = False) -> Point:
    return Point(id, clauses, both(kk, ru), both(f"{id} туралы", f"о {id}"), silent)


POINTS = {
    each.id: each
    for each in (
        point("tax", ("3",), "Салықты жеңімпаз төлейді.", "Налог платит победитель."),
        point("who", ("2",), "Ересектер қатысады.", "Участвуют совершеннолетние."),
        point("collect", ("4",), "Жүлде кеңседе беріледі.", "Приз выдают в офисе."),
        point("copy", ("4",), "Құжаттың түпнұсқасы керек.", "Нужен оригинал документа."),
        point(
            "parking", ("2",), "Ережеде тұрақ көрсетілмеген.", "В правилах не указано, есть ли парковка.", silent=True
        ),
        point("odds", (), "Ережеде мүмкіндік көрсетілмеген.", "В правилах не указаны шансы.", silent=True),
    )
}


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
        points=tuple(POINTS.values()),
    )


ALFA = promotion(
    "alfa", "Альфа", "ru", datetime(2025, 1, 1, tzinfo=ZONE), datetime(2025, 3, 31, 23, 59, 59, tzinfo=ZONE)
)
BETA = promotion(
    "beta", "Бета", "kk", datetime(2026, 5, 1, 14, tzinfo=ZONE), datetime(2026, 7, 31, 18, 59, 59, tzinfo=ZONE)
)


def hit(name: str) -> Hit:
    """A point (`#id`) or a whole clause."""
    if not name.startswith("#"):
        return Hit(None, (name,), 0.9)
    return Hit(name[1:], POINTS[name[1:]].clauses, 0.9, POINTS[name[1:]].silent)


def result(
    kind: Kind, *names: str, confidence: float = 0.9, both: bool = False, side: float = 0.0, yes_no: bool = False
) -> SearchResult:
    return SearchResult(kind, tuple(map(hit, names)), confidence, both, side, yes_no)


TAX = result("answer", "#tax", "#collect")
WHO = result("answer", "#who", "1")
COPY = result("answer", "#copy", "#collect", side=-0.9, yes_no=True)
ORIGINAL = result("answer", "#copy", "#collect", side=0.9, yes_no=True)
OFFICE = result("answer", "#collect", yes_no=True)
TWO = result("answer", "#collect", "#tax", both=True)
TABLE_ROWS = result("answer", "table 1", "4")
PRIZE = result("choose", "#collect", "table 1")
PARKING = result("rules_silent", "#parking", "#who")
ODDS = result("rules_silent", "#odds")
UNCERTAIN = result("unsure", "#who", confidence=0.4)
UNKNOWN = result("unsure", "#who", confidence=0.1)
QUESTIONS: dict[str, SearchResult] = {
    **dict.fromkeys(("налог", "салық"), TAX),
    **dict.fromkeys(("кто", "кім"), WHO),
    **dict.fromkeys(("копи", "көшірме"), COPY),
    **dict.fromkeys(("оригинал", "түпнұсқа"), ORIGINAL),
    **dict.fromkeys(("офис", "кеңсе"), OFFICE),
    **dict.fromkeys(("вручени", "тапсыру"), TWO),
    **dict.fromkeys(("таблиц", "кесте"), TABLE_ROWS),
    **dict.fromkeys(("приз", "жүлде"), PRIZE),
    **dict.fromkeys(("парковк", "тұрақ"), PARKING),
    **dict.fromkeys(("шансы", "мүмкіндігі"), ODDS),
    **dict.fromkeys(("туманн", "тұман"), UNCERTAIN),
    **dict.fromkeys(("погода", "ауа райы"), result("offtopic", "1", confidence=0.1)),
    **dict.fromkeys(("дурак", "ақымақ"), result("abuse", "1", confidence=0.1)),
    **dict.fromkeys(("спасибо", "рақмет"), result("thanks", "1", confidence=0.1)),
    **dict.fromkeys(("здравствуйте", "сәлем"), result("greeting", "1", confidence=0.1)),
    **dict.fromkeys(("как дела", "қалайсың"), result("smalltalk", "1", confidence=0.1)),
}
WISHES: dict[str, str] = {
    "нужен сотрудник": "person",
    "сотрудник не нужен": "person",
    "қызметкер керек": "person",
    "спасибо": "thanks",
    "рақмет": "thanks",
    "здравствуйте": "greeting",
    "сәлем": "greeting",
    "дурак": "abuse",
    "ақымақ": "abuse",
    "просят код": "safety.code",
    "просят оплатить": "safety.money",
    "перевела деньги": "safety.paid",
    "это вы звонили": "safety.isyou",
    "номер карты": "safety.card",
    "ссылк": "safety.link",
    "показать экран": "safety.remote",
    "кодты сұрап": "safety.code",
    "посчитай": "chances",
    "проверь меня": "check",
    "я в списке": "listed",
    "отвечай по-казахски": "language.kk",
    "орысша жауап": "language.ru",
    "верни язык": "language.back",
    "главный экран": "menu",
    "пусть отвечает бот": "bot",
    "другие розыгрыши": "promotions",
    "сотри всё": "forget",
    "что ты хранишь": "mydata",
    "покажи пункт": "clause",
    "тармақты көрсет": "clause",
    "весь текст": "rules",
    "скажи ещё раз": "repeat",
    "короче": "shorter",
    "проще": "simpler",
    "не понимаю": "not_understood",
    "не пиши мне": "stop",
    "что ты умеешь": "help",
    "понятно, ясно": "ok",
    "ага, да": "yes",
    "не-а": "no",
    "ты робот": "robot",
    "безобразие": "complaint",
    "может быть правила": "rules?",
    "может быть налог": "rules?",
}
"""What stands in a text that is a wish; with a question mark one that is not sure."""


@dataclass(frozen=True)
class TwoPromotions:
    """Fulfils `dialogs.turn.Library`."""

    promotions: Mapping[str, Promotion] = field(default_factory=lambda: {p.slug: p for p in (ALFA, BETA)})

    @property
    def calendar(self) -> Calendar:
        return Calendar()

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        assert slug in self.promotions
        return next((found for word, found in QUESTIONS.items() if word in question.lower()), UNKNOWN)

    def language(self, text: str, *, surely: bool = False) -> Language | None:
        letters = {letter for letter in text.lower() if "а" <= letter <= "я" or letter in "әғқңөұүһі"}
        return ("kk" if letters & set("әғқңөұүһі") else "ru") if letters else None

    def named(self, text: str, current: str | None = None) -> str | None:
        return next((slug for slug, p in self.promotions.items() if p.names[0] in text.lower()), None)

    def only_names(self, text: str, slug: str) -> bool:
        return text.lower().strip() == self.promotions[slug].names[0]

    def wish(self, text: str) -> Wish | None:
        name = next((name for word, name in WISHES.items() if word in text.lower()), None)
        return Wish(name.removesuffix("?"), not name.endswith("?")) if name else None

    def reading(self, text: str) -> str:
        return "налог" if text == "yfkju" else text

    def talk(self, text: str) -> str | None:
        kind = self.find(next(iter(self.promotions)), text).kind
        return None if kind in ("answer", "choose", "unsure", "rules_silent") else kind


class Published(TwoPromotions):
    """The organisers' own promotions, questions found by the same few words: each stands for the first clauses of the rules."""

    def find(self, slug: str, question: str, near: Collection[str] = (), pull: float = 0.0) -> SearchResult:
        found = super().find(slug, question)
        clauses = self.promotions[slug].rulebook.clauses
        hits = tuple(Hit(None, (clauses[at].number,), 0.9) for at in range(len(found.hits)))
        return SearchResult(found.kind, hits, found.confidence)
