"""`manage.py load_places`: both counties from the file that ships with the register."""

from typing import Any

from django.core.management.base import BaseCommand

from shanhai.kernel import context
from shanhai.registers.places.loading import load_places


class Command(BaseCommand):
    help = "载入随附的两县（区）区划。已有的地区不动，可以重复运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        with context.unscoped("载入随附的区划"):
            number = load_places()
        self.stdout.write(f"新增 {number} 个地区。" if number else "区划已经齐全，没有改动。")
