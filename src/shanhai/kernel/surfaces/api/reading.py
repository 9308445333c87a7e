"""The body of a call as data: JSON of texts that a database can hold."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from shanhai.kernel.errors import ShanhaiError

#: NUL, and half of a pair of surrogates: JSON can write them, UTF-8 and the database cannot.
_UNREADABLE = re.compile("[\0\ud800-\udfff]")


class Readable(Parser):
    """Refuses what no text may hold; only an escape can have written it."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Errors: ValueError, RecursionError for what is no JSON; ShanhaiError `unreadable_text`."""
        data = super().parse_body(request)
        if b"\\u" in request.body:
            for text in _texts(data):
                if _UNREADABLE.search(text):
                    raise unreadable()
        return data


def unreadable() -> ShanhaiError:
    sentence = _("内容里有不能读写的字符（空字符，或半个表情符号）。请去掉后再发送。")
    return ShanhaiError(sentence, code="unreadable_text")


def _texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            for name, value in data.items():
                yield name
                yield from _texts(value)
        case list():
            for value in data:
                yield from _texts(value)
