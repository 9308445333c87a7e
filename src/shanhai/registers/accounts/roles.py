"""The roles of the two governments' people (design.md «People»): verbs and reach of each."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.leads import BODY, PERSON, leads_of
from shanhai.kernel.permissions import INSTALLATION, READING, READINGS, REPORTING, Reach, Role, Verb
from shanhai.kernel.registry import registry
from shanhai.registers.authority import ACCOUNTS, RECORD, RIGHTS, RULES, SIGN_IN, UNITS

#: The three kinds of administrators, who share no right and see no business row (ADR 0028).
SYSTEM, SECURITY, AUDIT = "administrator", "security", "audit"
#: Reads a side, and has no hand in what it reads.
AUDITOR = "auditor"
ADMINISTRATORS = frozenset({SYSTEM, SECURITY, AUDIT})

#: Accounts of those whom the rows are about, who see their own and nothing else (ADR 0041): code → whose.
WORKER, EMPLOYER = "worker", "employer"
BOUND = {WORKER: PERSON, EMPLOYER: BODY}

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
        Role(AUDITOR, _("审计"), Reach.SIDE, READING | {Verb.UNMASK}),
        Role(WORKER, _("劳动者"), Reach.BOUND, frozenset({Verb.VIEW}), reads_shared=False),
        Role(EMPLOYER, _("用人单位"), Reach.BOUND, frozenset({Verb.VIEW}), reads_shared=False),
        Role(
            "organisation",
            _("组织部门"),
            Reach.SIDE,
            frozenset(),
            {"appraisal.result": READING},
            reads_shared=False,
        ),
        _administering(SYSTEM, _("系统管理"), UNITS, ACCOUNTS, INSTALLATION),
        _administering(SECURITY, _("安全管理"), RIGHTS, SIGN_IN, RULES),
        _administering(AUDIT, _("审计管理"), RECORD, READINGS),
    )
}

CHOICES = [(role.code, role.label) for role in ROLES.values()]
#: Those that are given in a unit: not to whoever is bound to a person or body of the registers.
GIVEN = [(code, label) for code, label in CHOICES if code not in BOUND]
BOUND_CHOICES = [(code, ROLES[code].label) for code in BOUND]


@cache
def granted(code: str) -> Role:
    """The role as a membership grants it: of a bound one what ledgers declare, and no verb elsewhere."""
    role = ROLES[code]
    if code not in BOUND:
        return role
    declared = (ledger.key for ledger in registry if BOUND[code] in leads_of(ledger.model))
    return role.narrowed(frozenset(declared), frozenset({Verb.VIEW}))
