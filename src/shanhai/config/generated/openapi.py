"""tests/snapshots/openapi.json: what callers of the API rely on; a change is seen in the difference.

An operation, a schema and a code are a line each, so that a difference shows whole operations.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation

from shanhai.kernel.surfaces.api.site import api

#: How deep the document is divided into lines: components → schemas → one, paths → address → verb.
_DEPTH = 3


def text() -> str:
    """The whole document, in the language of the code."""
    with translation.override("zh-hans"):
        document = api().get_openapi_schema(path_prefix="/api/v1/")
        plain = json.loads(json.dumps(document, default=str))
        return "".join(_lines(plain, _DEPTH)) + "\n"


def _lines(value: Any, depth: int) -> Iterator[str]:
    if not depth or not isinstance(value, Mapping):
        yield json.dumps(value, ensure_ascii=False, sort_keys=True)
        return
    opened = "{"
    for name in sorted(value):
        yield f"{opened}\n{json.dumps(name, ensure_ascii=False)}: "
        yield from _lines(value[name], depth - 1)
        opened = ","
    yield "\n}" if value else "{}"
