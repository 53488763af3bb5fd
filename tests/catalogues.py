"""The catalogues of both languages as they stand in locales/, and the keys that the code asks them for.

Leaves what must hold between the two to the tests.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from domain.rulebook import LANGUAGES, Language
from tests.sources import ROOT, Module, of

PLACEHOLDER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Asked:
    """One `say(...)` of the code. `key` is a pattern where parts of the key are only known as the program runs."""

    where: str
    key: str
    exact: bool
    params: frozenset[str]

    def fits(self, key: str) -> bool:
        return key == self.key if self.exact else re.fullmatch(self.key, key) is not None


@cache
def catalogue(language: Language) -> Catalog:
    path = ROOT / "locales" / language / "LC_MESSAGES" / "utys.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: Language) -> dict[str, tuple[str, ...]]:
    """Every key with its text, or its plural forms."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


def texts() -> Iterator[tuple[Language, str, str]]:
    """Language, key and text, of everything that can be said."""
    for language in LANGUAGES:
        for key, forms in entries(language).items():
            yield from ((language, key, form) for form in forms)


def placeholders(forms: tuple[str, ...]) -> set[str]:
    return {name for form in forms for name in PLACEHOLDER.findall(form)}


def asked() -> list[Asked]:
    return [each for module in of("dialogs", "bot") for each in _asked(module)]


def mentioned() -> set[str]:
    """Every string of the code: a key may travel in a variable before it is said."""
    return {text for module in of("dialogs", "bot") for text in module.strings()}


def _asked(module: Module) -> Iterator[Asked]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "Phrase") and node.args:
            params = frozenset(keyword.arg or "**" for keyword in node.keywords)
            where = f"{module.name}:{node.lineno}"
            match node.args[0]:
                case ast.Constant(value=str(key)):
                    yield Asked(where, key, True, params)
                case ast.JoinedStr(values=values):
                    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.]+" for v in values]
                    yield Asked(where, "".join(parts), False, params)
