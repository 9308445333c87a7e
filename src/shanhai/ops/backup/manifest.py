"""What a backup says of itself. Without it a folder is no backup."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from shanhai.ops.errors import Refusal
from shanhai.ops.installation import Mode

NAME = "manifest.json"
FORMAT = "shanhai-backup-1"
DATABASE, FILES, KEYS = "database.sealed", "files.sealed", "keys.sealed"
PARTS = (DATABASE, FILES, KEYS)


@dataclass(frozen=True)
class Manifest:
    """Numbers and hashes; nothing of what the installation holds."""

    format: str
    mode: str
    taken_at: str
    #: Of PostgreSQL, which restores no dump of a newer one.
    server: int
    #: Number of the last sealed block of history, 0 for none, and its hash.
    block: int
    block_hash: str
    #: Table → number of rows, schema and name with a dot between.
    counts: dict[str, int]
    #: Part → SHA-256 of the file as it lies here.
    hashes: dict[str, str]
    files: int

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Errors: Refusal for what is no whole backup."""
        try:
            found = cls(**json.loads((folder / NAME).read_text("utf-8")))
        except FileNotFoundError:
            raise Refusal(f"{folder} 不是完整的备份：没有 {NAME}。请换一份。") from None
        except (OSError, ValueError, TypeError) as error:
            raise Refusal(f"{folder / NAME} 读不出来，这份备份不能用。请换一份。") from error
        if found.format != FORMAT or found.mode not in set(Mode):
            raise Refusal(f"{folder} 的格式（{found.format}）这个版本读不了。请用写它的那一版恢复。")
        return found

    def prove(self, folder: Path) -> None:
        """Every part is what was written. Errors: Refusal names the part."""
        for part in PARTS:
            if self.hashes.get(part) != file_hash(folder / part):
                raise Refusal(f"{folder / part} 损坏或不全：哈希与清单不符。请换一份备份。")


def file_hash(path: Path) -> str:
    """Empty for a file that is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
