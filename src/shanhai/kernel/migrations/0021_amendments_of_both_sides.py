"""Either side proposes amendments of a joint row, and what it has verified the other confirms."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0020_months_are_counted_outside"),
        ("parties", "0003_awaiting"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="amendment",
            name="kernel_amendment_one_open",
        ),
        migrations.AddField(
            model_name="amendment",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="提出方核实时间"),
        ),
        migrations.AddField(
            model_name="amendment",
            name="agreed_by",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="提出方核实人"),
        ),
        migrations.AddField(
            model_name="amendment",
            name="party",
            field=models.CharField(default="own", max_length=11),
        ),
        migrations.AlterField(
            model_name="amendment",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "待核实"),
                    ("awaiting", "待对方确认"),
                    ("accepted", "已生效"),
                    ("refused", "未同意"),
                    ("withdrawn", "已收回"),
                ],
                default="proposed",
                max_length=9,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "awaiting"))),
                fields=("row_id",),
                name="kernel_amendment_one_open",
            ),
        ),
    ]
