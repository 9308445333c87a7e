"""The keys of encrypted fields as this installation keeps them: in a file of its own, or as the user says."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .environment import wishes
from .errors import Refusal
from .installation import Installation, write_private


def keys_in_use(installation: Installation, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """In the shape of `kernel.sealing`. Errors: Refusal."""
    wished = wishes(installation, environment)
    if not wished.get("SHANHAI_FIELD_KEYS_FILE") and (told := wished.get("SHANHAI_FIELD_KEYS")):
        return _read(told, "SHANHAI_FIELD_KEYS")
    path = key_file(installation, environment)
    try:
        return _read(path.read_text("utf-8"), str(path))
    except OSError as error:
        raise Refusal(f"密钥文件 {path} 读不出来：{error.strerror}。请核对它的属主和权限。") from error


def key_file(installation: Installation, environment: Mapping[str, str] = os.environ) -> Path:
    """Where keys can be added and dropped. Errors: Refusal when the environment holds them."""
    wished = wishes(installation, environment)
    if file := wished.get("SHANHAI_FIELD_KEYS_FILE"):
        return Path(file)
    if wished.get("SHANHAI_FIELD_KEYS"):
        raise Refusal(
            "密钥由环境变量 SHANHAI_FIELD_KEYS 给出，这条命令改不了它。"
            "请把它的内容存成一个只有本用户能读的文件，改设 "
            "SHANHAI_FIELD_KEYS_FILE 指向该文件，重新启动服务后再来。"
        )
    return installation.field_keys


def write_keys(path: Path, keys: Mapping[str, Any]) -> None:
    """Errors: Refusal; the file is then as it was."""
    try:
        write_private(path, json.dumps(keys, indent=2))
    except OSError as error:
        raise Refusal(f"密钥写不进 {path}：{error.strerror}。原来的密钥没有动。") from error


def _read(text: str, where: str) -> dict[str, Any]:
    from shanhai.kernel.sealing.keyring import Keyring, KeyringError

    try:
        told: dict[str, Any] = json.loads(text)
        Keyring.from_settings(told)
    except (ValueError, AttributeError, KeyringError) as error:
        raise Refusal(f"{where} 的内容不对，读不出密钥。请从备份恢复它。") from error
    return told
