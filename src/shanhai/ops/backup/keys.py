"""The key of backups: kept apart from the installation, for whoever has both has everything."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from shanhai.kernel.sealing.keyring import Keyring, KeyringError, new_settings
from shanhai.ops.errors import Refusal

_NAME = "SHANHAI_BACKUP_KEY"


def backup_keyring(environment: Mapping[str, str] = os.environ) -> Keyring:
    """From `SHANHAI_BACKUP_KEY`, or the file that `SHANHAI_BACKUP_KEY_FILE` names. Errors: Refusal."""
    text = environment.get("SHANHAI_BACKUP_KEY", "")
    if file := environment.get(f"{_NAME}_FILE", ""):
        try:
            text = Path(file).read_text("utf-8")
        except OSError as error:
            raise Refusal(f"备份密钥文件 {file} 读不出来：{error.strerror}。") from error
    if not text.strip():
        raise Refusal(
            "没有备份密钥。请先运行 shanhai backup --new-key 文件，"
            "再设 SHANHAI_BACKUP_KEY_FILE 指向它，并把它另存到别处：没有它，备份打不开。"
        )
    try:
        return Keyring.from_settings(json.loads(text))
    except (KeyringError, ValueError, AttributeError) as error:
        raise Refusal("备份密钥的内容不对。它应是 shanhai backup --new-key 写出的那个文件。") from error


def write_new_key(path: Path) -> None:
    """A fresh key in a file that only its owner reads. Errors: Refusal, also where a file is already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(f"{path} 已经在了，不会覆盖。请换一个文件名。") from None
    except OSError as error:
        raise Refusal(f"密钥写不进 {path}：{error.strerror}。") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(new_settings(key_id="backup"), file)
        file.write("\n")
