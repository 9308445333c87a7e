"""Rows of both sides wait for the other: a state more, which only joint ledgers reach."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("labour", "0002_policy"),
    ]

    operations = [
        migrations.AlterField(
            model_name="employmentspell",
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
        migrations.AlterField(
            model_name="monthlyfact",
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
        migrations.AlterField(
            model_name="workerregistration",
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
