"""Agreements become rows of both sides: who confirms, and who signed. Filled by the next."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0002_policy"),
        ("parties", "0003_awaiting"),
        ("places", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="aidagreement",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="对方确认时间"),
        ),
        migrations.AddField(
            model_name="aidagreement",
            name="confirmed_by",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=120, verbose_name="对方确认人"
            ),
        ),
        migrations.AddField(
            model_name="aidagreement",
            name="partner_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.unit",
                verbose_name="对方单位",
            ),
        ),
        migrations.AddField(
            model_name="aidagreement",
            name="verified_by",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=120, verbose_name="核实人"
            ),
        ),
        migrations.AlterField(
            model_name="aidagreement",
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
            model_name="payment",
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
            model_name="project",
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
            model_name="transferreceived",
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
