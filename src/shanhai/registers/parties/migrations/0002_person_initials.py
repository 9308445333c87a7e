"""The first letters of persons' names, also of those filed before.

They follow from the name, which history keeps: what is filled in here is no change of a row, so that the triggers
are silent meanwhile and history does not grow by a copy of every person.
"""

from itertools import islice
from typing import Any

from django.db import migrations

import shanhai.registers.spelling

#: Different names spelled and written at a time.
_LOT = 20_000


def fill(apps: Any, editor: Any) -> None:
    cursor = editor.connection.cursor()
    cursor.execute("SELECT DISTINCT name FROM parties_person")
    names = iter([name for (name,) in cursor.fetchall()])
    field = apps.get_model("parties", "Person")._meta.get_field("initials")
    cursor.execute("ALTER TABLE parties_person DISABLE TRIGGER USER")
    while lot := list(islice(names, _LOT)):
        cursor.execute(
            "UPDATE parties_person SET initials = spelled.letters"
            " FROM unnest(%s::text[], %s::text[]) AS spelled (name, letters)"
            " WHERE parties_person.name = spelled.name",
            [lot, field.derived({"name": lot})],
        )
    cursor.execute("ALTER TABLE parties_person ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="initials",
            field=shanhai.registers.spelling.PinyinField(
                default="",
                editable=False,
                max_length=40,
                of="name",
                verbose_name="拼音首字母",
                way="person_initials",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
