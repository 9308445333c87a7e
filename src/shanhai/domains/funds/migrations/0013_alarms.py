"""Limits of alarms an installation starts with; coordinators date and replace them in the book of rules."""

import datetime
import uuid

from django.db import migrations, models


SINCE = datetime.date(2020, 1, 1)
THRESHOLDS = {
    "tender_limit": (1_000_000, "示例参数，未核实：以当地公布的招标限额为准"),
    "split_days": (90, "示例参数，未核实：三个月内的合同放在一起看"),
    "idle_months": (6, "示例参数，未核实：到账半年未用为闲置"),
}


def fill(apps, schema_editor):
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for code, (value, source) in THRESHOLDS.items():
        apps.get_model("funds", "Threshold").objects.using(alias).get_or_create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:funds/threshold/{code}"),
            code=code,
            value=value,
            valid_from=SINCE,
            source=source,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0012_chain_rules"),
    ]

    operations = [
        migrations.AlterField(
            model_name="threshold",
            name="code",
            field=models.CharField(
                choices=[
                    ("payment_ahead", "拨付可超形象进度（百分点）"),
                    ("bar_share", "低于进度线此比例为滞后（%）"),
                    ("notice_days", "项目公示天数"),
                    ("likeness", "同一地点项目相似多少视为疑似重复（%）"),
                    ("photo_metres", "现场照片距项目位置最多（米）"),
                    ("transit_days", "拨出到账的在途天数"),
                    ("year_end_days", "年底前多少天未足额到账即预警"),
                    ("allot_days", "到账后应下达指标的天数"),
                    ("industry_share", "产业发展资金最低占比（%）"),
                    ("management_share", "项目管理费最高占比（%）"),
                    ("unspent_months", "结余满多少个月应收回"),
                    ("tender_limit", "须公开招标的限额（元）"),
                    ("split_days", "核查拆分合同的天数"),
                    ("idle_months", "到账后多少个月未用为闲置"),
                ],
                max_length=20,
                verbose_name="项目",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
