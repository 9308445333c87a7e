"""Contracts of assets, what came in, who looked; how often and how late, which users date and replace."""

import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import shanhai.kernel.fields
import uuid_utils.compat
from decimal import Decimal
from django.db import migrations, models


SINCE = datetime.date(2020, 1, 1)
UNVERIFIED = "示例参数，未核实，请按本地办法改写"
LIMITS = {"inspections": 2, "rent_days": 7}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for code, value in LIMITS.items():
        apps.get_model("funds", "AssetLimit").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:funds/assetlimit/{code}"),
            code=code,
            value=value,
            valid_from=SINCE,
            source=UNVERIFIED,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0013_alarms"),
        ("parties", "0009_personrequest_person"),
        ("places", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assetlimit",
            name="code",
            field=models.CharField(
                choices=[
                    ("title_months", "验收后几个月内确权"),
                    ("idle_months", "闲置超过几个月预警"),
                    ("inspections", "一年至少巡查几次"),
                    ("rent_days", "租金逾期几天预警"),
                ],
                max_length=20,
                verbose_name="项目",
            ),
        ),
        migrations.CreateModel(
            name="AssetLease",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("east", "帮扶方"), ("west", "受援方")], max_length=4, verbose_name="所属方"
                    ),
                ),
                (
                    "period",
                    shanhai.kernel.fields.PeriodField(
                        blank=True, db_index=True, default="", max_length=7, verbose_name="所属期"
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                (
                    "sharing",
                    models.CharField(
                        choices=[("private", "仅本单位"), ("shared", "两地共享"), ("joint", "两地共有")],
                        default="shared",
                        max_length=7,
                        verbose_name="共享",
                    ),
                ),
                (
                    "row_version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="行版本"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="提交时间"),
                ),
                (
                    "submitted_by",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=120, verbose_name="提交人"
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="核实时间"),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=500, verbose_name="退回原因"
                    ),
                ),
                (
                    "import_id",
                    models.UUIDField(
                        blank=True, db_index=True, editable=False, null=True, verbose_name="导入批次"
                    ),
                ),
                (
                    "extra",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="自定义列"),
                ),
                ("contract_number", models.CharField(max_length=60, verbose_name="经营合同编号")),
                ("starts_on", models.DateField(verbose_name="经营起始日期")),
                ("leased_until", models.DateField(verbose_name="经营截止日期")),
                (
                    "rent",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="每期租金",
                    ),
                ),
                (
                    "rent_interval",
                    models.CharField(
                        choices=[("1", "每月"), ("3", "每季"), ("6", "每半年"), ("12", "每年")],
                        default="12",
                        max_length=2,
                        verbose_name="交租周期",
                    ),
                ),
                ("first_due_on", models.DateField(verbose_name="首期应交日期")),
                (
                    "ended_early_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="提前终止日期"),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="funds.asset",
                        verbose_name="帮扶资产",
                    ),
                ),
                (
                    "lessee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leases",
                        to="parties.body",
                        verbose_name="经营主体",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.unit",
                        verbose_name="填报单位",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="所在地",
                    ),
                ),
            ],
            options={
                "verbose_name": "经营合同",
                "verbose_name_plural": "经营合同",
                "ordering": ["-starts_on"],
            },
        ),
        migrations.CreateModel(
            name="AssetIncome",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("east", "帮扶方"), ("west", "受援方")], max_length=4, verbose_name="所属方"
                    ),
                ),
                (
                    "period",
                    shanhai.kernel.fields.PeriodField(
                        blank=True, db_index=True, default="", max_length=7, verbose_name="所属期"
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                (
                    "sharing",
                    models.CharField(
                        choices=[("private", "仅本单位"), ("shared", "两地共享"), ("joint", "两地共有")],
                        default="shared",
                        max_length=7,
                        verbose_name="共享",
                    ),
                ),
                (
                    "row_version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="行版本"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="提交时间"),
                ),
                (
                    "submitted_by",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=120, verbose_name="提交人"
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="核实时间"),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=500, verbose_name="退回原因"
                    ),
                ),
                (
                    "import_id",
                    models.UUIDField(
                        blank=True, db_index=True, editable=False, null=True, verbose_name="导入批次"
                    ),
                ),
                (
                    "extra",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="自定义列"),
                ),
                ("income_voucher", models.CharField(max_length=60, verbose_name="收款凭证号")),
                (
                    "income_kind",
                    models.CharField(
                        choices=[
                            ("rent", "租金"),
                            ("dividend", "分红"),
                            ("sales", "产品收入"),
                            ("other", "其他收益"),
                        ],
                        default="other",
                        max_length=8,
                        verbose_name="收益类别",
                    ),
                ),
                (
                    "amount",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="收益金额",
                    ),
                ),
                ("earned_on", models.DateField(verbose_name="收款日期")),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incomes",
                        to="funds.asset",
                        verbose_name="帮扶资产",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.unit",
                        verbose_name="填报单位",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="所在地",
                    ),
                ),
                (
                    "lease",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incomes",
                        to="funds.assetlease",
                        verbose_name="经营合同",
                    ),
                ),
            ],
            options={
                "verbose_name": "资产收益",
                "verbose_name_plural": "资产收益",
                "ordering": ["-earned_on"],
            },
        ),
        migrations.CreateModel(
            name="AssetInspection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("east", "帮扶方"), ("west", "受援方")], max_length=4, verbose_name="所属方"
                    ),
                ),
                (
                    "period",
                    shanhai.kernel.fields.PeriodField(
                        blank=True, db_index=True, default="", max_length=7, verbose_name="所属期"
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                (
                    "sharing",
                    models.CharField(
                        choices=[("private", "仅本单位"), ("shared", "两地共享"), ("joint", "两地共有")],
                        default="shared",
                        max_length=7,
                        verbose_name="共享",
                    ),
                ),
                (
                    "row_version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="行版本"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="提交时间"),
                ),
                (
                    "submitted_by",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=120, verbose_name="提交人"
                    ),
                ),
                (
                    "verified_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="核实时间"),
                ),
                (
                    "return_reason",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=500, verbose_name="退回原因"
                    ),
                ),
                (
                    "import_id",
                    models.UUIDField(
                        blank=True, db_index=True, editable=False, null=True, verbose_name="导入批次"
                    ),
                ),
                (
                    "extra",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="自定义列"),
                ),
                ("inspected_on", models.DateField(verbose_name="巡查日期")),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("good", "完好在用"),
                            ("repair", "需要维修"),
                            ("idle", "闲置未用"),
                            ("damaged", "损坏不能用"),
                            ("missing", "找不到实物"),
                        ],
                        max_length=8,
                        verbose_name="巡查结果",
                    ),
                ),
                (
                    "inspection_note",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="巡查情况"),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="funds.asset",
                        verbose_name="帮扶资产",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.unit",
                        verbose_name="填报单位",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="所在地",
                    ),
                ),
            ],
            options={
                "verbose_name": "资产巡查",
                "verbose_name_plural": "资产巡查",
                "ordering": ["-inspected_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "voided"), _negated=True),
                        fields=("asset", "inspected_on"),
                        name="funds_assetinspection_once_a_day",
                        violation_error_message="这项资产这一天已经巡查过。",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="assetlease",
            constraint=models.UniqueConstraint(
                fields=("side", "contract_number"),
                name="funds_assetlease_side_number_unique",
                violation_error_message="该方已有这个经营合同编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetlease",
            constraint=models.CheckConstraint(
                condition=models.Q(("rent__gt", 0)),
                name="funds_assetlease_rent_check",
                violation_error_message="每期租金必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetlease",
            constraint=models.CheckConstraint(
                condition=models.Q(("leased_until__gte", models.F("starts_on"))),
                name="funds_assetlease_days_check",
                violation_error_message="经营截止不能早于起始。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetlease",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_due_on__gte", models.F("starts_on")),
                    ("first_due_on__lte", models.F("leased_until")),
                ),
                name="funds_assetlease_first_due_check",
                violation_error_message="首期应交日期要在经营期之内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetincome",
            constraint=models.UniqueConstraint(
                fields=("side", "income_voucher"),
                name="funds_assetincome_side_voucher_unique",
                violation_error_message="该方已有这个收款凭证号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetincome",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="funds_assetincome_amount_check",
                violation_error_message="收益金额必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetincome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("income_kind", "rent"), _negated=True),
                    ("lease__isnull", False),
                    _connector="OR",
                ),
                name="funds_assetincome_rent_lease",
                violation_error_message="租金要选经营合同。",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
