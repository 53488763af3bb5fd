"""Whether a wish was led to its function.

Not here: questions that only mention a function's words (see judging.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cli.asking import Reply

FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "chances": ("chances",),
    "eligibility": ("check",),
    "listed": ("listed",),
    "menu": ("menu",),
    "resume": ("bot",),
    "erase": ("forget",),
    "privacy": ("mydata",),
    "full_text": ("rules",),
    "repeat": ("repeat",),
    "shorter": ("shorter",),
    "simpler": ("shorter", "repeat"),
    "not_understood": ("shorter", "repeat", "help"),
    "stop": ("stop",),
}
SMALL: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("thanks", "ok", "robot", "abuse", "complaint"), ("small",)),
    **dict.fromkeys(("yes", "no"), ("small", "ask", "unsure")),
}


def led(intent: str, params: Mapping[str, Any], lang: str, reply: Reply) -> bool:
    """The function, and where it goes: the language, the promotion, the clause."""
    if intent in SMALL:
        return reply.kind in SMALL[intent]
    match intent:
        case "human":
            return reply.kind == "person"
        case "language":
            to = params.get("to")
            return reply.function == f"language.{to}" if to else str(reply.function).startswith("language.")
        case "promotion":
            to = params.get("to")
            return reply.function == "promotions" and (to is None or reply.promotion == to)
        case "clause":
            return reply.function == "clause" and (params.get("exists") is False or _shows(params.get("number"), reply))
    return reply.function in FUNCTIONS[intent]


def _shows(number: Any, reply: Reply) -> bool:
    wanted = number if isinstance(number, list) else [number]
    return all(each in reply.clauses[:3] for each in wanted if each is not None)
