"""Looks for secrets in what git keeps: tokens by their shape, keys by their heading, personal numbers by their check digits.

Leaves what is done about one to whoever put it there.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHAPES = {
    "a Telegram token": re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"),
    "a Twilio key": re.compile(r"\bSK[0-9a-f]{32}\b"),
    "a Twilio token": re.compile(r"(?i)auth_?token\W{1,4}[0-9a-f]{32}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "an AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "a password in an address": re.compile(
        r"\b[a-z+]+://[^\s:/@{}$<>]+:(?!password|postgres|secret|utys|hidden|hush-)[^\s:/@{}$<>]{6,}@"
    ),
    "an encryption key": re.compile(r"(?m)^ENCRYPTION_KEY=[A-Za-z0-9+/]{43}="),
}


def scan() -> Iterator[str]:
    """Where something looks like a secret: file, line, and what it is; never the thing itself."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        try:
            text = (ROOT / name).read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for what, shape in SHAPES.items():
            for found in shape.finditer(text):
                yield f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {what}"
