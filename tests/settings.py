"""What the program is told under test, in the names of the environment: all rates high, the providers fakes, whoever starts it.

Not here: starting it (see world.py for one in this process, bot/program.py and bot/fleet.py for processes of their own).
"""

from __future__ import annotations

from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.fakes.twilio import FakeTwilio


def settings(
    folder: Path, models: Path, port: int, base_url: str, telegram: FakeTelegram, twilio: FakeTwilio
) -> dict[str, str]:
    return {
        "PORT": str(port),
        "PUBLIC_URL": base_url,
        "PREVIEW": "true",
        "VAR_DIR": str(folder / "var"),
        "MODELS_DIR": str(models),
        "PERSON_RATE": "60000",
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.base_url,
        "TELEGRAM_RATE": "1000",
        "TELEGRAM_CHAT_RATE": "1000",
        "TWILIO_ACCOUNT_SID": twilio.account,
        "TWILIO_AUTH_TOKEN": twilio.webhooks.token,
        "TWILIO_WHATSAPP_FROM": twilio.sender,
        "TWILIO_API_URL": twilio.base_url,
        "TWILIO_RATE": "1000",
        "TWILIO_CHAT_RATE": "1000",
    }
