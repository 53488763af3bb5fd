"""Encryption of what names a person, keys that can be changed, and keyed hashes to find a person again.

Not here: where the master keys come from (see the settings); where a data key lies (see storage/keys/). AES-256-GCM (NIST SP 800-38D)
with a random 96-bit nonce. A sealed value begins with its version and the id of its key; both are authenticated, together with its place
(table, row key, and the row's version where a row is rewritten), so that a value moved to another row, or an older one of the same row,
does not open. What belongs to one person or one list is sealed under a data key of its own, which a master key wraps: who destroys that
has destroyed what it opens.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

OLD = b"\x01"
"""The version of what was sealed under the one key of an installation: no id follows it, and it is not authenticated."""
BY_MASTER = b"\x02"
BY_DATA_KEY = b"\x03"
KEY_BYTES = 32
ID_BYTES = 4
SECRET_BYTES = ID_BYTES + KEY_BYTES
"""Of a data key, with its id."""
HEADER_BYTES = 1 + ID_BYTES
_BODY = HEADER_BYTES + 12
"""Where the ciphertext begins, after header and nonce."""


class SealBroken(Exception):
    """A value does not open: another key, another place, or changed bytes."""


class UnknownKey(SealBroken):
    """A value was sealed under a master key that is not among those given. `id` is that key's."""

    def __init__(self, id: bytes) -> None:
        super().__init__(f"sealed under the key {id.hex()}, which is not given")
        self.id = id


class Sealer(Protocol):
    """What seals and opens: the master keys, or the key of one person or list."""

    def seal(self, plain: bytes, place: bytes) -> bytes: ...

    def open(self, sealed: bytes, place: bytes) -> bytes: ...


class MasterKey:
    """A key of 32 bytes, and what is derived from it. `id` tells nothing of it. Raises ValueError for a key of another length."""

    __slots__ = ("cipher", "header", "id", "lookup")

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("the encryption key must be 32 bytes")
        self.cipher = AESGCM(HKDFExpand(SHA256(), 32, b"utys sealing").derive(key))
        self.lookup = HKDFExpand(SHA256(), 32, b"utys lookup").derive(key)
        self.id = HKDFExpand(SHA256(), ID_BYTES, b"utys key id").derive(key)
        self.header = BY_MASTER + self.id


class DataKey:
    """The key of one person or one list. What was sealed before it was made opens with the master keys. `wrapped` is how it is kept."""

    __slots__ = ("_cipher", "_header", "_seal", "_secret", "wrapped")

    def __init__(self, seal: Seal, secret: bytes, wrapped: bytes) -> None:
        self._header = BY_DATA_KEY + secret[:ID_BYTES]
        self._cipher = AESGCM(secret[ID_BYTES:])
        self._seal, self._secret, self.wrapped = seal, secret, wrapped

    def seal(self, plain: bytes, place: bytes) -> bytes:
        nonce, header = os.urandom(12), self._header
        return header + nonce + self._cipher.encrypt(nonce, plain, header + place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        if sealed.startswith(self._header):
            return _decrypt(self._cipher, sealed, place)
        if sealed.startswith(BY_DATA_KEY):
            raise SealBroken("sealed under another data key")
        return self._seal.open(sealed, place)

    def derive(self, purpose: bytes, size: int) -> bytes:
        """Bytes that whoever has this key can find again, and nobody else."""
        return HKDFExpand(SHA256(), size, b"utys " + purpose).derive(self._secret)


class Seal:
    """Seals under the newest master key, which is the first, and opens under any. `source` is asked again when keys may have changed.

    Lookups go by a key that never changes, whatever becomes of the master keys: `look_up_by`, once the database has said which it is.
    """

    def __init__(self, *keys: bytes, source: Callable[[], Sequence[bytes]] | None = None) -> None:
        self._source = source
        self._given = tuple(keys or (source() if source else ()))
        self._masters = _read(self._given)
        self._newest = next(iter(self._masters.values()))
        self._lookup = self._newest.lookup

    @property
    def ids(self) -> tuple[bytes, ...]:
        """Of the master keys, the newest first."""
        return tuple(self._masters)

    @property
    def header(self) -> bytes:
        """What begins everything sealed under the newest master key."""
        return self._newest.header

    def refresh(self) -> bool:
        """Takes over what the source says by now; whether that is something else. Raises what the source raises."""
        given = tuple(self._source()) if self._source else self._given
        if given == self._given:
            return False
        masters = _read(given)
        self._masters, self._newest, self._given = masters, next(iter(masters.values())), given
        return True

    def seal(self, plain: bytes, place: bytes) -> bytes:
        master, nonce = self._newest, os.urandom(12)
        return master.header + nonce + master.cipher.encrypt(nonce, plain, master.header + place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        if sealed.startswith(BY_MASTER):
            return _decrypt(self._known(sealed[1:HEADER_BYTES]).cipher, sealed, place)
        return self.open_old(sealed, place)[0]

    def open_old(self, sealed: bytes, place: bytes) -> tuple[bytes, MasterKey]:
        """What was sealed before keys had ids, and the key that it was."""
        if not sealed.startswith(OLD):
            raise SealBroken("sealed under a data key, or unknown version")
        for master in self._masters.values():
            try:
                return master.cipher.decrypt(sealed[1:13], sealed[13:], place), master
            except (InvalidTag, ValueError):  # ValueError: cut off
                continue
        raise SealBroken("wrong key, wrong place or changed bytes")

    def make_key(self, owner: bytes, secret: bytes | None = None) -> DataKey:
        """A new data key, or the one of this secret; `owner` is the key of the row that it is kept in."""
        self.refresh()  # so that nothing new comes under a key that is being given up
        secret = secret or os.urandom(SECRET_BYTES)
        return DataKey(self, secret, self.seal(secret, _place(owner)))

    def unwrap(self, wrapped: bytes, owner: bytes) -> DataKey:
        secret = self.open(wrapped, _place(owner))
        if len(secret) != SECRET_BYTES:
            raise SealBroken("no data key")
        return DataKey(self, secret, wrapped)

    def rewrap(self, wrapped: bytes, owner: bytes) -> bytes:
        """The same data key under the newest master key."""
        if wrapped.startswith(self._newest.header):
            return wrapped
        return self.seal(self.open(wrapped, _place(owner)), _place(owner))

    def look_up_by(self, key: bytes) -> None:
        self._lookup = key

    @property
    def lookup_key(self) -> bytes:
        return self._lookup

    def digest(self, *parts: str) -> bytes:
        """A keyed hash of 16 bytes: equal for equal parts, telling nothing of them without the key."""
        message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
        return hmac.new(self._lookup, message, hashlib.sha256).digest()[:16]

    def master(self, id: bytes) -> MasterKey:
        return self._known(id)

    def _known(self, id: bytes) -> MasterKey:
        if id not in self._masters and self._source:
            self.refresh()  # another process may have begun to use a newer one
        try:
            return self._masters[id]
        except KeyError:
            raise UnknownKey(id) from None


def _place(owner: bytes) -> bytes:
    return b"data_keys" + owner


def _read(keys: Sequence[bytes]) -> dict[bytes, MasterKey]:
    masters = [MasterKey(key) for key in keys]
    if not masters:
        raise ValueError("there is no encryption key")
    return {master.id: master for master in masters}


def _decrypt(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[HEADER_BYTES:_BODY], sealed[_BODY:], sealed[:HEADER_BYTES] + place)
    except (InvalidTag, ValueError) as broken:  # ValueError: cut off
        raise SealBroken("wrong key, wrong place or changed bytes") from broken
