"""What the tests of a worker share, as the requests to a server do."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.core.signals import setting_changed
from django.test.client import ClientHandler
from django.urls import reverse

#: What a handler has of its middleware.
_PARTS = (
    "_view_middleware",
    "_template_response_middleware",
    "_exception_middleware",
    "_middleware_chain",
)


def settle() -> None:
    """What stays, once every page is imported, is not looked through for garbage again and again."""
    reverse("home")
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


@contextmanager
def sharing() -> Iterator[None]:
    """One stack of middleware for every browser.

    Until a setting changes that is not ours: middleware reads some of Django's where it is built.
    """
    built: dict[str, Any] = {}
    load = ClientHandler.load_middleware

    def loaded(handler: ClientHandler, *args: Any, **options: Any) -> None:
        if not built:
            load(handler, *args, **options)
            built.update({part: getattr(handler, part) for part in _PARTS})
        vars(handler).update(built)

    def changed(*, setting: str, **_more: Any) -> None:
        if not setting.startswith("SHANHAI_"):
            built.clear()

    setting_changed.connect(changed)
    try:
        with patch.object(ClientHandler, "load_middleware", loaded):
            yield
    finally:
        setting_changed.disconnect(changed)
