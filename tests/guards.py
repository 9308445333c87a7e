"""Classes of mistakes that no test looks for become failures of whatever test comes across them.

Already failures by `filterwarnings = error`: naive datetimes, a `{% csrf_token %}` without its value; by
`--fail-on-template-vars`: a template variable that is not there. In the database itself: a write outside a
kernel context. In the default manager: a query outside a scope.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db.models import QuerySet
from django.db.models.query import REPR_OUTPUT_SIZE
from django.test import Client

_FORM = re.compile(rb"<form\b([^>]*)>(.*?)</form>", re.DOTALL | re.IGNORECASE)
_POSTS = re.compile(rb"method=[\"']?post", re.IGNORECASE)
#: What `repr` of rows takes.
_SHOWN = slice(None, REPR_OUTPUT_SIZE + 1, None)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@contextmanager
def watching() -> Iterator[None]:
    """All guards at once."""
    with ExitStack() as guards:
        guards.enter_context(patch.object(QuerySet, "__getitem__", _ordered(QuerySet.__getitem__)))
        guards.enter_context(patch.object(Client, "request", _with_tokens(Client.request)))
        guards.enter_context(patch.object(socket.socket, "connect", _at_home(socket.socket.connect)))
        yield


def _ordered(getitem: Any) -> Any:
    """A slice of rows in no order is another one tomorrow; who means that says `order_by()`."""

    def checked(rows: Any, key: Any) -> Any:
        is_read = isinstance(key, slice) and key != _SHOWN and not rows.query.is_empty()
        if is_read and not rows.ordered and rows.query.default_ordering:
            raise AssertionError(f"a slice of {rows.model._meta.label} in no order: give it `order_by`")
        return getitem(rows, key)

    return checked


def _with_tokens(request: Any) -> Any:
    """A form that posts without the token is refused by every browser."""

    def checked(client: Any, **asked: Any) -> Any:
        answer = request(client, **asked)
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            for attributes, body in _FORM.findall(answer.content):
                if _POSTS.search(attributes) and b"csrfmiddlewaretoken" not in body:
                    raise AssertionError(f"a form of {asked['PATH_INFO']} posts without a CSRF token")
        return answer

    return checked


def _at_home(connect: Any) -> Any:
    """No test, and nothing that a test runs, asks anybody outside."""

    def checked(opened: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in _LOOPBACK:
            raise AssertionError(f"a connection to {address[0]}: nothing of ours leaves the machine")
        return connect(opened, address)

    return checked
