"""All scenes as one table: who answers a button or a word, what must be loaded for it, and the ways in for menu and commands.

Not here: which scenes there are, and what comes before them (see router.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dialogs.turn import Entry, Need, Outcome, Scene, Turn
from dialogs.words import bare

LONGEST = 200
"""Characters of a message that is the word of an entry and nothing else, marks and spaces included."""


class Scenes(Mapping[str, Scene]):
    """Scenes by name. `entries` are all ways in, in the order of the menu; `commands` are Telegram's."""

    def __init__(self, scenes: Iterable[Scene]) -> None:
        self._scenes = {scene.name: scene for scene in scenes}
        entries = [entry for scene in self.values() for entry in scene.entries]
        self.entries: tuple[Entry, ...] = tuple(sorted(entries, key=lambda entry: entry.rank))
        self.commands: tuple[str, ...] = tuple(entry.command for entry in self.entries if entry.command)
        self._words = {bare(word): entry.id for entry in entries for word in _words(entry)}
        self._plain = {word: scene for scene in self.values() for word in scene.plain}
        self._options = {word: scene for scene in self.values() for word in scene.options}

    def __getitem__(self, name: str) -> Scene:
        return self._scenes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scenes)

    def __len__(self) -> int:
        return len(self._scenes)

    def meant(self, text: str) -> str | None:
        """The entry that a whole message names, or None."""
        return self._words.get(bare(text)) if len(text) <= LONGEST else None

    def tap(self, turn: Turn, id: str) -> Outcome | None:
        """What a button says; None where no scene offers it."""
        name, *about = id.split(".")
        if about:
            scene = self._options.get(name)
            return scene.options[name](turn, tuple(about)) if scene else None
        scene = self._plain.get(name)
        return scene.plain[name](turn) if scene else None

    def needs(self, id: str) -> tuple[Need, ...]:
        """What the scene needs that answers this button."""
        name, dot, _ = id.partition(".")
        scene = (self._options if dot else self._plain).get(name)
        return scene.needs if scene else ()


def _words(entry: Entry) -> list[str]:
    words = entry.words.split(",") if entry.words else []
    return [*words, f"/{entry.command}"] if entry.command else words
