"""The files of a promotion that has just begun: what the document says, and marks where a person must go on.

Not here: finding the clauses and the candidates to its neighbours, and putting the folder in place (see start.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from domain.rulebook import Language, Section
from storage.promotions.drafting.candidates import Fact, Topic
from storage.promotions.drafting.clauses import Piece

TRANSLATE, FILL = "TRANSLATE", "FILL IN"
"""What is left to do; `utys promotions check` names every line that still holds one of them."""
NAMES = {"kk": "Kazakh", "ru": "Russian"}

_HINTS: tuple[tuple[Section, str], ...] = (
    ("data", "персональн|дербес дерек|фамили|фото|интервью|сұхбат"),
    ("tax", "налог|салық|ипн|мрп"),
    ("claim", "получен|вруч|выда|жүлдені алу|тапсыр|документ|акт|передач|выплат"),
    ("dates", "срок|период|мерзім|кезең|дата|розыгрыш состоится"),
    ("prizes", "приз|жүлде|сертификат|фонд|выигрыш"),
    ("who", "участник|қатысушы|лица|тұлға|территори|аумағы"),
    ("how", "услови|порядок|для участия|қатысу|тәртіб|покуп"),
    ("contacts", "адрес|телефон|мекенжай|организатор:|колл|контакт"),
)
_TOPICS: dict[Topic, str] = {
    "dates": "Dates",
    "prizes": "Amounts and numbers of prizes",
    "deadlines": "Terms",
    "percent": "Per cent",
    "age": "Age",
    "site": "Sites",
    "phone": "Telephones and USSD commands",
    "email": "E-mail addresses",
    "address": "Addresses",
}


def rules(title: str, language: Language, pieces: Iterable[Piece]) -> str:
    """The original, clause by clause."""
    return _front(title, language, "original") + "".join(f"\n## {piece.label}\n\n{piece.text}\n" for piece in pieces)


def translation(language: Language, pieces: Iterable[Piece]) -> str:
    """The same labels, each with its original under the mark, so that one can write over it."""
    mark = f"{TRANSLATE} into {NAMES[language]}:"
    body = "".join(f"\n## {piece.label}\n\n{mark}\n{piece.text}\n" for piece in pieces)
    return _front(f"{TRANSLATE} the title", language, "translation") + body


def _front(title: str, language: Language, status: str) -> str:
    return f"---\ntitle: {title}\nlanguage: {language}\nstatus: {status}\n---\n"


def clauses(pieces: Sequence[Piece]) -> str:
    head = (
        "# Our own words per clause, see promotions/README.md: label at most 20 characters, title 60, answer 300.\n"
        "# The sections are guesses: dates, who, how, prizes, claim, tax, data, contacts, other.\n"
    )
    return head + "".join(
        f"\n[{_text(piece.label)}]\nsection = {_text(_section(piece))}\n"
        + "".join(f"{name} = {{ ru = {_text(FILL)}, kk = {_text(FILL)} }}\n" for name in ("label", "title", "answer"))
        for piece in pieces
    )


def _section(piece: Piece) -> Section:
    for words in (piece.heading, piece.text):
        for section, hints in _HINTS:
            if words and re.search(hints, words, re.IGNORECASE):
                return section
    return "other"


def claim() -> str:
    """claim.toml with nothing but how to begin: who does what after a win only the organiser can say."""
    return (
        "# What a winner and the organizer do after a win, step by step: see promotions/DATA.md, «claim.toml».\n"
        "# Every step names its clause; no paper is asked for without one. The five promotions are examples.\n"
    )


def points() -> str:
    """points.toml with one point and the warning's names as comments: what a point says only the organiser can write."""
    return "\n".join(
        [
            "# The sentences that answer what people ask, several per clause (promotions/README.md). Without them whole clauses answer.",
            "#",
            "# [[point]]",
            '# id = "receipt-copy"',
            '# clauses = ["4.2"]',
            '# say = { kk = "Чектің көшірмесі қабылданбайды, түпнұсқасы керек.", ru = "Копия чека не принимается, нужен оригинал." }',
            '# about = { kk = "чектің көшірмесі", ru = "копия чека" }',
            "#",
            "# [safety]",
            '# told = "the point on how winners are told"',
            '# costs = "the point on who pays tax or delivery"',
            '# receive = "the point on how the prize is handed over"',
            "",
        ]
    )


