"""Pictures of what a journey comes by, for a person to judge: written where `SHANHAI_LOOK` says, else not."""

import os
from typing import Any


def look(page: Any, name: str) -> None:
    if folder := os.environ.get("SHANHAI_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
