"""One finding of the doctor.

Not here: what is examined (see bot/cli/doctor/ and the `examine` of each channel).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One thing looked at. `advice` is one sentence, empty where nothing is to be done."""

    state: State
    what: str
    said: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.state:8} {self.what:12} {self.said}"
        return " ".join(f"{line}. {self.advice}".split("\n")) if self.advice else line


def fingerprint(secret: str) -> str:
    """Enough of a secret's hash to compare two by eye."""
    return hashlib.sha256(secret.encode()).hexdigest()[:8]
