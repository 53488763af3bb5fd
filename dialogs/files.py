"""A file of purchases that a person sends: that it is being read, and then what was understood of it, shown back for correction.

Not here: fetching and reading to the bot (`Fetched`), since a turn waits for nothing, and what purchases earn (see
dialogs/chances/scene.py). Two files read at once, or the same file twice, add up to what they say together: a purchase that stands in
both counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from dialogs.chances import scene as chances
from dialogs.conversation import Json
from dialogs.eligibility import progress as checks
from dialogs.eligibility import scene as eligibility
from dialogs.masking import mask_secrets
from dialogs.menu import MENU
from dialogs.messages import Attachment, Option, Outgoing, Phrase, PurchaseFile, say
from dialogs.purchases import FILE, KEPT, kept, ladder
from dialogs.turn import Fetched, Forgotten, Outcome, Turn
from domain.chances import Purchase, read_purchases

AT_ONCE: Final = 3
"""Files of one person that are being read at the same time."""
READING_TIMEOUT: Final = timedelta(minutes=5)
"""How long it is tried to get a file that the provider does not give."""
_ENDINGS: Final = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")
_TYPES: Final = ("csv", "comma-separated", "tab-separated", "spreadsheet", "excel")
_NOT_TABLES: Final = ("image/", "video/", "audio/")
_UNUSED: Final = 6
"""Columns that are named as not needed; of the others only the number is."""
_CHANCES: Final = Option("chances", say("button.chances"))


def awaits(turn: Turn) -> bool:
    """Whether a file can only be a list of purchases here."""
    fact = checks.fact(turn, checks.current(turn)) if turn.conversation.scene == "eligibility" else None
    return turn.conversation.scene == "chances" or (fact is not None and fact.type == "table")


def ask(turn: Turn) -> Outcome | None:
    """Has the files of this event read, and says so once. None where there is nothing to read in them, or no promotion that counts it."""
    promotion, incoming, awaited = turn.promotion, turn.incoming, awaits(turn)
    if promotion is None or ladder(promotion) is None or incoming.kind != "attachment":
        return None
    files = [file for file in incoming.attachments if _is_table(file) or (awaited and _may_be(file))]
    if not files:
        return None
    if any((file.size or 0) > FILE for file in files):
        return _refuse(turn, say("table.too_large", size=FILE >> 20))
    reading = _reading(turn)
    if sum(turn.now - datetime.fromisoformat(since) < 2 * READING_TIMEOUT for since in reading.values()) >= AT_ONCE:
        return turn.done(Outgoing((say("table.busy", number=AT_ONCE),), (MENU,)))
    asked = [Fetched(f"{incoming.id}/{n}", file, promotion.slug) for n, file in enumerate(files[:AT_ONCE], 1)]
    album = next((file.album for file in files if file.album), None)
    told = album is not None and turn.conversation.slots.get("album") == album
    wanted: Json = {**reading, **{each.source: turn.now.isoformat() for each in asked}}
    turn = turn.slots(reading=wanted, album=album)
    return turn.done(*(() if told else (Outgoing((say("table.reading"),)),)), effects=tuple(asked))


def take(turn: Turn) -> Outcome:
    """What was read of a file. It has its effect once, and only where its talk still waits for it."""
    table, reading = turn.incoming.table, _reading(turn)
    if table is None or table.source not in reading:
        # asked for by nobody any more: where the person was forgotten meanwhile, nothing of it may stay either
        return turn.done(effects=() if turn.conversation.last_heard else (Forgotten(),))
    del reading[table.source]
    turn = turn.slots(reading=dict(reading) or None)
    handoff, promotion = turn.conversation.handoff, turn.library.promotions.get(table.promotion)
    if promotion is None or (handoff is not None and handoff.agent is not None):
        return turn.done()
    if table.fault is not None:
        return _refuse(turn, _why(table))
    found = read_purchases(table.rows, promotion.zone)
    fact = checks.current(turn) if turn.promotion == promotion and awaits(turn) else None
    if fact is not None:
        return eligibility.take_rows(turn, table.rows, [*faults(table), *_count(table)] if table.wrong else [])
    before = kept(turn, promotion, "draft") or kept(turn, promotion, "purchases")
    draft = _together(before, found)
    if len(draft) > KEPT:
        return _refuse(turn, say("chances.too_many", count=KEPT))
    head = [say("table.other_promotion", name=promotion.name)] if turn.promotion != promotion else []
    said = [*_notes(table), *faults(table)]
    turn = turn.with_(promotion=promotion.slug)
    return chances.confirm(turn, promotion, draft, head=[*head, *_count(table)], faults=said, first=len(before))


def faults(table: PurchaseFile) -> list[Phrase]:
    """Rows that could not be read: a few one by one, and how many more."""
    said = [
        say(
            "table.row",
            number=each.row,
            why=say(f"spoken.{each.reason}", text=mask_secrets(each.text)[:40]),
        )
        for each in table.refused[: chances.FAULTS]
    ]
    if table.wrong > len(said):
        said.append(say("chances.more_faults", number=table.wrong - len(said)))
    return said


def _refuse(turn: Turn, why: Phrase) -> Outcome:
    """Nothing was taken; where the person was, nothing changes."""
    way_on = (MENU,) if awaits(turn) and not turn.conversation.slots.get("draft") else (_CHANCES, MENU)
    example = (say("chances.example"),) if awaits(turn) else ()
    other = () if why.key == "table.no_sandbox" else (say("table.way_on"),)  # another file would not be opened either
    return turn.done(Outgoing((why, *other, *example), way_on))


def _why(table: PurchaseFile) -> Phrase:
    match table.fault:
        case "too_many":
            return say("table.too_many", number=table.number, most=KEPT)
        case "too_large":
            return say("table.too_large", size=FILE >> 20)
        case "columns":
            return say("table.columns", headers=mask_secrets(table.detail))
    return say(f"table.{table.fault}", text=mask_secrets(table.detail))


def _count(table: PurchaseFile) -> list[Phrase]:
    return [say("table.read", good=len(table.rows), number=len(table.rows) + table.wrong + table.outside)]


def _notes(table: PurchaseFile) -> list[Phrase]:
    said = []
    if table.outside:
        said.append(say("table.outside", number=table.outside, most=KEPT))
    if table.alike:
        said.append(say("table.alike", number=table.alike))
    if table.totals:
        said.append(say("table.totals", number=table.totals))
    if table.hidden:
        said.append(say("table.hidden", number=table.hidden))
    if table.unused:
        shown = [f"«{mask_secrets(header)[:40]}»" for header in table.unused[:_UNUSED]]
        more = len(table.unused) - len(shown)
        said.append(say("table.unused", headers=", ".join(shown) + (f" (+{more})" if more else "")))
    return said


def _together(had: Sequence[Purchase], found: Sequence[Purchase]) -> list[Purchase]:
    """What both say: a purchase that stands in either more than once stands as often as where it stands most."""
    left = Counter(had)
    draft = list(had)
    for purchase in found:
        if left[purchase]:
            left[purchase] -= 1
        else:
            draft.append(purchase)
    return draft


def _reading(turn: Turn) -> dict[str, str]:
    """The files that are being read, and since when (ISO 8601)."""
    reading = turn.conversation.slots.get("reading")
    return dict(reading) if isinstance(reading, Mapping) else {}


def _is_table(file: Attachment) -> bool:
    kind = file.media_type.lower()
    return file.name.lower().endswith(_ENDINGS) or any(word in kind for word in _TYPES)


def _may_be(file: Attachment) -> bool:
    """What a file is called is not believed; only pictures, videos and sounds are surely no table."""
    return not file.media_type.lower().startswith(_NOT_TABLES)
