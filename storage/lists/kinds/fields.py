"""Which fields a kind of list may have for one promotion, how each is read, and which are needed.

Not here: recognising columns (see storage/lists/sheets/columns.py). The facts that a list of participants may hold, and their options,
are the promotion's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from domain.chances import EntryRule, LadderRule
from domain.eligibility import FactQuestion, rulings
from domain.facts import key
from domain.promotion import Promotion
from storage.lists.kinds.winners import rank
from storage.lists.sheets.words import VALUES
from storage.lists.values import moments, payment, sums, values
from storage.lists.values.cells import Cell, Unreadable, Wrong, show
from storage.lists.values.values import CellReading

Kind = Literal["participants", "purchases", "results", "winners"]
Read = Callable[[Cell, CellReading], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `varies`: it may differ between rows of one person."""

    name: str
    read: Read
    varies: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of a kind of list by name. Of each group in `needed` the file must have at least one column."""

    kind: Kind
    promotion: Promotion
    fields: Mapping[str, Field]
    needed: tuple[tuple[str, ...], ...]


_WHO: Final = (
    Field("phone", values.mobile, varies=True),
    Field("account", values.account),
)
_NUMBERS: Final = (
    Field("bin", values.number),
    Field("iin", values.number),
    Field("personal_account", values.account, varies=True),
    Field("name", values.text),
)
_NO_COLUMNS: Final = ("purchases", "draw_period", "published_mask", "own_number")
"""Facts that are asked in a chat and stand in no list of participants."""
_VARYING: Final = frozenset(
    (
        *("package", "connected_at", "connected_via", "applied_at", "activated_at", "disconnected_at", "fee_for"),
        *("added_services_to_package", "services_added_at", "won_in", "region", "ofd"),
        *("ekassa_connected_at", "earlier_ekassa_since", "paid_one_month", "paid_for_month", "receipts_via_app"),
    )
)
"""What belongs to one connection or one month and not to the person."""
_FURTHER: Final[Mapping[str, tuple[tuple[str, Read], ...]]] = {
    "connected_at": tuple(
        (name, moments.past) for name in ("applied_at", "activated_at", "disconnected_at", "business_closed_at")
    ),
    "subscribed_88": (("unsubscribed_at", moments.past), ("ported_to_other_operator_at", moments.past)),
    "registered_on_loto_sz": (
        ("chances_earned", values.whole),
        ("chances_used", values.whole),
        ("server_record", values.text),
        ("published_on_site_at", moments.past),
    ),
}
"""What is known of a person beyond the facts that are asked, wherever the promotion has the fact named first."""
_WINNERS: Final = (
    ("is_reserve_winner", values.flag),
    ("check_result", values.text),
    ("act_sent_at", moments.past),
    ("first_contact_at", moments.past),
    ("documents_received_by_head_office_at", moments.past),
    ("paid_at", moments.past),
)


def layout_of(kind: Kind, promotion: Promotion) -> Layout:
    """Raises Unreadable if the promotion's rules have no such list."""
    if kind == "participants":
        return _participants(promotion)
    if kind == "results":
        fields = (
            Field("mask", values.text),
            Field("list", _list),
            Field("published_on", moments.day),
            Field("draw_period", _draw(promotion)),
        )
        return Layout(kind, promotion, {field.name: field for field in fields}, (("mask",),))
    return _won(promotion) if kind == "winners" else _purchases(promotion)


def _won(promotion: Promotion) -> Layout:
    """The winners of draws. Raises Unreadable where nothing says what follows after a win."""
    if promotion.claim is None:
        raise Unreadable(f"{promotion.slug} has no claim.toml: nothing says what follows after a win")
    fields = (
        *_WHO,
        *(field for field in _NUMBERS if field.name != "personal_account"),
        Field("drawn_on", moments.past),
        Field("draw_period", _draw(promotion)),
        Field("prize_won", values.text),
        Field("rank", rank),
        Field("protocol", values.text),
    )
    needed = (("phone", "bin", "iin", "account"), ("drawn_on",))
    return Layout("winners", promotion, {field.name: field for field in fields}, needed)


