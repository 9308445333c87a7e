"""When lights turn, until a document says otherwise."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
RULES = {
    "yellow_days": (7, "示例参数，未核实：距期限 7 天以内亮黄灯"),
    "plan_share": (80, "示例参数，未核实：低于应达进度的八成亮黄灯"),
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for code, (value, source) in RULES.items():
        apps.get_model("governance", "SupervisionRule").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:governance/light/{code}"),
            code=code,
            value=value,
            valid_from=SINCE,
            source=source,
        )


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_resolutions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
