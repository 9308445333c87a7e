"""What changes a scheme. Each action takes the actor, asks whether they manage it, and is one transaction."""

from .clauses import change_section, merge_section, split_section
from .duties import add_duty, change_role, remove_duty, set_plan
from .questions import answer_checked, answer_group, answer_unit
from .versions import (
    discard_draft,
    import_newer,
    import_scheme,
    save_version,
    set_terms,
    start_correction,
)

__all__ = [
    "add_duty",
    "answer_checked",
    "answer_group",
    "answer_unit",
    "change_role",
    "change_section",
    "discard_draft",
    "import_newer",
    "import_scheme",
    "merge_section",
    "remove_duty",
    "save_version",
    "set_plan",
    "set_terms",
    "split_section",
    "start_correction",
]
