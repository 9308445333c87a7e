"""The form that answers a check, beside the row and in the list of the day."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.surfaces.links import row_link

from ..models import RetentionCheck
from .retention_acts import UNREACHED

Drawn = dict[str, Any]


def fields_of(check: RetentionCheck, identifier: str = "check") -> list[Drawn]:
    """What is asked; `identifier` keeps several forms of one page apart."""
    today = clock.today().isoformat()
    outcomes = [(one.value, str(one.label)) for one in RetentionCheck.Outcome if one.value != "due"]
    if check.due_on > clock.today():
        outcomes = [pair for pair in outcomes if pair[0] != RetentionCheck.Outcome.STAYED]
    outcomes.append((UNREACHED, _("没有联系上")))
    reasons = [("", "–"), *RetentionCheck.Reason.choices]
    day: Drawn = {"kind": "date", "max": today, "value": ""}
    fields = [
        _select("outcome", _("稳岗情况"), outcomes) | {"required": True},
        {"name": "checked_on", "label": _("回访日期"), **day, "value": today, "required": True},
        {"name": "wage", "label": _("月工资"), "kind": "number", "unit": _("元"), "value": ""},
        {"name": "left_on", "label": _("离开日期"), **day, "help": _("离开或换单位的必填。")},
        _select("reason", _("离开原因"), reasons),
        {"name": "new_employer", "label": _("新用工单位"), "kind": "text", "value": "", "maxlength": 120},
        {"name": "note", "label": _("情况说明"), "kind": "text", "value": "", "maxlength": 300},
    ]
    return [{**one, "id": f"{identifier}-{one['name']}"} for one in fields]


def _select(name: str, label: str, choices: Any) -> Drawn:
    options = [{"value": value, "label": str(told)} for value, told in choices]
    return {"name": name, "label": label, "kind": "select", "options": options}


def line_of(check: RetentionCheck) -> Drawn:
    """One check in the list of the day; late from the day after the last one the rule gives."""
    is_late = check.late_on is not None and check.late_on < clock.today()
    return {
        "name": check.placement.person.name,
        "url": row_link(check),
        "employer": check.placement.order.employer.name,
        "months": check.after_months,
        "due": check.due_on.isoformat(),
        "light": "late" if is_late else "wait",
        "tried": check.tried_on.isoformat() if check.tried_on else "",
        "row_version": check.row_version,
        "post_url": reverse("labour:answer_check", args=[check.pk]),
        "fields": fields_of(check, f"c{str(check.pk)[-12:]}"),
    }
