"""Everything that `utys promotions check` looks at, as faults with file and line.

Not here: each kind of check (see the storage): the folder itself to `catalog_check`, marks of a draft to `drafting`.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from bot.loading import LOCALES
from bot.text.phrases import DOMAIN
from domain.rulebook import LANGUAGES
from storage.promotions.catalog import folders
from storage.promotions.checks.check import check, check_all
from storage.promotions.drafting.start import unfinished
from storage.promotions.sheet import DataFault


def faults_of(root: Path, folder: Path | None) -> list[DataFault]:
    """The faults of one folder, or of all of them with the names they share and the bot's own words."""
    if folder is not None:
        found = [*check(folder), *unfinished(folder)]
    else:
        found = [*check_all(root), *(fault for each in folders(root) for fault in unfinished(each)), *phrases()]
    first = {(fault.file, fault.line, fault.message): fault for fault in reversed(found)}
    return sorted(first.values(), key=lambda fault: (fault.file, fault.line))


def phrases(locales: Path = LOCALES) -> list[DataFault]:
    """Phrases that one language has and the other lacks, or that are empty."""
    faults: list[DataFault] = []
    said: dict[str, dict[str, int]] = {}
    files = {language: locales / language / "LC_MESSAGES" / f"{DOMAIN}.po" for language in LANGUAGES}
    for language, file in files.items():
        said[language] = {}
        try:
            with file.open("rb") as opened:
                catalogue = read_po(opened, locale=language, domain=DOMAIN, abort_invalid=True)
        except (OSError, PoFileError, ValueError) as error:
            faults.append(DataFault(file, 0, f"cannot be read: {error}"))
            continue
        for message in catalogue:
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts = [message.string] if isinstance(message.string, str) else list(message.string or ("",))
            if not key:
                continue
            said[language][key] = message.lineno or 0
            if message.fuzzy or not all(texts):
                faults.append(DataFault(file, message.lineno or 0, f"the phrase {key} has no text"))
    for language, file in files.items():
        every = {key for other in said.values() for key in other}
        faults += [DataFault(file, 0, f"the phrase {key} is missing") for key in sorted(every - said[language].keys())]
    return faults
