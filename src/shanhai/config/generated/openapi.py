"""tests/snapshots/openapi.json: what callers of the API rely on; a change is seen in the difference."""

import json

from django.utils import translation

from shanhai.kernel.surfaces.api.site import api


def text() -> str:
    """The whole document, in the language of the code."""
    with translation.override("zh-hans"):
        document = api().get_openapi_schema(path_prefix="/api/v1/")
        return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
