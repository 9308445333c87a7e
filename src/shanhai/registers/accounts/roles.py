"""The roles of the two governments' people (design.md «People»): verbs and reach of each."""

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.permissions import READING, REPORTING, Reach, Role, Verb

ADMINISTRATOR = "administrator"

_SUPERVISING = READING | {Verb.VERIFY, Verb.MANAGE, Verb.ISSUE, Verb.UNMASK}

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
        Role(ADMINISTRATOR, _("系统管理"), Reach.NONE, frozenset({Verb.ADMINISTER}), reads_shared=False),
    )
}

CHOICES = [(role.code, role.label) for role in ROLES.values()]
