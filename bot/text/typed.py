"""What is done to a typed text on its way to the dialogs, and to the options on their way back: once, for the chat and `utys ask`.

Not here: deciding what to answer (see dialogs/router.py) and matching a text with a label (see fitting.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace as replace_fields

from msgspec.structs import replace

from bot.text.fitting import choose
from bot.text.phrases import Rendered
from dialogs.conversation import Conversation, Offer
from dialogs.masking import mask_name, mask_secrets
from dialogs.messages import Incoming
from domain.spoken.cleaning import clean as cleaned

TEXT = 12_000
"""Characters of a message that are read; what is longer is cut, no channel sends more than 4 096 but the browser does."""

NAME = 255
"""Characters of the name of a file that are kept: no file system has longer ones."""


def clean(incoming: Incoming) -> Incoming:
    """The event as it may be kept: no longer than what is read, in one form of every letter, without secrets, also in names of files."""
    text = mask_secrets(cleaned(incoming.text[:TEXT])[:TEXT])
    files = tuple(replace_fields(file, name=mask_name(cleaned(file.name[:NAME]))) for file in incoming.attachments)
    return replace(incoming, text=text, attachments=files)


def meant(incoming: Incoming, conversation: Conversation) -> Incoming:
    """A typed number or label of what was offered last counts as the tap."""
    if len(incoming.text) > TEXT:
        incoming = replace(incoming, text=incoming.text[:TEXT])
    if incoming.kind != "text" or not conversation.offered:
        return incoming
    option = choose(incoming.text, conversation.offered, numbered=conversation.numbered)
    return replace(incoming, kind="option", option=option) if option else incoming


def offering(conversation: Conversation, said: Iterable[Rendered]) -> Conversation:
    """The conversation with the options that were shown last, so that the next text can mean one of them."""
    offered, numbered = conversation.offered, conversation.numbered
    for message in said:
        if message.options:
            offered = tuple(Offer(option.id, option.label) for option in message.options)
            numbered = message.numbers
        else:
            numbered = numbered and message.numbers
    return replace(conversation, offered=offered, numbered=numbered)
