"""Pinyin of the names of bodies and its first letters, also of those filed before; as 0002 for persons."""

from itertools import islice
from typing import Any

from django.db import migrations

import shanhai.registers.spelling

#: Different names spelled and written at a time.
_LOT = 20_000


def fill(apps: Any, editor: Any) -> None:
    cursor = editor.connection.cursor()
    cursor.execute("SELECT DISTINCT name FROM parties_body")
    names = iter([name for (name,) in cursor.fetchall()])
    options = apps.get_model("parties", "Body")._meta
    pinyin, initials = options.get_field("pinyin"), options.get_field("initials")
    cursor.execute("ALTER TABLE parties_body DISABLE TRIGGER USER")
    while lot := list(islice(names, _LOT)):
        cursor.execute(
            "UPDATE parties_body SET pinyin = spelled.whole, initials = spelled.letters"
            " FROM unnest(%s::text[], %s::text[], %s::text[]) AS spelled (name, whole, letters)"
            " WHERE parties_body.name = spelled.name",
            [lot, pinyin.derived({"name": lot}), initials.derived({"name": lot})],
        )
    cursor.execute("ALTER TABLE parties_body ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0004_person_index_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="pinyin",
            field=shanhai.registers.spelling.PinyinField(
                default="", editable=False, max_length=120, of="name", verbose_name="拼音", way="text"
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="initials",
            field=shanhai.registers.spelling.PinyinField(
                default="",
                editable=False,
                max_length=40,
                of="name",
                verbose_name="拼音首字母",
                way="initials",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
