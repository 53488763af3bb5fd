"""Measures what one text of 12 000 characters costs in every reader: `python -m benchmarks.texts [--reader NAME ...] [--all]`.

Leaves the writing and sending of a turn aside. More than 20 ms of processor time in any reader is too much: exit code 1 beyond it. The time
is that of the thread, the least of three, and as on a quiet machine: a loop that is measured beside each reading says how slow it is now.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from time import thread_time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.library import Promotions
from bot.text.typed import TEXT, clean, meant
from dialogs.conversation import Conversation
from dialogs.masking import mask_person, mask_secrets
from dialogs.messages import Incoming
from dialogs.router import needs, respond
from dialogs.turn import Turn
from domain.ladder import LadderRule
from domain.spoken.cleaning import clean as cleaned
from domain.spoken.facts import read_facts
from domain.spoken.purchases import may_hold_sums, read_lines
from domain.spoken.values import find_day, read_amount

LIMIT_MS = 20.0
QUIET_MS = 5.0
"""What `reference` takes on one quiet core of the machine that the limit was set on."""
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 1, 20, 5, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Almaty")
SHAPES = (
    *(
        "1",
        "1 ",
        "12,",
        "12.",
        "4 ",
        "4400 ",
        "4400430212345679 ",
        "4400 4302 1234 5679 12/27 123 ",
        "6-",
        "+7701",
        "*1",
    ),
    *("x", "я", " ", "\n", "-", "½", ", ", "а б ", "@", "a.", "ﷺ", "\u200b", "1\u200b", "😀", "••••", "№1 "),
    *("код ", "код 482 ", "482913 код ", "код товара ", "смс код ", "вот 1234 ", "пароль a1b2 ", "пароль: "),
    *("меня зовут ", "живу ", "а тұрамын ", "Абай көшесі 5 ", "https://a "),
    *("бонус ", "не ", "пн ", "жүз ", "лото-", "сағат ", "вчера, ", "нет 600 ", "в 6 утра ", "с 1 по 9 "),
    *("12.01 600 тыс кено\n", "keno 500k ", "жетіге он минут ", "по 200 тыс и ", "мне 20 лет и ", "я из Казахстана? "),
    *(" ".join(map(str, range(4000, 7000))), " ".join("".join(word) for word in product("абвгдеж", repeat=4))),
    *(
        "кто платит налог? ",
        "Приветствую! ",
        "серіктес ",
        "пункт 5.9 ",
        "rjulf ",
        "қашан және қайда ",
        "мен ұттым ба? ",
    ),
)
"""What 12 000 characters are made of by repeating; two are words and numbers of which none comes again."""

Read = Callable[[str], object]


def long(shape: str, length: int = TEXT) -> str:
    return (shape * (length // len(shape) + 1))[:length]


def readers(library: Promotions) -> dict[str, Read]:
    """Whatever reads a text in the loop or on the writer's thread, by name."""
    promotions, today = library.promotions, NOW.date()
    january = promotions["january-surprise"].rules["chances"]
    assert isinstance(january, LadderRule)
    lotteries = january.lotteries
    found: dict[str, Read] = {
        "the loop": lambda text: clean(_incoming(text)),
        "cleaning": cleaned,
        "masking": mask_secrets,
        "question log": mask_person,
        "language": lambda text: (library.language(text), library.language(text, surely=True)),
        "keyboard": library.reading,
        "wishes": library.wish,
        "naming": lambda text: (library.named(text), library.only_names(text, "seriktes")),
        "naming anew": lambda text: library.named(text, "seriktes"),
        "small talk": library.talk,
        "search": lambda text: library.find("january-surprise", text),
        "purchases": lambda text: read_lines(text, lotteries, today, today, ZONE),
        "sums": may_hold_sums,
        "day": lambda text: find_day(text, today),
        "amount": read_amount,
    }
    for slug, promotion in promotions.items():
        found[f"facts of {slug}"] = lambda text, promotion=promotion: read_facts(promotion, text, today)  # type: ignore[misc]
    found |= {f"chat in {name}": _chat(library, talk) for name, talk in talks().items()}
    return found


_CHECK = {
    "promotion": "january-surprise",
    "question": "participant",
    "facts": {},
    "asked": [],
    "run": "r",
    "current": "age",
}


def talks() -> dict[str, Conversation]:
    """Where a text may come: at the very first, among the rules, where purchases are told."""
    new = Conversation("person", "test", "address")
    known = replace(new, language="ru", chosen=True, promotion="january-surprise", scene="rules", step="ask")
    return {
        "start": new,
        "rules": known,
        "purchases": replace(known, scene="chances", step="purchases"),
        "a check": replace(known, scene="eligibility", step="answer", slots={"check": _CHECK}),
        "waiting": replace(known, scene="support", step="waiting"),
    }


def _incoming(text: str) -> Incoming:
    return Incoming("1", "test", "address", NOW, "text", text)


def _chat(library: Promotions, talk: Conversation) -> Read:
    """What the writer's thread does with a text that the loop has cleaned. Cleaning is a reader of its own and not counted again."""
    cleaned_last: dict[str, Incoming] = {}

    def read(text: str) -> object:
        if text not in cleaned_last:
            cleaned_last.clear()
            cleaned_last[text] = clean(_incoming(text))
        said = meant(cleaned_last[text], talk)
        return needs(said, talk, library), respond(Turn(said, talk, library, NOW, "token"))

    return read


def reference() -> int:
    """Work that always costs the same."""
    return sum(number * number for number in range(100_000))


def cost_ms(read: Read, text: str, rounds: int = 5) -> float:
    """Milliseconds of processor time as on a quiet machine; the reference is measured beside each round. What is cheap is measured once."""
    least = float("inf")
    for _ in range(rounds):
        least = min(least, _ms(lambda: read(text)) * QUIET_MS / max(_ms(reference), QUIET_MS))
        if least < LIMIT_MS / 2:
            break
    return least


def _ms(work: Callable[[], object]) -> float:
    begun = thread_time()
    work()
    return (thread_time() - begun) * 1000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reader", nargs="*", help="only those whose name begins so")
    options.add_argument("--all", action="store_true", help="every shape, not only the worst three of a reader")
    asked = options.parse_args()
    library = Promotions.load(ROOT / "promotions", ROOT / "var" / "models")
    worst = 0.0
    for name, read in readers(library).items():
        if asked.reader and not name.startswith(tuple(asked.reader)):
            continue
        read(long("кто платит налог? 12.01 600 тыс "))  # what is kept from text to text is there
        costs = sorted(((cost_ms(read, long(shape)), shape) for shape in SHAPES), reverse=True)
        shown = costs if asked.all else costs[:3]
        over = "over" if costs[0][0] > LIMIT_MS else ""
        print(f"{name:26}", ", ".join(f"{ms:6.1f} ms {shape[:30]!r}" for ms, shape in shown), over, flush=True)
        worst = max(worst, costs[0][0])
    raise SystemExit(1 if worst > LIMIT_MS else 0)


if __name__ == "__main__":
    main()
