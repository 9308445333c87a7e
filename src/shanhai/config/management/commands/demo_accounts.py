"""`manage.py demo_accounts`: whom to sign in as in the demonstration."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanhai.config.seed.accounts import described
from shanhai.kernel.installation import is_demonstration


class Command(BaseCommand):
    help = "列出演示账号：两地每个岗位一个。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="标准输出只有一个 JSON 数组。")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demonstration():
            raise CommandError("这个数据库里没有演示数据，也就没有演示账号。")
        accounts = described()
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False))
            return
        for one in accounts:
            self.stdout.write(f"{one['username']:<16}{one['password']}  {one['side']} {one['name']}")
