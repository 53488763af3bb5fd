"""Measures `utys import` on lists of 50 000 rows, as a process of its own: `python -m benchmarks.imports [--rows N] [--database URL]`.

Leaves what is imported to the program. A minute and 512 MB a list is the limit: exit code 1 beyond it.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from domain.participants import check_digit

SECONDS, MEGABYTES = 60, 512
START = datetime(2026, 1, 5, 14)  # noqa: DTZ001 as an export has it
LOTTERIES = ("Bingo", "Keno", "Mega Loto", "Морской бой", "Лото плюс")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--database", help="an SQLAlchemy URL; without it a fresh SQLite file")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        environment = {**os.environ, "VAR_DIR": str(here / "var")}
        if asked.database:
            environment["DATABASE_URL"] = asked.database
        people = here / "participants.xlsx"
        bought, plain = here / "purchases.xlsx", here / "purchases.csv"
        write_xlsx(people, participants(asked.rows))
        write_xlsx(bought, purchases(asked.rows))
        write_csv(plain, purchases(asked.rows, seed=2))
        runs = [
            ("participants, XLSX, dry run", "participants", "seriktes", people, ()),
            ("participants, XLSX", "participants", "seriktes", people, ("--apply",)),
            ("purchases, XLSX", "purchases", "january-surprise", bought, ("--apply",)),
            ("purchases, CSV", "purchases", "january-surprise", plain, ("--apply",)),
            ("the same again", "purchases", "january-surprise", plain, ("--apply",)),
            ("put in its place", "purchases", "january-surprise", bought, ("--apply", "--replace")),
        ]
        worst = [measure(*run, environment=environment, rows=asked.rows) for run in runs]
    raise SystemExit(1 if any(seconds > SECONDS or size > MEGABYTES for seconds, size in worst) else 0)


def measure(
    name: str, kind: str, slug: str, file: Path, more: Sequence[str], *, environment: dict[str, str], rows: int
) -> tuple[float, float]:
    command = [sys.executable, "-m", "bot.cli", "import", kind, str(file), "--promotion", slug, *more]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read().strip().splitlines()
    _, status, used = os.wait4(process.pid, 0)
    seconds, size = time.perf_counter() - started, used.ru_maxrss / 1024
    assert status == 0, "\n".join(said)
    print(
        f"{name:30} {file.stat().st_size / 1e6:5.1f} MB  {seconds:5.1f} s  {rows / seconds:7.0f} rows/s  {size:5.0f} MB  {said[-1]}",
        flush=True,
    )
    return seconds, size


def participants(rows: int) -> Iterator[list[object]]:
    yield ["№", "БИН", "Наименование", "Телефон", "Форма", "Пакет", "Дата подключения", "Канал подключения", "Ismet.kz"]
    dice = random.Random(1)
    for number in range(rows):
        # a BIN: year, month, a legal entity's head office, five digits; where no check digit exists the last one is raised
        start = f"{dice.randint(10, 23)}{dice.randint(1, 12):02d}40{number:05d}"
        while (digit := check_digit(start)) is None:
            start = f"{start[:10]}{(int(start[10]) + 1) % 10}"
        connected = datetime(2024, 1, 1) + timedelta(minutes=dice.randint(0, 480_000))  # noqa: DTZ001
        phone = f"+7 7{dice.randint(0, 99):02d} {number % 1000:03d} {number // 1000:02d} {dice.randint(0, 99):02d}"
        yield [
            number,
            start + str(digit),
            f"ТОО «Компания {number}»",
            phone,
            "ТОО",
            "SERIKTES",
            connected,
            "ismet.kz",
            "да",
        ]


def purchases(rows: int, seed: int = 1) -> Iterator[list[object]]:
    yield ["ID транзакции", "Дата и время", "Телефон", "Лотерея", "Сумма", "Способ оплаты"]
    dice = random.Random(seed)
    for number in range(rows):
        at = START + timedelta(seconds=dice.randint(0, 2_000_000))
        paid = dice.choice(("Kaspi", "карта", "бонусный баланс"))
        yield [
            f"T{seed}-{number}",
            at,
            f"8701{number % 5000:07d}",
            dice.choice(LOTTERIES),
            dice.randint(1, 900) * 1000,
            paid,
        ]


def write_xlsx(path: Path, rows: Iterator[list[object]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Лист1")
    for row in rows:
        sheet.append(row)
    book.save(path)


def write_csv(path: Path, rows: Iterator[list[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows(
            [f"{cell:%d.%m.%Y %H:%M:%S}" if isinstance(cell, datetime) else cell for cell in row] for row in rows
        )


if __name__ == "__main__":
    main()
