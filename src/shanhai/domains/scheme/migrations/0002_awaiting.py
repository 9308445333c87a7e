"""Rows of both sides wait for the other: a state more, which only joint ledgers reach."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scheme", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="progressreport",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("submitted", "已报"),
                    ("awaiting", "待对方确认"),
                    ("verified", "已核"),
                    ("returned", "退回"),
                    ("voided", "作废"),
                ],
                default="draft",
                editable=False,
                max_length=9,
                verbose_name="状态",
            ),
        ),
    ]
