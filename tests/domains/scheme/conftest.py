"""A draft of the shipped sample, and the units it names."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shanhai.domains import scheme as chapter
from shanhai.domains.scheme import actions
from shanhai.engines.clauses import read_document
from shanhai.kernel import context

SAMPLE = Path(chapter.__file__).parent / "sample" / "scheme.txt"
NAMED = {
    "dm_group": "广东省粤黔协作工作队遵义工作组湄潭小组",
    "dm_education": "区教育局",
    "dm_fushan": "富山工业园管委会",
    "dm_ecopark": "斗门生态农业园管委会",
    "dm_data": "区政务服务数据管理局",
}


@pytest.fixture
def units(cast: Any) -> dict[str, Any]:
    """Units of Doumen by code: those of the cast and some more of the sample."""
    from shanhai.registers.parties.models import Unit

    with context.unscoped("units of the sample"):
        for code, name in NAMED.items():
            Unit.objects.create(
                code=code,
                name=name,
                kind="department",
                parent=cast.dm,
                side="east",
                valid_from=date(2020, 1, 1),
            )
        return {unit.code: unit for unit in Unit.objects.all()}


@pytest.fixture
def draft(units: Any, as_actor: Any) -> Any:
    """The sample, imported by Doumen's coordinator, not yet saved."""
    with as_actor("carol") as actor:
        return actions.import_scheme(read_document(SAMPLE), actor=actor, side="east")


@pytest.fixture
def in_force(draft: Any, as_actor: Any) -> Any:
    """The sample's first version in force, progress owed since January."""
    with as_actor("carol") as actor:
        actions.set_terms(
            draft.scheme,
            actor=actor,
            sharing="private",
            reports_since=date(2021, 1, 1),
            due_days=10,
            reason="演示",
        )
        return actions.save_version(draft.pk, actor=actor, edition=draft.edition)
