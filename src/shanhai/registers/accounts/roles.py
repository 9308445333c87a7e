"""The roles of the two governments' people (design.md «People»): verbs and reach of each."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.permissions import INSTALLATION, READING, READINGS, REPORTING, Reach, Role, Verb
from shanhai.registers.authority import ACCOUNTS, RECORD, RIGHTS, RULES, SIGN_IN, UNITS

#: The three kinds of administrators, who share no right and see no business row (ADR 0028).
SYSTEM, SECURITY, AUDIT = "administrator", "security", "audit"
ADMINISTRATORS = frozenset({SYSTEM, SECURITY, AUDIT})

_SUPERVISING = READING | {Verb.VERIFY, Verb.MANAGE, Verb.ISSUE, Verb.UNMASK}


def _administering(code: str, label: Any, *areas: str) -> Role:
    """Looks after `areas` and reads nothing else."""
    granted = {area: frozenset({Verb.ADMINISTER}) for area in areas}
    return Role(code, label, Reach.NONE, frozenset(), granted, reads_shared=False)


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("coordinator", _("统筹"), Reach.SIDE, _SUPERVISING | REPORTING),
        Role("reporter", _("填报"), Reach.TREE, REPORTING),
        Role("verifier", _("核实"), Reach.TREE, READING | {Verb.VERIFY, Verb.UNMASK}),
        Role("work_group", _("工作组"), Reach.SIDE, REPORTING | {Verb.VERIFY}),
        Role("officer", _("站点与镇村经办"), Reach.TREE, REPORTING),
        Role("partner", _("用工与合作主体"), Reach.UNIT, REPORTING, reads_shared=False),
        Role("leader", _("领导"), Reach.SIDE, READING),
        Role("auditor", _("审计"), Reach.SIDE, READING | {Verb.UNMASK}),
        _administering(SYSTEM, _("系统管理"), UNITS, ACCOUNTS, INSTALLATION),
        _administering(SECURITY, _("安全管理"), RIGHTS, SIGN_IN, RULES),
        _administering(AUDIT, _("审计管理"), RECORD, READINGS),
    )
}

CHOICES = [(role.code, role.label) for role in ROLES.values()]
