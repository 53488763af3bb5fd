"""Kazakhstan's bank codes (the three digits after the check digits of an account number), from schwifty's register."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def bank_codes() -> frozenset[str]:
    from schwifty import registry  # takes a fifth of a second: only where an account is looked at

    return frozenset(bank.bank_code for bank in registry.get_banks_by_country("KZ"))
