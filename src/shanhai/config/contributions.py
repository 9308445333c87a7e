"""What the installation as a whole contributes: its first steps, and whom to be in the demonstration."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.domains.scheme.models import Scheme
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.registers.accounts.demonstration import DemoAccount, register_demo_accounts
from shanhai.registers.accounts.starting import StartStep, register_step

from .seed.accounts import described


@register_demo_accounts
def seeded_accounts() -> list[DemoAccount]:
    return [
        DemoAccount(one["username"], f"{one['side']} · {one['name']}", one["password"]) for one in described()
    ]


def _scheme(actor: Actor) -> tuple[str, bool]:
    is_there = Scheme.objects.exists()
    return (_("已导入") if is_there else _("还没有方案")), is_there


def _manages_schemes(actor: Actor) -> bool:
    return actor.allows(Verb.MANAGE, "scheme.scheme")


register_step(
    StartStep(
        50,
        gettext_lazy("方案"),
        gettext_lazy("由统筹岗位的用户导入方案文件；系统从中读出任务和责任单位，核对后生效。"),
        "scheme:import",
        _scheme,
        _manages_schemes,
    )
)
