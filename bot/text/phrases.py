"""A Phrase and a language become text: catalogues, plurals, dates and money as people here write them.

Not here: limits (see fitting.py); markup (see the channels). Catalogues are gettext .po files read at start (Babel), so that there is
no compiled copy that could be out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.text import markup as marked
from dialogs.messages import Money, Outgoing, Param, Phrase
from domain.rulebook import LANGUAGES, Language, Localized

NBSP = "\u00a0"
DOMAIN = "utys"
_DAY = {"ru": f"d{NBSP}MMMM y{NBSP}'года'", "kk": f"y{NBSP}'жылғы' d{NBSP}MMMM"}
_MONTH = {"ru": f"LLLL{NBSP}y", "kk": f"y{NBSP}'жылғы'{NBSP}MMMM"}
_MOMENT = {"ru": f"d{NBSP}MMMM y{NBSP}'года', HH:mm", "kk": f"y{NBSP}'жылғы' d{NBSP}MMMM, HH:mm"}
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(at|to|since|month))?\}")
# Kazakh months with the endings «-да», «-ға», «-дан»: {day:at} «31 қаңтарда», {day:to} «31 қаңтарға», {day:since} «31 қаңтардан»
_KAZAKH_ENDINGS = {
    "at": ["да", "да", "да", "де", "да", "да", "де", "да", "те", "да", "да", "да"],
    "to": ["ға", "ға", "ға", "ге", "ға", "ға", "ге", "ға", "ке", "ға", "ға", "ға"],
    "since": ["дан", "нан", "дан", "ден", "дан", "нан", "ден", "дан", "тен", "нан", "дан", "нан"],
}


class MissingPhrase(KeyError):
    """A key that a catalogue does not hold: a bug, found by a test over all keys."""


@dataclass(frozen=True, slots=True)
class RenderedOption:
    id: str
    label: str
    hint: str = ""
    unfolds: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words: `text` and `folded` are marked (see markup.py). Not yet cut to any channel's limits."""

    text: str
    language: Language
    options: tuple[RenderedOption, ...] = ()
    template: str | None = None
    numbers: bool = True
    ask_contact: bool = False
    folded: str = ""
    drops_contact: bool = False
    thread: int | None = None


def money(kzt: int) -> str:
    """`869 990 ₸` with no-break spaces: Babel's Russian prints the code, people write the sign."""
    return f"{kzt:,}".replace(",", NBSP) + f"{NBSP}₸"


class Phrases:
    def __init__(self, catalogues: Mapping[Language, GNUTranslations], zone: ZoneInfo) -> None:
        self._catalogues, self._zone = catalogues, zone

    @classmethod
    def load(cls, folder: Path, zone: ZoneInfo) -> Phrases:
        """Reads `<folder>/<language>/LC_MESSAGES/utys.po` for each language. Raises OSError, ValueError."""
        return cls({language: _read(folder, language) for language in LANGUAGES}, zone)

    def text(self, phrase: Phrase, language: Language) -> str:
        """Marked text. Raises MissingPhrase for an unknown key, KeyError for a missing parameter."""
        catalogue = self._catalogues[language]
        count = phrase.count
        template = phrase.key if count is None else catalogue.ngettext(phrase.key, phrase.key, count)
        if template == phrase.key:  # no count, or a phrase that is the same for every number
            template = catalogue.gettext(phrase.key)
        if template == phrase.key:
            raise MissingPhrase(phrase.key)
        return _PLACEHOLDER.sub(lambda m: self._param(phrase, m[1], m[2], language), marked.from_catalogue(template))

    def _param(self, phrase: Phrase, name: str, case: str | None, language: Language) -> str:
        if name == "count" and phrase.count is not None:
            return f"{phrase.count:,}".replace(",", NBSP)
        value = phrase.params[name]
        if case == "month" and isinstance(value, date):
            return str(format_date(value, _MONTH[language], locale=language))
        ending = _KAZAKH_ENDINGS[case][value.month - 1] if case and language == "kk" and isinstance(value, date) else ""
        return self.param(value, language) + ending

    def param(self, value: Param, language: Language) -> str:
        match value:
            case Phrase():
                return self.text(value, language)
            case Localized():
                return marked.clean(value.get(language))
            case Money():
                return money(value.kzt)
            case datetime():
                return str(format_datetime(value.astimezone(self._zone), _MOMENT[language], locale=language))
            case date():
                return str(format_date(value, _DAY[language], locale=language))
            case int():
                return f"{value:,}".replace(",", NBSP)
            case str():
                return marked.clean(value)

    def render(self, outgoing: Outgoing, language: Language) -> Rendered:
        spoken = outgoing.language or language
        tongues: Iterable[Language] = LANGUAGES if outgoing.both else (spoken,)
        paragraphs = [self.text(part, tongue) for tongue in tongues for part in outgoing.parts]
        options = tuple(
            RenderedOption(
                option.id,
                marked.plain(self.text(option.label, spoken)),
                marked.plain(self.text(option.hint, spoken)) if option.hint else "",
                option.unfolds,
            )
            for option in outgoing.options
        )
        folded = _joined(self.text(part, spoken) for part in outgoing.folded)
        return Rendered(
            _joined(paragraphs),
            spoken,
            options,
            outgoing.template,
            outgoing.numbers,
            outgoing.ask_contact,
            folded,
            outgoing.drops_contact,
        )


def _joined(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if marked.plain(paragraph).strip())


def _read(folder: Path, language: Language) -> GNUTranslations:
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
