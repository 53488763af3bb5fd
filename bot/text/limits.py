"""What a channel can show, as data.

Not here: fitting a message to it (see fitting.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel can show. Lengths are UTF-16 units, sizes bytes. A channel without buttons has `buttons` 0.

    `buttons` may stand under a text of at most `button_text` with labels of at most `button_label`; a `list_rows` long list with
    labels of at most `list_label`; whatever fits neither becomes numbered text. `window` is how long after the person's last
    message free text may be sent. `folds`: it can show text folded.
    """

    text: int
    buttons: int
    button_label: int
    button_text: int
    list_rows: int = 0
    list_label: int = 0
    list_hint: int = 0
    option_bytes: int = 64
    window: timedelta | None = None
    file_bytes: int = 20_000_000
    folds: bool = False
    asks_contact: bool = False
