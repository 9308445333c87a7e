"""Another key for what is sealed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shanhai.kernel.keys import rotating
from shanhai.kernel.sealing.keyring import new_key


@pytest.fixture
def new_current(settings: Any, tmp_path: Path) -> Callable[..., str]:
    """`new_current("AES-256-GCM")`: a key is added and is the current one; its id."""
    ring = json.loads(json.dumps(settings.SHANHAI_FIELD_KEYS))

    def added(algorithm: str = "AES-256-GCM") -> str:
        name = f"new{len(ring['keys'])}"
        ring["keys"][name] = new_key(algorithm)
        ring["current"] = name
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(ring))
        settings.SHANHAI_FIELD_KEYS_FILE = str(path)
        return name

    return added


@pytest.fixture
def rotate() -> Callable[[], rotating.KeyChange]:
    """All that is sealed gets the current key."""

    def rotated() -> rotating.KeyChange:
        rotation = rotating.begin("system:test")
        while rotating.work(1.0):
            pass
        return rotating.look(rotation)

    return rotated
