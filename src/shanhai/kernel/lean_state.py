"""What the models look like between two steps of a migration, kept up without drawing their neighbours anew.

For a new model, index or constraint Django renders every model that points where the changed one points.
As nearly all rows here belong to a unit and a place, that is most models at every step: fifty of a first
start's sixty seconds. None of the three changes a neighbour, so only what is new is drawn.

Models handed to a `RunPython` are rendered whole all the same: Django does so wherever a state says that it
was kept up with less (`is_delayed`).
"""

from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import BaseConstraint, Index


class LeanState(ProjectState):
    """For going forwards, step after step: neighbours are shared between the state before and after."""

    _relations: dict[Any, Any] | None

    def add_model(self, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:
            self.resolve_model_relations(key)
        if self._is_rendered():
            self.apps.render_multiple([model_state])

    def add_index(self, app_label: str, model_name: str, index: Index) -> None:
        self._gains("indexes", app_label, model_name, index)

    def add_constraint(self, app_label: str, model_name: str, constraint: BaseConstraint) -> None:
        self._gains("constraints", app_label, model_name, constraint)

    def _gains(self, option: str, app_label: str, model_name: str, one: Index | BaseConstraint) -> None:
        options = self.models[app_label, model_name].options
        options[option] = [*options[option], one]
        if self._is_rendered():
            setattr(self.apps.get_model(app_label, model_name)._meta, option, options[option])

    def _is_rendered(self) -> bool:
        """Asked before rendering less than Django would, which the state then remembers."""
        is_rendered = "apps" in vars(self)
        self.is_delayed = self.is_delayed or is_rendered
        return is_rendered
