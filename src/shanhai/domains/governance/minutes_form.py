"""Minutes as they were read, drawn as fields to mend before anything is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shanhai.registers.parties.models import Unit

from .minutes_actions import Line
from .models import JointMeeting, Resolution

type Drawn = dict[str, Any]
#: Fields of the meeting on the form, with the kind of their control.
MEETING_FIELDS = (
    ("number", "text"),
    ("title", "text"),
    ("level", "select"),
    ("held_on", "date"),
    ("venue", "text"),
    ("chairs", "text"),
    ("attendees", "textarea"),
    ("agenda", "textarea"),
    ("next_on", "date"),
)


@dataclass(frozen=True)
class MinutesForm:
    """`problems`: sentences by name of a field, of line three by `2.content`, of a whole line by `2.`."""

    problems: Mapping[str, Sequence[Any]]
    units: Sequence[Unit]

    def meeting(self, told: Mapping[str, str]) -> list[Drawn]:
        level = told.get("level", "") or JointMeeting.Level.COUNTY
        levels = [
            {"value": one, "label": label, "selected": one == level}
            for one, label in JointMeeting.Level.choices
        ]
        return [
            self._field(JointMeeting, name, kind, "", told.get(name, ""), options=levels)
            for name, kind in MEETING_FIELDS
        ]

    def line(self, number: int, line: Line) -> Drawn:
        """One resolution; see governance/minutes.html."""
        place = f"{number}."
        return {
            "title": _("议定事项 %(number)s") % {"number": number + 1},
            "doubts": [*line.doubts, *self.of(place)],
            "fields": [
                self._field(
                    Resolution, "content", "textarea", place, line.content, required=True, maxlength=1000
                ),
                self._field(
                    Resolution,
                    "lead_unit",
                    "select",
                    place,
                    line.lead,
                    options=self._units(line.lead),
                    search=True,
                ),
                self._field(Resolution, "support_units", "text", place, line.supports, maxlength=500),
                self._field(Resolution, "due_on", "date", place, line.due_on),
                {
                    "name": f"{place}keep",
                    "id": f"minutes-{number}-keep",
                    "label": _("写入这一条"),
                    "kind": "check",
                    "value": "1",
                },
            ],
        }

    def of(self, place: str) -> list[str]:
        return [str(one) for one in self.problems.get(place, ())]

    def _units(self, chosen: str) -> list[Drawn]:
        nobody = {"value": "", "label": "", "selected": not chosen}
        return [nobody] + [
            {"value": str(one.pk), "label": one.name, "selected": str(one.pk) == chosen} for one in self.units
        ]

    def _field(self, model: Any, name: str, kind: str, place: str, value: str, **more: Any) -> Drawn:
        key = f"{place}{name}"
        return {
            "name": key,
            "id": f"minutes-{key.replace('.', '-')}",
            "label": model._meta.get_field(name).verbose_name,
            "kind": kind,
            "value": value,
            "errors": self.of(key),
            **more,
        }
