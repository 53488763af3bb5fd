"""The one import of aiogram: its types come without their schemas, each of which is built when it is first used.

aiogram asks pydantic for that (`defer_build`), and then its import builds all 440 of them by `model_rebuild`: 1.5 s and 105 MiB, of
which the bot uses a dozen (github.com/aiogram/aiogram/issues/1513 and 1876). Here that loop only notes the names which the types
speak of, and a type's first use builds it with them. For good nothing is replaced but the default of one argument.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

_REBUILD = BaseModel.__dict__["model_rebuild"]
_names: dict[str, Any] = {}


@contextlib.contextmanager
def _deferring() -> Iterator[None]:
    """Where something else has imported aiogram before, all is built and nothing is noted."""

    def note(cls: type[BaseModel], /, *, _types_namespace: Mapping[str, Any] | None = None, **_: Any) -> None:
        _names.update(_types_namespace or {})

    if "aiogram" not in sys.modules:
        BaseModel.model_rebuild = classmethod(note)  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = _REBUILD  # type: ignore[method-assign]


with _deferring():
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
    from aiogram.methods import Response, TelegramMethod
    from aiogram.methods.base import TelegramType
    from aiogram.types import BotCommand
    from aiogram.types.base import TelegramObject


def _rebuild(
    cls: type[BaseModel], /, *, _types_namespace: Mapping[str, Any] | None = None, **options: Any
) -> bool | None:
    # what a caller's frame knows says nothing of these types
    built: bool | None = _REBUILD.__get__(None, cls)(_types_namespace=_types_namespace or _names or None, **options)
    return built


for _base in (TelegramObject, TelegramMethod, Response):
    _base.model_rebuild = classmethod(_rebuild)  # type: ignore[method-assign, assignment]

__all__ = [
    "AiohttpSession",
    "Bot",
    "BotCommand",
    "ClientDecodeError",
    "Response",
    "TelegramAPIServer",
    "TelegramMethod",
    "TelegramNetworkError",
    "TelegramType",
]
