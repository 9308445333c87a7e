"""What `shanhai doctor` looks at in accounts."""

from django.utils.translation import gettext as _

from shanhai.kernel.health import Condition, register_look
from shanhai.kernel.scope import Side

from .kinds import active_kinds
from .roles import ADMINISTRATORS, ROLES


def _administrators() -> Condition:
    """Each side needs somebody of each kind: none can do what is another's."""
    there = active_kinds(list(Side))
    missing = [
        _("%(side)s的“%(kind)s”") % {"side": side.label, "kind": ROLES[kind].label}
        for side in Side
        for kind in sorted(ADMINISTRATORS)
        if (side, kind) not in there
    ]
    if missing:
        told = _(
            "没有在岗的管理员：%(missing)s。"
            "请在服务器上运行 shanhai manage administrator 补设，每人一个账号。"
        )
        return Condition("administrators", False, told % {"missing": "、".join(missing)})
    return Condition("administrators", True, _("系统、安全、审计三种管理员两方都有人在岗。"))


register_look(_administrators)
