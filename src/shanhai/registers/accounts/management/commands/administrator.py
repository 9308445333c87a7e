"""`manage.py administrator`: one of the three administrators, by the operator on the machine itself."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanhai.kernel import clock, context
from shanhai.kernel.scope import Side
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.passwords import encoded, one_time_password
from shanhai.registers.accounts.roles import ADMINISTRATORS
from shanhai.registers.parties.models import Unit

REASON = "在服务器上设管理员"


class Command(BaseCommand):
    help = (
        "新建一个管理员账号并打印一次初始口令。用于升级到三员分立、或某一种管理员都不在岗时："
        "administrator（系统管理）、security（安全管理）、audit（审计管理）。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(ADMINISTRATORS))
        parser.add_argument("account", help="新账号，如 zhang.san")
        parser.add_argument("name", help="姓名")
        parser.add_argument("--side", choices=list(Side), action="append", help="哪一方；不写为两方")

    def handle(self, *args: Any, **options: Any) -> None:
        password = one_time_password()
        with context.unscoped(REASON):
            if User.objects.filter(username=options["account"]).exists():
                raise CommandError("已有这个账号。管理员要用单独的新账号。")
            user = User.objects.create(
                username=options["account"], name=options["name"], password=encoded(password)
            )
            for side in options["side"] or list(Side):
                unit = Unit.objects.filter(side=side, parent__isnull=True).order_by("code").first()
                if unit is None:
                    raise CommandError(f"{Side(side).label}还没有单位。")
                Membership.objects.create(
                    user=user, unit=unit, role=options["kind"], valid_from=clock.today()
                )
        self.stdout.write(password)
