"""`manage.py new_password ACCOUNT`: the way back in when no administrator can sign in any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from shanhai.kernel import context
from shanhai.registers.accounts.models import User
from shanhai.registers.accounts.passwords import encoded, one_time_password
from shanhai.registers.accounts.sessions import end_all

REASON = "在服务器上重设口令"


class Command(BaseCommand):
    help = "给一个账号换上新的初始口令并打印一次；原来的口令和登录随即失效，首次登录须更换。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="账号，如 zhang.san")

    def handle(self, *args: Any, **options: Any) -> None:
        password = one_time_password()
        with context.unscoped(REASON):
            user = User.objects.filter(username=options["account"]).first()
            if user is None:
                raise CommandError(_("没有账号 %(account)s。") % {"account": options["account"]})
            user.password, user.must_change_password = encoded(password), True
            user.save(update_fields=["password", "must_change_password"])
            end_all(user)
        self.stdout.write(password)
