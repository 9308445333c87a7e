"""Steps of migrations leave the models that Django would have drawn."""

from typing import Any

import pytest
from django.apps.registry import Apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from shanhai.kernel.lean_state import LeanState


@pytest.mark.turns(3)
def test_models_kept_up_step_by_step_are_those_drawn_at_once() -> None:
    """So a later step that alters a unit's key, say, finds every model that points at it."""
    loader = MigrationLoader(None)
    state = LeanState(real_apps=loader.unmigrated_apps)
    assert not state.apps.get_models()
    for key in _all_steps(loader):
        loader.graph.nodes[key].mutate_state(state, preserve=False)
    whole = ProjectState(state.models, state.real_apps)
    assert state.is_delayed, "a step of data would be handed models that were not drawn whole"
    assert _drawn(state.apps) == _drawn(whole.apps)


def _all_steps(loader: MigrationLoader) -> list[Any]:
    plans = map(loader.graph.forwards_plan, loader.graph.leaf_nodes())
    return list(dict.fromkeys(step for plan in plans for step in plan))


def _drawn(apps: Apps) -> dict[str, Any]:
    return {model._meta.label: _told(model._meta) for model in apps.get_models(include_auto_created=True)}


def _told(meta: Any) -> dict[str, Any]:
    return {
        "fields": [(field.name, type(field).__name__) for field in meta.local_fields],
        "pointed at by": sorted(one.field.model._meta.label + one.field.name for one in meta.related_objects),
        "points at": sorted(
            (one.name, one.related_model._meta.label) for one in meta.local_fields if one.is_relation
        ),
        "constraints": [one.deconstruct() for one in meta.constraints],
        "indexes": [one.deconstruct() for one in meta.indexes],
    }
