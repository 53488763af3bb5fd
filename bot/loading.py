"""What every command opens before it can answer: the promotions with their models, the catalogues, the time zone.

Not here: settings (see settings.py); putting the running program together (see app.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.library import Promotions
from bot.settings import ROOT, Settings
from bot.text.phrases import Phrases
from storage.answers.files import ModelError

ZONE = ZoneInfo("Asia/Almaty")
LOCALES = ROOT / "locales"


class Cannot(Exception):
    """The program cannot start; the text says why in one sentence."""


def check_zone_data() -> None:
    """A stale tz database puts 2024-03-01 in the wrong draw month (Kazakhstan went to UTC+5 that day, tzdata 2024a)."""
    if datetime(2024, 3, 2, tzinfo=ZONE).utcoffset() != timedelta(hours=5):
        raise Cannot("the time-zone database of this machine is older than 2024a; update the tzdata of the system")


def load_library(settings: Settings) -> Promotions:
    """Without the promotions that cannot be served (`left_out`). Raises Cannot where none can."""
    try:
        library = Promotions.load(settings.promotions_dir, settings.models)
    except ModelError as error:
        raise Cannot(str(error)) from error
    if not library.promotions and library.left_out:
        raise Cannot(f"no promotion can be served: {next(iter(library.left_out.values()))}")
    if not library.promotions:
        raise Cannot(f"there is no promotion in {settings.promotions_dir} (PROMOTIONS_DIR)")
    return library


def load_phrases() -> Phrases:
    return Phrases.load(LOCALES, ZONE)
