"""What a year must bring at least, until a document says otherwise."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
RULES = {
    "head_visits": (1, "斗委农组〔2021〕3号 四（一）：党政主要负责同志每年互访；次数为示例参数，未核实"),
    "county_meetings": (1, "斗委农组〔2021〕3号 四（一）：每年召开联席会议；次数为示例参数，未核实"),
    "sign_days": (30, "示例参数，未核实：会议纪要一个月内双方签认"),
    "notice_days": (120, "示例参数，未核实：年底前四个月开始提示"),
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for code, (least, source) in RULES.items():
        apps.get_model("governance", "YearlyRule").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:governance/{code}"),
            code=code,
            least=least,
            valid_from=SINCE,
            source=source,
        )


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_meetings"), ("kernel", "0002_first")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
