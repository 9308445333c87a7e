"""Why a row is not counted. Every row has exactly one status: counted, or the first reason that applies."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.rows import JointLedgerModel

from .declare import Indicator

VOIDED = "voided"
OUTSIDE_PERIOD = "outside_period"
NOT_APPLICABLE = "not_applicable"
AWAITING = "awaiting"
UNVERIFIED = "unverified"
DUPLICATE = "duplicate"

#: Reasons every indicator has, and AWAITING those of joint rows; declared exclusions stand before it.
LABELS: dict[str, Any] = {
    VOIDED: _("已作废"),
    OUTSIDE_PERIOD: _("不在本期"),
    NOT_APPLICABLE: _("不属本指标"),
    AWAITING: _("待对方确认"),
    UNVERIFIED: _("尚未核实"),
    DUPLICATE: _("重复，同一对象已计一次"),
}


def reasons(indicator: Indicator) -> Sequence[str]:
    """All reasons of the indicator in the order in which they are tried."""
    declared = [exclusion.code for exclusion in indicator.exclusions]
    joint = (AWAITING,) if issubclass(indicator.model, JointLedgerModel) else ()
    return (VOIDED, OUTSIDE_PERIOD, NOT_APPLICABLE, *declared, *joint, UNVERIFIED, DUPLICATE)


def reason_label(indicator: Indicator, code: str) -> Any:
    """What a reason is called on pages; empty for counted rows."""
    if not code:
        return ""
    declared = {exclusion.code: exclusion.label for exclusion in indicator.exclusions}
    return declared.get(code) or LABELS[code]
