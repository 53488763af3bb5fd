"""How a clause is shown: our plain sentence, the organiser's words as a quotation with number and promotion, our note, a table as lines.

Not here: choosing the clause (see dialogs/rules/scene.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.messages import Money, Phrase, say
from domain.promotion import Contact, OpenPoint, Period, Promotion
from domain.rulebook import Clause, Language, Localized, Section

MIDNIGHT_ENDS = ((0, 0, 0), (23, 59, 59))


def index(promotion: Promotion, number: str) -> int:
    """The place of a clause in its rulebook: short and ASCII, as button data must be."""
    return next(at for at, clause in enumerate(promotion.rulebook.clauses) if clause.number == number)


def cite(number: str) -> Phrase:
    """How one cites it: `5.1` is «п. 5.1» and «5.1-тармақ», a table is a table, unnumbered places have names."""
    head, _, rest = number.partition("/")
    match head:
        case "info" | "preamble":
            return say(f"place.{head}")
        case "terms":
            return say("place.terms", term=rest)
        case _ if head.startswith("table"):
            return say("place.table", number=head.removeprefix("table").strip() or "1")
        case _ if rest:
            return say("place.named", section=head, name=rest)
    return say("place.clause", number=number)


def cite_clause(clause: Clause) -> Phrase:
    """How one cites a clause: a table together with what it belongs to, «п. 7, таблица 1»."""
    return cite_all((clause.within, clause.number)) if clause.within else cite(clause.number)


def quotation(promotion: Promotion, number: str, language: Language) -> list[Phrase]:
    """The organiser's words of a clause, said to be a translation where they are one, and our note on them."""
    if number not in promotion.rulebook:
        return []
    clause = promotion.rulebook.cite(number)
    key = "rules.quote_translated" if clause.text.is_translation(language) else "rules.quote"
    quote = say(key, promotion=promotion.name, place=cite_clause(clause), text=readable(clause))
    return [quote, say("rules.note", note=clause.note)] if clause.note else [quote]


def answer(promotion: Promotion, clause: Clause, language: Language) -> list[Phrase]:
    """Point, quotation, note."""
    return [say("rules.answer", answer=clause.answer), *quotation(promotion, clause.number, language)]


def original(promotion: Promotion, clause: Clause, language: Language) -> tuple[Phrase, ...]:
    """The organiser's own words, whatever language the talk is in."""
    source = promotion.rulebook.original
    words = _readable(clause, source)
    return (say("rules.original", promotion=promotion.name, place=cite_clause(clause), text=words),)


def readable(clause: Clause) -> Localized:
    return Localized(_readable(clause, "kk"), _readable(clause, "ru"), clause.text.original)


def _readable(clause: Clause, language: Language) -> str:
    """A table becomes records that a phone can show: each cell stands behind its column's name. Nothing is left out or changed."""
    table = clause.table(language)
    if table is None:
        return clause.text.get(language)
    return "\n".join(filter(None, (table.caption, *(_record(table.head, row) for row in table.rows))))


def _record(head: Sequence[str], row: Sequence[str]) -> str:
    """«Месяц: январь · Количество: 1 · Номинал: 600 000»: two numbers never read as one."""
    return " · ".join(f"{name}: {cell}" if name else cell for name, cell in zip(head, row, strict=True) if cell)


def lines(phrases: Sequence[Phrase]) -> Phrase:
    """Phrases one under another."""
    joined = phrases[-1]
    for phrase in reversed(phrases[:-1]):
        joined = say("lines", first=phrase, rest=joined)
    return joined


def cite_all(numbers: Sequence[str]) -> Phrase:
    """Several places in the order of the document, with commas between; named places stand last."""
    numbers = sorted(numbers, key=lambda number: [int(part) if part.isdecimal() else 999 for part in number.split(".")])
    joined = cite(numbers[-1]) if numbers else say("place.none")
    for number in reversed(numbers[:-1]):
        joined = say("places", first=cite(number), rest=joined)
    return joined


def stated(words: Localized, numbers: Sequence[str]) -> Phrase:
    """One sentence with the clauses it stands on."""
    return say("reply.stated", say=bare(words), place=cite_all(numbers)) if numbers else say("reply.unsaid", say=words)


def bare(words: Localized) -> Localized:
    """Without the full stop: the clause follows in brackets."""
    return Localized(words.kk.rstrip().removesuffix("."), words.ru.rstrip().removesuffix("."), words.original)


def month(period: str) -> Phrase:
    """A draw's month (`YYYY-MM`) by name; a draw that has no month by its own name."""
    try:
        return say("check.month", month=date.fromisoformat(f"{period}-01"))
    except ValueError:
        return say("button.clause", label=period)


def facts(promotion: Promotion, section: Section) -> tuple[Phrase, ...]:
    """What we know of a section as numbers, each with its clause."""
    match section:
        case "dates":
            rows = [_period(period) for period in promotion.periods]
        case "prizes":
            rows = [_prize_line(promotion, at) for at in range(len(promotion.prizes))]
            if promotion.fund:
                rows.append(
                    say("prize.fund", amount=Money(promotion.fund.amount_kzt), place=cite(promotion.fund.clause))
                )
        case "contacts":
            rows = [_contact(contact) for contact in promotion.contacts]
        case _:
            rows = []
    return (lines(rows),) if rows else ()


def _period(period: Period) -> Phrase:
    whole_days = (period.starts.hour, period.starts.minute, period.starts.second) == MIDNIGHT_ENDS[0] and (
        period.ends.hour,
        period.ends.minute,
        period.ends.second,
    ) == MIDNIGHT_ENDS[1]
    if whole_days:
        return say(
            "fact.days",
            name=period.name,
            first=period.starts.date(),
            last=period.ends.date(),
            place=cite(period.clause),
        )
    return say("fact.period", name=period.name, starts=period.starts, ends=period.ends, place=cite(period.clause))


def _prize_line(promotion: Promotion, at: int) -> Phrase:
    prize = promotion.prizes[at]
    if prize.quantity is None:
        return say("prize.line_unknown", name=prize.name, value=Money(prize.value_kzt), place=cite(prize.clause))
    return say(
        "prize.line", name=prize.name, value=Money(prize.value_kzt), quantity=prize.quantity, place=cite(prize.clause)
    )


def _contact(contact: Contact) -> Phrase:
    return say("fact.contact", value=contact.value, what=contact.what_for, place=cite(contact.clause))


def settled(points: Sequence[OpenPoint]) -> list[Phrase]:
    """The organiser's decisions that an answer stands on: where the rules are silent, they are its source."""
    rows = [
        say("verdict.settled", day=point.settled_on, source=point.source, question=point.question)
        for point in points
        if point.settled_on is not None and point.source is not None
    ]
    return [lines(rows)] if rows else []
