"""Encryption of what names a person, and keyed hashes to find it again.

Not here: where the key comes from (see the settings). AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the place of a value
(table and row key) is authenticated with it, so that a ciphertext moved to another row does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

_VERSION = b"\x01"
KEY_BYTES = 32


class SealBroken(Exception):
    """A value does not open: another key, another place, or changed bytes."""


class Seal:
    """Seals and opens bytes under one installation key of 32 bytes. Raises ValueError for a key of another length."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("the encryption key must be 32 bytes")
        self._cipher = AESGCM(HKDFExpand(SHA256(), 32, b"utys sealing").derive(key))
        self._hash_key = HKDFExpand(SHA256(), 32, b"utys lookup").derive(key)

    def seal(self, plain: bytes, place: bytes) -> bytes:
        nonce = os.urandom(12)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        if sealed[:1] != _VERSION:
            raise SealBroken("unknown version")
        try:
            return self._cipher.decrypt(sealed[1:13], sealed[13:], place)
        except (InvalidTag, ValueError) as broken:  # ValueError: cut off
            raise SealBroken("wrong key, wrong place or changed bytes") from broken

    def digest(self, *parts: str) -> bytes:
        """A keyed hash of 16 bytes: equal for equal parts, telling nothing of them without the key."""
        message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.new(self._hash_key, message, hashlib.sha256).digest()[:16]
