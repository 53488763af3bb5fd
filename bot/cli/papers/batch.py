"""Checks the files of a list one after another, each in a process of its own, and prints a line of JSON for each.

The papers of a list are taken as sent by different people, so a photo that comes twice is told.
Not here: the checking (see storage/papers/child.py).
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

import storage
from bot.cli.errors import fail
from domain.papers.claim import PaperClaim
from domain.promotion import Promotion
from storage.papers.child import TIMEOUT_S, PaperAnswer, PaperOrder
from storage.papers.recognising import languages
from storage.promotions.catalog import load_all

_ROOT = Path(storage.__file__).resolve().parent.parent


def check_all(batch: Path, promotions_dir: Path, *, read: bool) -> None:
    """Prints to standard output; says on standard error if nothing can be read here."""
    promotions = load_all(promotions_dir)
    if read and not languages():
        print("tesseract is not installed: papers are not read, only looked at", file=sys.stderr)
        read = False
    seen: list[str] = []
    for number, line in enumerate(batch.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            label = json.loads(line)
            data = (batch.parent / label["file"]).read_bytes()
            order = _order(label, promotions, tuple(seen), read=read)
        except (OSError, ValueError, KeyError, TypeError) as error:
            fail(f"{batch}, line {number}: {error}")
        answer, pages, seconds = check_apart(order, data)
        seen += answer.fingerprints
        shown = b"".join(pages) + msgspec.json.encode(answer.fields)
        leaks = [marker for marker in label.get("markers", ()) if marker.encode() in shown]
        print(
            json.dumps(
                {
                    "id": label.get("id"),
                    "verdict": answer.verdict,
                    "reasons": list(answer.findings),
                    "s": round(seconds, 2),
                    "rss_mb": answer.peak_mb,
                    "f": answer.fields,
                    "leaks": leaks,
                },
                ensure_ascii=False,
            ),
            flush=True,
        )


def check_apart(order: PaperOrder, data: bytes) -> tuple[PaperAnswer, list[bytes], float]:
    """The answer of a child process, the pages it made, and the seconds it took."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "storage.papers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(msgspec.json.encode(order) + b"\n" + data, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with what it started
        out, _ = process.communicate()
        out = b""
    seconds = time.monotonic() - started
    if process.returncode or not out:
        finding = "too_large" if process.returncode < 0 or seconds >= TIMEOUT_S else "broken"
        return PaperAnswer("refuse", (finding,), {}, None, (), (), round(seconds, 3), 0), [], seconds
    head, _, rest = out.partition(b"\n")
    answer = msgspec.json.decode(head, type=PaperAnswer)
    pages, at = [], 0
    for length in answer.pages:
        pages.append(rest[at : at + length])
        at += length
    return answer, pages, seconds


def _order(label: dict[str, Any], promotions: dict[str, Promotion], seen: tuple[str, ...], *, read: bool) -> PaperOrder:
    claim = label.get("claim") or {}
    ours = promotions.get(claim.get("promotion", ""))
    period = ours.whole if ours else None
    zone = ours.zone if ours else None
    known = PaperClaim(
        name=claim.get("name", ""),
        iin=claim.get("iin", ""),
        birth=date.fromisoformat(claim["birth"]) if claim.get("birth") else None,
        representative_iin=claim.get("representative_iin", ""),
        account=claim.get("account", ""),
        prize=claim.get("prize", ""),
        at=_moment(claim.get("at", "")),
        starts=period.starts.astimezone(zone).replace(tzinfo=None) if period else None,
        ends=period.ends.astimezone(zone).replace(tzinfo=None) if period else None,
        promotion=_names(ours) if ours else (),
        others=tuple(name for each in promotions.values() if each is not ours for name in _names(each)),
    )
    return PaperOrder(tuple(label["asked"].split(",")), date.fromisoformat(label["today"]), read, known, seen)


def _names(promotion: Promotion) -> tuple[str, ...]:
    said = (promotion.name.kk, promotion.name.ru, promotion.label.kk, promotion.label.ru)
    return tuple(dict.fromkeys(name.strip('«»"') for name in said))


def _moment(text: str) -> datetime | None:
    match = re.match(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2})", text)
    if match is None:
        return None
    day, month, year, hour, minute = (int(part) for part in match.groups())
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local time of the promotion
