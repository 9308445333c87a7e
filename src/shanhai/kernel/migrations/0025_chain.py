import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import shanhai.kernel.dated
import uuid_utils.compat
from django.db import migrations, models


SOURCE = "《网络安全法》第二十一条：留存相关的网络日志不少于六个月"


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    apps.get_model("kernel", "HistoryRetention").objects.using(schema_editor.connection.alias).create(
        id=uuid.uuid5(uuid.NAMESPACE_URL, "shanhai:kernel/history-retention"),
        kept_months=6,
        valid_from=datetime.date(2017, 6, 1),
        source=SOURCE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0024_history_by_transaction"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchivedMonth",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.CharField(max_length=6, unique=True, verbose_name="月份")),
                ("name", models.CharField(max_length=80, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="文件哈希")),
                ("entries", models.BigIntegerField(verbose_name="条数")),
                ("archived_at", models.DateTimeField(verbose_name="归档时间")),
            ],
            options={
                "verbose_name": "历史归档",
                "verbose_name_plural": "历史归档",
                "ordering": ["-month"],
            },
        ),
        migrations.CreateModel(
            name="ChainCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="验证时间")),
                ("seconds", models.FloatField(verbose_name="用时（秒）")),
                ("blocks", models.BigIntegerField(verbose_name="区块")),
                ("entries", models.BigIntegerField(verbose_name="条数")),
                ("is_whole", models.BooleanField(verbose_name="完好")),
                ("finding", models.TextField(blank=True, default="", verbose_name="发现")),
            ],
            options={
                "verbose_name": "封存验证",
                "verbose_name_plural": "封存验证",
                "ordering": ["-checked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SealBlock",
            fields=[
                (
                    "number",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="区块编号"),
                ),
                (
                    "algorithm",
                    models.CharField(
                        choices=[("sha256", "SHA-256"), ("sm3", "SM3")], max_length=8, verbose_name="算法"
                    ),
                ),
                ("server", models.CharField(max_length=48, verbose_name="服务器")),
                ("after_id", models.BigIntegerField()),
                ("from_xid", models.BigIntegerField()),
                ("to_xid", models.BigIntegerField()),
                ("entries", models.BigIntegerField(verbose_name="条数")),
                ("last_id", models.BigIntegerField()),
                ("parts", models.JSONField()),
                ("marks", models.BinaryField()),
                ("sealed_at", models.DateTimeField(verbose_name="封存时间")),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField(verbose_name="区块哈希")),
            ],
            options={
                "verbose_name": "封存区块",
                "verbose_name_plural": "封存区块",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="HistoryRetention",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                ("kept_months", models.PositiveSmallIntegerField(verbose_name="至少保存的月数")),
            ],
            options={
                "verbose_name": "历史保存期",
                "verbose_name_plural": "历史保存期",
                "ordering": ["-valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                shanhai.kernel.dated._Validity(
                                    "valid_from",
                                    "valid_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            )
                        ],
                        name="kernel_historyretention_once",
                        violation_error_message="同一天已有一条有效的规定，请先停用旧的。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept_months__gte", 6)), name="kernel_historyretention_law"
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
