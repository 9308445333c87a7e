"""After how many days without a word somebody is told among the checks; users date and replace it."""

import datetime
import uuid

from django.db import migrations, models


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    apps.get_model("labour", "Threshold").objects.using(schema_editor.connection.alias).create(
        # The same in every installation, so that two demonstrations are equal.
        id=uuid.uuid5(uuid.NAMESPACE_URL, "shanhai:labour/threshold/contact_days"),
        code="contact_days",
        value=365,
        valid_from=datetime.date(2020, 1, 1),
        source="系统默认值：一年没有联系的列入核查；走访周期另有规定",
    )


class Migration(migrations.Migration):
    dependencies = [("labour", "0009_rosters")]
    operations = [
        migrations.AlterField(
            model_name="threshold",
            name="code",
            field=models.CharField(
                choices=[
                    ("stable_months", "稳定就业至少月数"),
                    ("high_wage", "月工资核对线（元）"),
                    ("low_wage", "月工资最低可信数（元）"),
                    ("contact_days", "多少天没有联系列入核查"),
                    ("least_age", "最低就业年龄（周岁）"),
                ],
                max_length=20,
                verbose_name="项目",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
