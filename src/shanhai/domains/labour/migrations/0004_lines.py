"""The wage below which one was meant in 万元, and the age from which one may work; users date and replace them."""

import datetime
import uuid

from django.db import migrations, models

SINCE = datetime.date(2020, 1, 1)
THRESHOLDS = {
    "low_wage": (20, "系统默认值：月工资不到这个数的，按误填万元退回改正"),
    "least_age": (16, "《中华人民共和国劳动法》第十五条"),
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    thresholds = apps.get_model("labour", "Threshold").objects.using(schema_editor.connection.alias)
    for code, (value, source) in THRESHOLDS.items():
        # The same in every installation, so that two demonstrations are equal.
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:labour/threshold/{code}")
        thresholds.create(id=key, code=code, value=value, valid_from=SINCE, source=source)


class Migration(migrations.Migration):
    dependencies = [("labour", "0003_awaiting")]
    operations = [
        migrations.AlterField(
            model_name="threshold",
            name="code",
            field=models.CharField(
                choices=[
                    ("stable_months", "稳定就业至少月数"),
                    ("high_wage", "月工资核对线（元）"),
                    ("low_wage", "月工资最低可信数（元）"),
                    ("least_age", "最低就业年龄（周岁）"),
                ],
                max_length=20,
                verbose_name="项目",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
