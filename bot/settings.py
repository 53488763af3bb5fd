"""Environment and .env become Settings; a bad value is refused at start with one plain sentence that names the variable.

Not here: checking what only the network can tell (a wrong token, an unreachable database) to `doctor` and (see start-up).
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import os
import secrets
import tempfile
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
OFFICIAL_TELEGRAM = "https://api.telegram.org"


class BadSetting(Exception):
    """A setting that cannot be used; the text names the variable and says what is wanted."""


class Settings(BaseSettings):
    """Everything that can be configured; see .env.example for one line on each. Every secret is left out of repr."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    var_dir: Path = Path("var")
    promotions_dir: Path = ROOT / "promotions"
    models_dir: Path | None = None
    database_url: str | None = Field(None, repr=False)
    files_url: str | None = None
    encryption_key: str | None = Field(None, repr=False)
    encryption_key_file: Path | None = None
    public_url: str | None = None

    telegram_bot_token: str | None = Field(None, repr=False)
    telegram_api_url: str = OFFICIAL_TELEGRAM
    telegram_webhook_secret: str | None = Field(None, repr=False)
    telegram_rate: float = Field(30, gt=0)
    telegram_chat_rate: float = Field(1, gt=0)

    twilio_account_sid: str | None = None
    twilio_auth_token: str | None = Field(None, repr=False)
    twilio_whatsapp_from: str | None = None
    twilio_api_url: str | None = None
    twilio_templates: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    twilio_rate: float = Field(80, gt=0)
    twilio_chat_rate: float = Field(1 / 6, gt=0)

    person_rate: float = Field(20, gt=0)
    trusted_proxies: str | None = None

    drain_seconds: float = Field(0, ge=0, le=60)

    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(None, ge=1, le=65535)

    preview: bool | None = None
    log_level: str = "info"

    @field_validator("twilio_templates", mode="before")
    @classmethod
    def _read_pairs(cls, value: object) -> object:
        """`name.kk=HX…,name.ru=HX…`"""
        if isinstance(value, str):
            pairs = [[part.strip() for part in pair.split("=")] for pair in value.split(",") if pair.strip()]
            if not all(len(pair) == 2 and all(pair) for pair in pairs):
                raise ValueError("must be name.language=ContentSid pairs with commas between them")
            return dict(pairs)
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.lower() not in ("debug", "info", "warning", "error"):
            raise ValueError("must be debug, info, warning or error")
        return value.lower()

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _secret_alphabet(cls, value: str | None) -> str | None:
        if value is not None and not (
            1 <= len(value) <= 256 and all(c.isascii() and (c.isalnum() or c in "_-") for c in value)
        ):
            raise ValueError("must be 1 to 256 characters of A-Z a-z 0-9 _ -")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _known_proxies(cls, value: str | None) -> str | None:
        """Whoever is trusted may give himself any address: so none but those that are named."""
        for given in value.split(",") if value else ():
            try:
                named = ipaddress.ip_network(given.strip())
            except ValueError as error:
                raise ValueError(
                    "must be addresses or networks of proxies such as 10.0.0.5 or 10.0.0.0/24, with commas between; "
                    "every caller (*) cannot be trusted"
                ) from error
            if named.prefixlen == 0:
                raise ValueError("must not name every address: any caller could then give himself another one")
        return value

    @field_validator("public_url", "telegram_api_url", "twilio_api_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("must be a web address such as https://bot.example.kz")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must hold no user name and no password")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _agree(self) -> Settings:
        twilio = {
            "TWILIO_ACCOUNT_SID": self.twilio_account_sid,
            "TWILIO_AUTH_TOKEN": self.twilio_auth_token,
            "TWILIO_WHATSAPP_FROM": self.twilio_whatsapp_from,
        }
        missing = [name for name, value in twilio.items() if not value]
        if missing and len(missing) < 3:
            raise ValueError(f"{' and '.join(missing)} must be set as well, or none of the TWILIO settings")
        if self.public_url and self.public_url.startswith("http://"):
            if self.telegram_bot_token and self.telegram_api_url == OFFICIAL_TELEGRAM:
                raise ValueError("PUBLIC_URL must be https: Telegram calls no other")
            if not _is_loopback(self.public_url):
                raise ValueError("PUBLIC_URL must be https; plain http is accepted on loopback only")
        if not missing and not self.public_url and self.twilio_api_url is None:
            raise ValueError("PUBLIC_URL must be set for WhatsApp: Twilio signs its calls over that address")
        return self

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.var_dir / 'utys.db'}"

    @property
    def models(self) -> Path:
        """Where the answer models lie that `utys promotions publish` makes."""
        return self.models_dir or self.var_dir / "models"

    @property
    def base_url(self) -> str:
        """The address that providers know us by; without one, the address that we listen on."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def only_here(self) -> bool:
        """Whether nobody but this machine can reach us."""
        return self.public_url is None and _is_loopback(f"http://{f'[{self.host}]' if ':' in self.host else self.host}")

    @property
    def serves_preview(self) -> bool:
        """The browser chat is for trying out: whoever opens it to others says so."""
        return self.only_here if self.preview is None else self.preview

    @property
    def key_file(self) -> Path:
        """Where the keys lie: the file named, or the one that was made at the first start. ENCRYPTION_KEY goes before it."""
        return self.encryption_key_file or self.var_dir / "encryption.key"

    @property
    def has_key(self) -> bool:
        return bool(self.encryption_key) or self.key_file.exists()

    def key(self) -> bytes:
        """The newest of the encryption keys. Raises BadSetting."""
        return self.keys()[0]

    def keys(self) -> tuple[bytes, ...]:
        """The encryption keys, the newest first, then those that only open what is older: ENCRYPTION_KEY (base64 of 32 bytes each), else
        ENCRYPTION_KEY_FILE, else var/encryption.key, made at the first start (mode 0600) and never beside a database that was made with
        another.

        Raises BadSetting.
        """
        if self.encryption_key:
            return _read_keys(self.encryption_key, "ENCRYPTION_KEY")
        path = self.key_file
        if self.encryption_key_file:
            try:
                return _read_keys(path.read_text(), f"ENCRYPTION_KEY_FILE {path}")
            except (OSError, UnicodeDecodeError) as error:
                raise BadSetting(f"ENCRYPTION_KEY_FILE: {path} cannot be read: {error}") from error
        try:
            self.var_dir.mkdir(parents=True, exist_ok=True)
            if not path.exists() and self.has_data() and not path.exists():  # made meanwhile, with the database
                raise BadSetting(
                    f"the key {path} is gone, but there is a database, {self._shown_database()}; put back the key that it was "
                    "made with (or set ENCRYPTION_KEY): a new one would open nothing"
                )
            if not path.exists():
                _leave(path, base64.b64encode(secrets.token_bytes(32)))
            return _read_keys(path.read_text(), str(path))
        except OSError as error:
            raise BadSetting(f"VAR_DIR: {path} cannot be used: {error.strerror}") from error

    def _shown_database(self) -> str:
        from storage.database import parse

        return parse(self.database).render_as_string(hide_password=True)

    def has_data(self) -> bool:
        """Whether there is a database that needs the key it was made with. Raises BadSetting."""
        from storage.database import Unusable, holds_data

        try:
            return holds_data(self.database)
        except Unusable as error:
            raise BadSetting(str(error)) from error


def _leave(path: Path, content: bytes) -> None:
    """Makes a file that is whole from the moment it is there; of several that are made at once one stays, and it is everybody's."""
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        except (
            OSError
        ):  # a filesystem without links: there a second start at the same moment may find half of it, and refuses
            with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(content)
    finally:
        Path(fresh).unlink(missing_ok=True)


def _read_keys(text: str, name: str) -> tuple[bytes, ...]:
    """One or more, parted by whatever is blank."""
    return tuple(_key_bytes(word, name) for word in text.split() or [""])


def _key_bytes(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSetting(f"{name} must be base64 of 32 bytes (make one with: openssl rand -base64 32)") from error
    if len(key) != 32:
        raise BadSetting(f"{name} must be base64 of 32 bytes, this is {len(key)} bytes")
    return key


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_PLAIN = {
    "int_parsing": "must be a whole number",
    "float_parsing": "must be a number",
    "bool_parsing": "must be true or false",
}
"""What pydantic says of a value that is of another kind, said plainly."""


def load() -> Settings:
    """Raises BadSetting for the first thing wrong, never showing the value (it may be a secret)."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else ""
        reason = _PLAIN.get(str(first["type"]), str(first["msg"]).removeprefix("Value error, "))
        raise BadSetting(f"{name}: {reason}" if name else reason) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f".env cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}"
        ) from error