def _participants(promotion: Promotion) -> Layout:
    known = rulings(promotion)
    found = [*_WHO, *_NUMBERS, Field("draw_period", _draw(promotion), varies=True)]
    for name, fact in known.facts.items():
        if name not in _NO_COLUMNS and (read := _reader(fact, known.aliases.get(name, {}))) is not None:
            found.append(Field(name, read, varies=name in _VARYING))
        found += [Field(more, how, varies=more in _VARYING) for more, how in _FURTHER.get(name, ())]
    found += [Field(name, how) for name, how in _WINNERS]
    fields: dict[str, Field] = {}
    for field in found:
        fields.setdefault(field.name, field)
    return Layout("participants", promotion, fields, (("phone", "bin", "iin", "account", "personal_account"),))


def _purchases(promotion: Promotion) -> Layout:
    rule = promotion.rules.get("chances")
    shared = (*_WHO, Field("at", moments.past), Field("time", moments.clock), Field("transaction", values.text))
    if isinstance(rule, LadderRule):
        fields: tuple[Field, ...] = (
            *shared,
            Field("lottery", _lottery(rule)),
            Field("amount_kzt", sums.tenge),
            Field("currency", sums.currency),
            Field("paid_with_bonus", payment.source),
            Field("status", payment.status),
            Field("refund", payment.refund),
        )
        needed: tuple[tuple[str, ...], ...] = (("phone", "account"), ("at",), ("lottery",), ("amount_kzt",))
    elif isinstance(rule, EntryRule) and rule.kind == "purchases":
        fields = (
            *shared,
            Field("tickets_at_once", values.whole),
            Field("ussd", values.text),
            Field("amount_kzt", sums.tenge),
            Field("status", payment.status),
            Field("refund", payment.refund),
        )
        needed = (("phone", "account"), ("at",))
    else:
        raise Unreadable(f"the rules of {promotion.slug} know no purchases; import its participants")
    return Layout("purchases", promotion, {field.name: field for field in fields}, needed)


def _reader(fact: FactQuestion, aliases: Mapping[str, str]) -> Read | None:
    match fact.type:
        case "yes_no":
            return values.flag
        case "number":
            return values.whole
        case "date" | "moment":
            return moments.when if fact.fact.endswith("birthday") else moments.past
        case "month":
            return moments.month
        case "text":
            return values.text
        case "choice":
            return _choice(fact, aliases)
    return values.whole if fact.fact == "receipts_via_app" else None


def _choice(fact: FactQuestion, aliases: Mapping[str, str]) -> Read:
    """An option, by its own name, an alias, or the words that exports use; any other word where the fact has «other»."""
    options = {key(option): option for option in fact.options}
    known = {alias: options.get(option, option) for alias, option in aliases.items()} | options
    for option, words in VALUES.get(fact.fact, {}).items():
        known |= {key(word): option for word in words}

    def read(cell: Cell, reading: CellReading) -> str:
        said = values.text(cell, reading)
        found = known.get(key(said))
        if found is None and "other" not in fact.options:
            raise Wrong(f"«{show(said, 30)}» is none of {', '.join(fact.options)}")
        return found or said

    return read


def _lottery(rule: LadderRule) -> Read:
    def read(cell: Cell, reading: CellReading) -> str:
        said = values.text(cell, reading)
        return rule.lottery(said) or said

    return read


def _draw(promotion: Promotion) -> Read:
    """The id of a draw: a month of the rules, or the promotion's only draw."""
    draws = [draw.period for draw in promotion.draws]

    def read(cell: Cell, reading: CellReading) -> str:
        said = values.plain(cell)
        found = said if said in draws else moments.month(cell, reading)
        if found not in draws:
            raise Wrong(f"there is no draw {found}; there are {', '.join(draws) or 'none'}")
        return found

    return read


def _list(cell: Cell, reading: CellReading) -> str:
    """Which published list a masked number stands in: that of the participants, or the results."""
    word = key(values.text(cell, reading))
    if word.startswith(("particip", "участ", "қатыс", "5.2")):
        return "participants"
    if word.startswith(("result", "итог", "результ", "побед", "winner", "нәтиже", "қорытынды", "жеңімпаз")):
        return "results"
    raise Wrong(f"«{show(word, 30)}» is neither participants nor results")
