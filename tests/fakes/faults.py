"""What can go wrong with a call, and the script that says when it does.

How a fault looks on the wire is left to the server and to the provider that it plays.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fnmatch import fnmatchcase
from typing import Any

When = Callable[[Mapping[str, Any]], bool]


class Kind(Enum):
    """When the trouble strikes, seen from the work that was asked for."""

    REFUSE = "refuse"  # an error answer, nothing done
    HANG = "hang"  # no answer until `release()`, then as usual; nothing done before that
    HANG_DONE = "hang_done"  # the work is done, the answer waits for `release()`
    RESET = "reset"  # connection reset, nothing done
    FAIL_DONE = "fail_done"  # the work is done, the answer is an error
    LOSE = "lose"  # the work is done, the connection drops before the answer


@dataclass(frozen=True)
class Fault:
    """One misfortune; `status` 0 means that there is no answer at all."""

    name: str
    kind: Kind = Kind.REFUSE
    status: int = 0
    code: int = 0
    description: str = ""
    parameters: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def rate_limited(cls, retry_after: int = 1) -> "Fault":
        """429; Telegram says `retry_after` in the body, both say it in the header."""
        text = f"Too Many Requests: retry after {retry_after}"
        return cls("rate_limited", Kind.REFUSE, 429, 20429, text, {"retry_after": retry_after})

    @classmethod
    def server_error(cls, status: int = 500) -> "Fault":
        return cls("server_error", Kind.REFUSE, status, 20500, "Internal Server Error")

    @classmethod
    def late_error(cls, status: int = 500) -> "Fault":
        """The work is done, and then something on the provider's side fails."""
        return cls("late_error", Kind.FAIL_DONE, status, 20500, "Internal Server Error")

    @classmethod
    def refused(cls, status: int, description: str, code: int = 0) -> "Fault":
        """Any other error answer; `code` is Twilio's."""
        return cls("refused", Kind.REFUSE, status, code or status, description)

    @classmethod
    def blocked(cls) -> "Fault":
        return cls("blocked", Kind.REFUSE, 403, 63014, "Forbidden: bot was blocked by the user")

    @classmethod
    def chat_not_found(cls) -> "Fault":
        return cls("chat_not_found", Kind.REFUSE, 400, 21211, "Bad Request: chat not found")

    @classmethod
    def migrated(cls, new_chat_id: int) -> "Fault":
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return cls("migrated", Kind.REFUSE, 400, 400, text, {"migrate_to_chat_id": new_chat_id})

    @classmethod
    def hang(cls, after_work: bool = False) -> "Fault":
        """No answer until the server is told `release()` (the answer comes) or is closed (the connection drops)."""
        return cls("hang", Kind.HANG_DONE if after_work else Kind.HANG)

    @classmethod
    def reset(cls) -> "Fault":
        """A broken connection; mind that aiohttp's client repeats a GET by itself when a kept connection breaks."""
        return cls("reset", Kind.RESET)

    @classmethod
    def lost_answer(cls) -> "Fault":
        return cls("lost_answer", Kind.LOSE)


@dataclass
class _Rule:
    target: str
    fault: Fault
    left: int | None
    chance: float
    when: When | None


class Script:
    """Faults by target: a Telegram method, `file`, or Twilio's `POST /path`; `*` and `?` match as in file names."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._rules: list[_Rule] = []
        self.fired: list[tuple[str, Fault]] = []

    def queue(self, target: str, *faults: Fault, times: int = 1, when: When | None = None) -> None:
        """Let each fault strike `times` times, in this order, before the target works again."""
        self._rules += [_Rule(target, fault, times, 1.0, when) for fault in faults]

    def always(self, target: str, fault: Fault, when: When | None = None) -> None:
        """Let the fault strike every time until `clear()`."""
        self._rules.append(_Rule(target, fault, None, 1.0, when))

    def rate(self, target: str, fault: Fault, chance: float, when: When | None = None) -> None:
        """Let the fault strike at random; the same seed and the same order of calls give the same faults."""
        self._rules.append(_Rule(target, fault, None, chance, when))

    def clear(self, target: str | None = None) -> None:
        """Forget all faults, or those of one target."""
        self._rules = [rule for rule in self._rules if target is not None and rule.target != target]

    def take(self, target: str, params: Mapping[str, Any]) -> Fault | None:
        """Say which fault strikes this call; a queued one is used up."""
        for rule in self._rules:
            if not fnmatchcase(target, rule.target) or (rule.when and not rule.when(params)):
                continue
            if rule.chance < 1.0 and self._random.random() >= rule.chance:
                continue
            if rule.left is not None:
                rule.left -= 1
                if rule.left == 0:
                    self._rules.remove(rule)
            self.fired.append((target, rule.fault))
            return rule.fault
        return None
