"""A rendered message and a channel's limits become what that channel can show: pieces of text, buttons, a list, or numbered text.

Not here: the provider's JSON (see the channels); `choose` is the way back, from what a person typed to the option that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from bot.text import markup as marked
from bot.text.limits import Limits
from bot.text.phrases import Rendered, RenderedOption
from dialogs.conversation import Offer
from dialogs.words import needs_own_words
from domain.search.folding import words
from domain.spoken.polarity import negates

_COLOURS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
_NUMBER = re.compile(r"^\s*(?:№\s*)?(\d{1,2})\s*[.)]?\s*$")


@dataclass(frozen=True, slots=True)
class Fitted:
    """One message of a channel. `shape` says how its options are shown; with `numbered` they stand in the text already."""

    text: str
    shape: Literal["text", "buttons", "list"]
    options: tuple[RenderedOption, ...] = ()


def fit(message: Rendered, limits: Limits) -> list[Fitted]:
    """At least one piece; options stand under the last one. What is folded is shown folded, or left to the option that unfolds it."""
    message = _unfolded(message, limits)
    options = message.options
    shape = _shape(message, limits)
    text = message.text
    if shape == "text" and options:
        text = f"{text}\n\n{_numbered(options)}"
        options = ()
    room = limits.text if shape == "text" else min(limits.text, limits.button_text)
    pieces = marked.split(text, room) or ["…"]
    return [Fitted(piece, "text") for piece in pieces[:-1]] + [Fitted(pieces[-1], shape, options)]


def _unfolded(message: Rendered, limits: Limits) -> Rendered:
    if not message.folded:
        return message
    if not limits.folds:
        return replace(message, folded="")
    options = tuple(option for option in message.options if not option.unfolds)
    return replace(message, text=f"{message.text}\n\n{marked.folded(message.folded)}", options=options, folded="")


def _shape(message: Rendered, limits: Limits) -> Literal["text", "buttons", "list"]:
    options = message.options
    if not options:
        return "text"
    longest = max(marked.utf16(option.label) for option in options)
    # where a button's text is tighter than a message, a long answer is not torn apart for the buttons' sake
    roomy = limits.button_text >= limits.text or marked.length(message.text) <= limits.button_text
    if len(options) <= limits.buttons and longest <= limits.button_label and roomy:
        return "buttons"
    if len(options) <= limits.list_rows and longest <= limits.list_label and roomy:
        return "list"
    return "text"


def _numbered(options: Sequence[RenderedOption]) -> str:
    return "\n".join(f"{number}. {marked.clean(option.label)}" for number, option in enumerate(options, 1))


def choose(text: str, offered: Sequence[Offer], *, numbered: bool) -> str | None:
    """The option that a typed number, label, beginning of a label or slightly mistyped label means, or None."""
    if number := _NUMBER.match(text):
        position = int(number[1])
        return offered[position - 1].id if numbered and 1 <= position <= len(offered) else None
    if len(text) > 60:
        return None
    typed = _bare(text)
    labels = [(_bare_label(offer.label), offer.id) for offer in offered]
    exact = [option for label, option in labels if label == typed]
    if exact:
        return exact[0]
    if not typed or "?" in text:
        return None
    begun = [option for label, option in labels if label.startswith(f"{typed} ")]
    if len(begun) == 1:
        return begun[0]
    near = [offer for offer, (label, _) in zip(offered, labels, strict=True) if not begun and _near(typed, label)]
    # «не удалить всё» is two letters away from «Удалить всё», and the opposite of it
    if len(near) != 1 or needs_own_words(near[0].id) or negates(text) != negates(near[0].label):
        return None
    return near[0].id


def _bare(text: str) -> str:
    """The words as they sound, in either alphabet; of a label that has none, like 👍, the sign without its skin colour."""
    return " ".join(words(text)) or _COLOURS.sub("", text).strip()


_bare_label = lru_cache(maxsize=2048)(_bare)
"""Kept, for every text is compared with the nine labels of the menu before it."""


def _near(typed: str, label: str) -> bool:
    """A typo or two, by length; short labels must be exact (OSA counts a swap of neighbours as one)."""
    allowed = 0 if len(label) < 4 else 1 if len(label) < 9 else 2
    return allowed > 0 and OSA.distance(typed, label, score_cutoff=allowed) <= allowed
