"""`manage.py seed_demo`: the demonstration year."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shanhai.config.seed.year import build, summary
from shanhai.kernel.errors import ShanhaiError
from shanhai.kernel.registry import registry


class Command(BaseCommand):
    help = "写入演示数据：两地一年的台账、佐证和应报事项。已有演示数据时只报告。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="标准输出只有一个 JSON 对象。")
        parser.add_argument("--small", action="store_true", help="二十分之一的规模，供测试用。")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            is_new = build(is_small=options["small"])
        except ShanhaiError as error:
            raise CommandError(str(error)) from error
        found = summary()
        seconds = round(time.monotonic() - began, 1)
        if options["json"]:
            self.stdout.write(json.dumps(found | {"is_new": is_new, "seconds": seconds}, ensure_ascii=False))
            return
        self.stdout.write("演示数据已写入。" if is_new else "已有演示数据，没有改动。")
        for key, value in found["rows"].items():
            self.stdout.write(f"  {registry.get(key).label} {value:,}")
        self.stdout.write(f"用时 {seconds} 秒，哈希 {found['hash']}")
