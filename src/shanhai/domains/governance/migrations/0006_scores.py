"""When units reply, are talked to, and what a year's score loses, until a document says otherwise."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
UNVERIFIED = "示例参数，未核实，请按本地督查办法改写"
RULES = {
    "reply_days": 15,
    "talk_reds": 2,
    "score_red": 5,
    "score_sent_back": 2,
    "score_escalate": 3,
    "score_talk": 10,
    "score_problem": 2,
    "score_praise": 2,
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for code, value in RULES.items():
        apps.get_model("governance", "SupervisionRule").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:governance/light/{code}"),
            code=code,
            value=value,
            valid_from=SINCE,
            source=UNVERIFIED,
        )


class Migration(migrations.Migration):
    dependencies = [("governance", "0005_supervision")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
