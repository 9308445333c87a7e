"""Within how many days what comes from outside is answered, until a document says otherwise."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
RULES = {
    "complaint": (15, "示例参数，未核实：投诉十五天内答复"),
    "report": (30, "示例参数，未核实：举报三十天内答复"),
    "request": (5, "示例参数，未核实：求助五天内答复"),
    "media": (7, "示例参数，未核实：媒体报道七天内回应"),
    "deputy": (90, "示例参数，未核实：代表建议三个月内答复"),
    "proposal": (90, "示例参数，未核实：提案三个月内答复"),
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for code, (days, source) in RULES.items():
        apps.get_model("governance", "HandlingTerm").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:governance/term/{code}"),
            code=code,
            days=days,
            valid_from=SINCE,
            source=source,
        )


class Migration(migrations.Migration):
    dependencies = [("governance", "0008_outside")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
