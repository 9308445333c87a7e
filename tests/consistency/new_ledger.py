"""Run alone, with an application `stations` on the path: prints as JSON what follows from its declaration."""

import io
import json
from typing import Any

import django

django.setup()

from django.core.checks import run_checks  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import resolve as route  # noqa: E402
from openpyxl import load_workbook  # noqa: E402

from shanhai.config.generated import ledger_guide  # noqa: E402
from shanhai.kernel.database import recorded_models  # noqa: E402
from shanhai.kernel.imports.columns import template_of  # noqa: E402
from shanhai.kernel.registry import registry  # noqa: E402
from shanhai.kernel.surfaces.api.site import api  # noqa: E402
from shanhai.kernel.surfaces.fields import resolve  # noqa: E402
from shanhai.kernel.surfaces.links import link  # noqa: E402

PAGES = ("list", "create", "bulk", "export", "import", "template")


def followed() -> dict[str, Any]:
    call_command("makemigrations", "stations", verbosity=0)
    ledger = registry.get("stations.servicestation")
    return {
        "problems": [str(problem) for problem in run_checks()],
        "pages": {page: route(link(ledger, page)).view_name for page in PAGES},
        "form": [column.name for column in resolve(ledger).fields],
        "template": _headings(template_of([ledger])),
        "api": sorted(path for path in api().get_openapi_schema()["paths"] if "/stations/" in path),
        "guide": f"`{ledger.key}`" in ledger_guide.text(),
        "watched": ledger.model in set(recorded_models()),
        "menu": ledger in registry.by_app()["stations"],
    }


def _headings(workbook: bytes) -> list[str]:
    first = next(load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True))
    return [str(cell) for cell in first if cell]


if __name__ == "__main__":
    print(json.dumps(followed(), ensure_ascii=False))  # noqa: T201
