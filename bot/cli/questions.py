"""`utys questions`: what people asked, the newest first, with what became of it; groups of alike questions, and samples made of one.

Not here: the query (see storage/talks/questions.py), likeness (see domain/likeness.py). There is no person in what it lists.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

from bot.cli.database import opened
from bot.cli.errors import fail, plainly
from bot.loading import ZONE
from bot.settings import BadSetting, Settings
from domain.likeness import grouped
from domain.rulebook import Language
from storage.database import Unusable
from storage.promotions.catalog import CatalogError, folders, load
from storage.promotions.samples import SampleError
from storage.promotions.taking import take_samples
from storage.talks.questions import AskedQuestion, asked, is_one_of

LOOKED_AT = 10_000
"""The newest questions that are grouped."""
_SHOWN = 3
"""Questions of a group that are shown."""
_VOTES = {1: "👍", -1: "👎", None: ""}


def show(settings: Settings, only: str | None, promotion: str | None, limit: int, *, as_json: bool) -> None:
    with plainly(BadSetting, Unusable), opened(settings) as (connection, seal):
        found = asked(connection, seal, promotion=promotion, only=only, limit=limit)
    for question in found:
        print(_as_json(question) if as_json else _as_line(question))
    if not found and not as_json:
        print("no question yet" if only is None else f"no {only} question yet")


def _as_line(question: AskedQuestion) -> str:
    at = datetime.fromtimestamp(question.asked_at / 1000, ZONE)
    clauses = ", ".join(question.clauses)
    what = f"{question.result}{f' ({clauses})' if clauses else ''} {_VOTES.get(question.vote, '')}".rstrip()
    return f"{at:%Y-%m-%d %H:%M}  {question.promotion or '-'}  {question.language}  {what}\n    {' '.join(question.text.split())}"


def _as_json(question: AskedQuestion) -> str:
    return json.dumps(
        {
            "at": datetime.fromtimestamp(question.asked_at / 1000, UTC).isoformat(timespec="seconds"),
            "promotion": question.promotion,
            "lang": question.language,
            "question": question.text,
            "result": question.result,
            "clauses": question.clauses,
            "vote": {1: "up", -1: "down"}.get(question.vote or 0),
        },
        ensure_ascii=False,
    )


def show_groups(settings: Settings, only: str | None, promotion: str | None, *, as_json: bool) -> None:
    """By promotion, the most asked first."""
    with plainly(BadSetting, Unusable):
        found = list(_groups(settings, promotion, only))
    last: str | None = ""
    for id, members in found:
        about = members[0].promotion
        if as_json:
            print(_group_as_json(id, members))
            continue
        if about != last:
            print(f"{about or 'no promotion'}:")
            last = about
        results = ", ".join(f"{name} {times}" for name, times in Counter(each.result for each in members).most_common())
        print(f"  {id}  {len(members)} times  {results}")
        for text in _texts(members)[:_SHOWN]:
            print(f"      {text}")
    if not found and not as_json:
        print("no such question yet")


def _groups(
    settings: Settings, promotion: str | None, only: str | None = None
) -> Iterator[tuple[str, list[AskedQuestion]]]:
    """Each group with its id, which stays the same while its oldest question is kept; of those that `only` is about, the whole group."""
    with opened(settings) as (connection, seal):
        found = asked(connection, seal, promotion=promotion, limit=LOOKED_AT)
    by_promotion: defaultdict[str, list[AskedQuestion]] = defaultdict(list)
    for question in reversed(found):
        by_promotion[question.promotion or ""].append(question)
    for slug, questions in sorted(by_promotion.items()):
        for places in grouped(question.text for question in questions):
            members = [questions[place] for place in places]
            if only is not None and not any(is_one_of(member, only) for member in members):
                continue
            yield hashlib.sha256(f"{slug}/{members[0].text}".encode()).hexdigest()[:6], members


def _texts(members: list[AskedQuestion]) -> list[str]:
    return list(dict.fromkeys(" ".join(each.text.split()) for each in members))


def _group_as_json(id: str, members: list[AskedQuestion]) -> str:
    return json.dumps(
        {
            "group": id,
            "promotion": members[0].promotion,
            "count": len(members),
            "results": dict(Counter(each.result for each in members)),
            "questions": _texts(members),
        },
        ensure_ascii=False,
    )


def take_group(settings: Settings, id: str, named: str) -> None:
    """Puts a group under a point, a clause or «none» of its promotion's samples."""
    with plainly(BadSetting, Unusable, CatalogError, SampleError, OSError):
        members = next((members for known, members in _groups(settings, None) if known == id), None)
        if members is None:
            fail(f"there is no group {id}; utys questions --groups lists them")
        slug = members[0].promotion
        folder = next((folder for folder in folders(settings.promotions_dir) if folder.name == slug), None)
        if folder is None:
            fail(f"the group is about no promotion that is here: {slug or 'none'}")
        texts: defaultdict[Language, list[str]] = defaultdict(list)
        for each in members:
            texts[cast(Language, each.language)].append(each.text)
        added = take_samples(folder, load(folder), named, texts)
    for language, lines in added.items():
        print(f"{folder.name}/samples.{language}.txt, under @ {named}:")
        for line in lines:
            print(f"  {line}")
    print("utys promotions check, then utys promotions publish" if added else "every one of them is a sample already")