def samples(language: Language, pieces: Iterable[Piece]) -> str:
    head = (
        f"# Questions in {NAMES[language]} as people ask them, twelve good ones each: under @ and the clause, or under @ #point with the "
        "signs + - ! before questions of yes or no; @ none is for what the rules leave open\n"
    )
    return head + "".join(f"\n@ {piece.label}\n" for piece in pieces) + "\n@ none\n"


def promotion(title: str, names: Sequence[str], facts: Sequence[Fact], original: Language) -> str:
    """promotion.toml with every field that is needed and, as comments, what the document offers for it."""
    both = f"{{ kk = {_text(title if original == 'kk' else FILL)}, ru = {_text(title if original == 'ru' else FILL)} }}"
    fill = f"{{ kk = {_text(FILL)}, ru = {_text(FILL)} }}"
    period = f'id = "promotion", kind = "promotion", name = {fill}, starts = {_text(FILL)}, ends = {_text(FILL)}, clause = {_text(FILL)}'
    prize = (
        f"id = {_text(FILL)}, kind = {_text(FILL)}, name = {fill}, quantity = 1, value_kzt = 0, clause = {_text(FILL)}"
    )
    return "\n".join(
        [
            "# Started by `utys promotions new`. What the document offers stands in comments, each with its clause.",
            "# Fill in every mark, translate rules and words, then take out the next line: until then nobody sees this promotion.",
            "draft = true",
            "",
            f"name = {both}",
            f"label = {fill}  # on a button, at most 20 characters",
            f"names = {json.dumps(list(names), ensure_ascii=False)}  # how people call it, in small letters",
            'zone = "Asia/Almaty"',
            f"organizer = {{ kk = {_text(FILL)}, ru = {_text(FILL)}, clause = {_text(FILL)} }}",
            "",
            *_comments(facts, "dates"),
            "# a period: kind promotion, draw, discount or accrual; exact bounds such as 2026-01-05T14:00:00+05:00",
            "periods = [",
            f"  {{ {period} }},",
            "]",
            "",
            *_comments(facts, "prizes"),
            "# a prize: kind certificate, cash, goods or bonus; leave quantity out where the rules give none",
            "prizes = [",
            f"  {{ {prize} }},",
            "]",
            "",
            *_comments(facts, "deadlines"),
            '# a draw: { period = "2026-01", latest = 2026-02-20, clause = "…" }',
            "draws = []",
            "",
            *_comments(facts, "address"),
            "contacts = [",
            *_contacts(facts),
            "]",
            "",
            '# a paper that is asked of a winner: { id = "id", name = { kk = "…", ru = "…" }, clause = "…" }',
            "documents = []",
            "",
            *_comments(facts, "age", "percent"),
            "# who may take part, chances, deadlines, tax: see docs/adding.md and the promotions beside this one",
            "",
        ]
    )


def _comments(facts: Sequence[Fact], *topics: Topic) -> list[str]:
    lines = []
    for topic in topics:
        found = [fact for fact in facts if fact.topic == topic]
        if found:
            lines.append(f"# {_TOPICS[topic]} in the document:")
            lines += [f"#   {fact.clause}: {fact.value}   ({_one_line(fact.words)})" for fact in found]
    return lines


def _contacts(facts: Sequence[Fact]) -> list[str]:
    """Sites, telephones and e-mail addresses, each once, at the first clause that names it."""
    lines, seen = [], set()
    for fact in facts:
        if fact.topic not in ("site", "phone", "email"):
            continue
        bare = re.sub(r"^(?:https?://)?(?:www\.)?|[/.]+$", "", fact.value.lower())
        if bare in seen:
            continue
        seen.add(bare)
        value = bare if fact.topic == "site" else fact.value
        what_for = f"{{ kk = {_text(FILL)}, ru = {_text(FILL)} }}"
        lines.append(
            f"  {{ kind = {_text(fact.topic)}, value = {_text(value)}, clause = {_text(fact.clause)}, what_for = {what_for} }},"
        )
    return lines


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def _text(text: str) -> str:
    """A TOML basic string: JSON's escapes are all valid in it, but for DEL, which JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
