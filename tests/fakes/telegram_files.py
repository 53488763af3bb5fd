"""Files that people sent to the bot or the bot uploaded, under the ids by which the Bot API names them.

Which message carries a file is left to telegram_chats; the HTTP download to the server.
"""

from dataclasses import dataclass

from .telegram_limits import Refusal
from .telegram_spec import Json

MOST_DOWNLOAD = 20 * 2**20
MOST_UPLOAD = {"photo": 10 * 2**20, "document": 50 * 2**20}
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}


@dataclass(frozen=True)
class StoredFile:
    """One file; `size` may be larger than the content to play a file that is too big."""

    file_id: str
    kind: str
    name: str
    mime: str
    content: bytes
    size: int

    @property
    def path(self) -> str:
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{FOLDERS.get(self.kind, 'files')}/{self.file_id}.{suffix}"

    def describe(self) -> Json:
        """The fields that every kind of file shares in a message."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": self.size}


class Files:
    """All files of one bot."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def keep(self, kind: str, content: bytes, name: str, mime: str, size: int | None = None) -> StoredFile:
        """Take a file in; `size` overrides the true one."""
        file_id = f"AgAD{kind}{len(self._by_id) + 1:06d}"
        stored = StoredFile(file_id, kind, name, mime, content, len(content) if size is None else size)
        self._by_id[file_id] = stored
        return stored

    def upload(self, kind: str, content: bytes, name: str, mime: str) -> StoredFile:
        """Take in what the bot uploads, within the limits for uploads."""
        if not content:
            raise Refusal("file must be non-empty", broken=True)
        if len(content) > MOST_UPLOAD.get(kind, 50 * 2**20):
            raise Refusal("Request Entity Too Large", status=413, broken=True)
        return self.keep(kind, content, name, mime)

    def get(self, file_id: str) -> StoredFile:
        if file_id not in self._by_id:
            raise Refusal("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def describe_download(self, file_id: str) -> Json:
        """Answer getFile."""
        stored = self.get(file_id)
        if stored.size > MOST_DOWNLOAD:
            raise Refusal("file is too big")
        return stored.describe() | {"file_path": stored.path}

    def at_path(self, path: str) -> StoredFile | None:
        return next((stored for stored in self._by_id.values() if stored.path == path), None)
