"""`manage.py setup_link`: the way into an empty installation."""

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from shanhai.kernel import context
from shanhai.registers.accounts.models import SetupLink, User


class Command(BaseCommand):
    help = "打印首次设置的一次性链接（一天内有效，先前的随即作废）。已有用户时什么也不打印。"

    def handle(self, *args: Any, **options: Any) -> None:
        with context.unscoped("首次设置链接"):
            if User.objects.exists():
                return
            token = SetupLink.issue()
        self.stdout.write(reverse("set_up", kwargs={"token": token}))
