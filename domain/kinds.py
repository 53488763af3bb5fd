"""The kinds of criteria by the names under which promotion.toml calls them: the one place that a new kind is added to.

Not here: what each of them means (see the module that it comes from).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain import connection, criteria, receipts, subscription, tickets, winners
from domain.age import age
from domain.criteria import Kind

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "one_of": criteria.one_of,
        "always": criteria.always,
        "unless": criteria.unless,
        "date_in": connection.date_in,
        "draw_month": connection.draw_month,
        "earlier_win": connection.earlier_win,
        "still_connected": connection.still_connected,
        "adds_services": connection.adds_services,
        "enough_receipts": receipts.enough_receipts,
        "age_of_subscriber": age(
            lambda case: max(
                (case.reading.day(buy.at) for buy in subscription.entering_buys(case) if buy.at is not None),
                default=None,
            ),
            lambda case: subscription.draw_ends(case.promotion).date(),
        ),
        "age_of_player": age(tickets.first_purchase_day, lambda case: case.promotion.last_day(case.promotion.whole)),
        "bought_as_prescribed": subscription.bought_as_prescribed,
        "bought_in_period": subscription.bought_in_period,
        "held": subscription.held,
        "ticket_bought": tickets.ticket_bought,
        "chance_earned": tickets.chance_earned,
        "mask": winners.mask,
        "server_prize": winners.server_prize,
    }
)
