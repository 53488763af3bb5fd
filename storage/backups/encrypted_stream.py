"""A stream of bytes, encrypted in chunks: cut off, swapped, repeated or changed anywhere, it does not open.

Not here: what the bytes mean (see backup.py). AES-256-GCM under a key of its own per stream, derived from the installation's key and a
random salt; a chunk's nonce is its number and whether it is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
Vizár, 2015). One chunk is in memory at a time.
"""

from __future__ import annotations

import hmac
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"UTYS BACKUP\x01"
CHUNK = 256 * 1024
"""Bytes of plain text in a chunk; only the last one may be shorter."""
_SALT, _PROOF, _TAG = 16, 16, 16


class Damaged(Exception):
    """The stream is not whole, or was made with another key; the text says which, as far as that can be told."""


class ChunkWriter:
    """Encrypts what is written; the stream is whole only after `close`."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT)
        self._cipher, proof = _cipher(key, salt)
        self._file, self._rest, self._number = file, bytearray(), 0
        file.write(MAGIC + salt + proof)

    def write(self, plain: bytes) -> None:
        self._rest += plain
        while len(self._rest) > CHUNK:  # a full chunk stays back until it is known not to be the last
            self._seal(bytes(self._rest[:CHUNK]), last=False)
            del self._rest[:CHUNK]

    def close(self) -> None:
        self._seal(bytes(self._rest), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, MAGIC))
        self._number += 1


class ChunkReader:
    """Raises Damaged from everything it does."""

    def __init__(self, file: BinaryIO, *keys: bytes) -> None:
        if file.read(len(MAGIC)) != MAGIC:
            raise Damaged("it is no backup, or one of a later version of Utys")
        salt, shown = file.read(_SALT), file.read(_PROOF)
        for key in keys:
            self._cipher, proof = _cipher(key, salt)
            if hmac.compare_digest(shown, proof):
                break
        else:
            raise Damaged("the encryption key is not the one that it was made with")
        self._file, self._rest, self._number, self._ended = file, bytearray(), 0, False
        self._ahead = file.read(CHUNK + _TAG)

    def read(self, size: int) -> bytes:
        """Exactly so many bytes."""
        while len(self._rest) < size:
            if self._ended:
                raise Damaged("it is not whole")
            self._rest += self._open()
        taken = bytes(self._rest[:size])
        del self._rest[:size]
        return taken

    def finish(self) -> None:
        """Sees to it that nothing follows."""
        if not self._ended:
            self._rest += self._open()
        if self._rest or not self._ended:
            raise Damaged("something follows its end")

    def _open(self) -> bytes:
        sealed, self._ahead = self._ahead, self._file.read(CHUNK + _TAG)
        self._ended = not self._ahead
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=self._ended), sealed, MAGIC)
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"it was cut off or changed, at about {self._number * CHUNK / 1e6:.1f} MB") from error
        self._number += 1
        return plain


def _cipher(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    """With a proof by which a wrong key is told from a damaged stream."""
    derived = HKDF(SHA256(), 48, salt, b"utys backup").derive(key)
    return AESGCM(derived[:32]), derived[32:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
