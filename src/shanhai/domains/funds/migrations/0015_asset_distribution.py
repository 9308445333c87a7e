"""What of an income is given to whom and paid; within how many days, which users date and replace."""

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


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    apps.get_model("funds", "AssetLimit").objects.using(schema_editor.connection.alias).create(
        id=uuid.uuid5(uuid.NAMESPACE_URL, "shanhai:funds/assetlimit/payout_days"),
        code="payout_days",
        value=30,
        valid_from=SINCE,
        source=UNVERIFIED,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0014_asset_care"),
        ("parties", "0010_numberasking_numberaskingrule"),
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
                    ("payout_days", "决议后几天内兑付"),
                ],
                max_length=20,
                verbose_name="项目",
            ),
        ),
        migrations.CreateModel(
            name="AssetDistribution",
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
                ("decision_number", models.CharField(max_length=60, verbose_name="分配决议编号")),
                ("decision_day", models.DateField(verbose_name="决议日期")),
                (
                    "village_meeting",
                    models.CharField(
                        help_text="如：中华村村民代表会议。", max_length=120, verbose_name="议事会议"
                    ),
                ),
                (
                    "amount",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="分配金额",
                    ),
                ),
                (
                    "asset_income",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="distributions",
                        to="funds.assetincome",
                        verbose_name="资产收益",
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
                "verbose_name": "收益分配",
                "verbose_name_plural": "收益分配",
                "ordering": ["-decision_day"],
            },
        ),
        migrations.CreateModel(
            name="DistributionShare",
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
                (
                    "share_kind",
                    models.CharField(
                        choices=[
                            ("monitored", "监测户"),
                            ("ex_poor", "脱贫户"),
                            ("others", "其他农户"),
                            ("posts", "公益岗位"),
                            ("collective", "村集体公益事业"),
                        ],
                        max_length=10,
                        verbose_name="分配对象",
                    ),
                ),
                ("share_households", shanhai.kernel.fields.CountField(default=0, verbose_name="分配户数")),
                (
                    "amount",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="明细金额",
                    ),
                ),
                (
                    "distribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="funds.assetdistribution",
                        verbose_name="收益分配",
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
                "verbose_name": "分配明细",
                "verbose_name_plural": "分配明细",
                "ordering": ["distribution", "share_kind"],
            },
        ),
        migrations.CreateModel(
            name="DistributionPayment",
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
                ("payout_voucher", models.CharField(max_length=60, verbose_name="兑付凭证号")),
                (
                    "amount",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="兑付金额",
                    ),
                ),
                ("paid_out_on", models.DateField(verbose_name="兑付日期")),
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
                    "distribution_share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="funds.distributionshare",
                        verbose_name="分配明细",
                    ),
                ),
            ],
            options={
                "verbose_name": "分配兑付",
                "verbose_name_plural": "分配兑付",
                "ordering": ["-paid_out_on"],
            },
        ),
        migrations.AddConstraint(
            model_name="assetdistribution",
            constraint=models.UniqueConstraint(
                fields=("side", "decision_number"),
                name="funds_assetdistribution_side_number_unique",
                violation_error_message="该方已有这个分配决议编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetdistribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="funds_assetdistribution_amount_check",
                violation_error_message="分配金额必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="distributionshare",
            constraint=models.UniqueConstraint(
                fields=("distribution", "share_kind"),
                name="funds_distributionshare_once",
                violation_error_message="这次分配已有这类对象，请改那一条。",
            ),
        ),
        migrations.AddConstraint(
            model_name="distributionshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="funds_distributionshare_amount_check",
                violation_error_message="明细金额必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="distributionpayment",
            constraint=models.UniqueConstraint(
                fields=("side", "payout_voucher"),
                name="funds_distributionpayment_side_voucher_unique",
                violation_error_message="该方已有这个兑付凭证号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="distributionpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="funds_distributionpayment_amount_check",
                violation_error_message="兑付金额必须大于零。",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
