import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections


class Command(BaseCommand):
    """Seeds once, counts always; PROBE_BREAK=1 breaks off half way."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS probe_row (made timestamptz DEFAULT now())")
            cursor.execute("INSERT INTO probe_row SELECT WHERE NOT EXISTS (SELECT 1 FROM probe_row)")
            if os.environ.get("PROBE_BREAK"):
                raise SystemExit("broken off")
            Path(settings.MEDIA_ROOT, "scan.txt").write_text("演示", "utf-8")
            cursor.execute("SELECT count(*), min(made)::text FROM probe_row")
            count, made = cursor.fetchone()
        self.stdout.write(f'{{"rows": {count}, "made": "{made}"}}')
