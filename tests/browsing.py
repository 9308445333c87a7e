"""A browser for as long as a group of tests needs it: its event loop would be in the way of others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

#: Nothing of the browser's own goes outside, or waits for a machine that has no graphics.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; `tools/browser.sh` finds or installs one and says where."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()
