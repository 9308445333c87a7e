"""History drops a number nobody read; the function that writes it changes with the table."""

from pathlib import Path
from typing import Any

from django.db import migrations

_FUNCTIONS = Path(__file__).parents[1] / "sql" / "history.sql"


def _write_without(apps: Any, schema_editor: Any) -> None:
    """Where recorded tables stand already, migrations after this one write to them."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('kernel_record_history') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute(_FUNCTIONS.read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("kernel", "0021_amendments_of_both_sides")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE kernel_history DROP COLUMN IF EXISTS ordinal",
            state_operations=[migrations.RemoveField("historyentry", "ordinal")],
        ),
        migrations.RunPython(_write_without, migrations.RunPython.noop),
    ]
