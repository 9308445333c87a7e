"""How assets leave the books, and who decides on it by level, which users date and replace."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import shanhai.kernel.dated
import shanhai.kernel.fields
import uuid_utils.compat
from django.db import migrations, models


SINCE = datetime.date(2020, 1, 1)
UNVERIFIED = "示例参数，未核实，请按本地办法改写"
#: Level of ownership → who decides, whether a village meeting must have agreed.
RULES = {
    "county": ("coordinator", False),
    "town": ("coordinator", False),
    "village": ("", True),
    "household": ("", True),
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for level, (kind, needs_meeting) in RULES.items():
        apps.get_model("funds", "DisposalRule").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:funds/disposalrule/{level}"),
            owner_level=level,
            decided_kind=kind,
            needs_meeting=needs_meeting,
            valid_from=SINCE,
            source=UNVERIFIED,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0015_asset_distribution"),
        ("parties", "0010_numberasking_numberaskingrule"),
        ("places", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisposalRule",
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
                (
                    "owner_level",
                    models.CharField(
                        choices=[
                            ("county", "县级"),
                            ("town", "镇级"),
                            ("village", "村级"),
                            ("household", "户级"),
                        ],
                        max_length=9,
                        verbose_name="权属层级",
                    ),
                ),
                (
                    "decided_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coordinator", "统筹部门"),
                            ("department", "部门"),
                            ("work_group", "工作组"),
                            ("town", "镇（街道）"),
                            ("park", "园区"),
                            ("organisation", "群团与社会组织"),
                            ("government", "党委政府"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="决定单位类别",
                    ),
                ),
                ("needs_meeting", models.BooleanField(default=False, verbose_name="须附村民会议记录")),
            ],
            options={
                "verbose_name": "资产处置权限",
                "verbose_name_plural": "资产处置权限",
                "ordering": ["owner_level", "valid_from"],
            },
        ),
        migrations.AlterField(
            model_name="assetincome",
            name="income_kind",
            field=models.CharField(
                choices=[
                    ("rent", "租金"),
                    ("dividend", "分红"),
                    ("sales", "产品收入"),
                    ("disposal", "处置收入"),
                    ("other", "其他收益"),
                ],
                default="other",
                max_length=8,
                verbose_name="收益类别",
            ),
        ),
        migrations.AlterField(
            model_name="distributionshare",
            name="share_kind",
            field=models.CharField(
                choices=[
                    ("monitored", "监测户"),
                    ("ex_poor", "脱贫户"),
                    ("others", "其他农户"),
                    ("posts", "公益岗位"),
                    ("collective", "村集体公益事业"),
                    ("reinvested", "村集体再投资"),
                    ("treasury", "上缴财政"),
                ],
                max_length=10,
                verbose_name="分配对象",
            ),
        ),
        migrations.CreateModel(
            name="AssetDisposal",
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
                ("disposal_number", models.CharField(max_length=60, verbose_name="处置编号")),
                (
                    "disposal_way",
                    models.CharField(
                        choices=[("scrap", "报废"), ("sale", "出售"), ("transfer", "无偿划转")],
                        max_length=8,
                        verbose_name="处置方式",
                    ),
                ),
                ("disposed_on", models.DateField(verbose_name="处置日期")),
                ("disposal_cause", models.CharField(max_length=300, verbose_name="处置原因")),
                (
                    "appraised_value",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="评估价值",
                    ),
                ),
                (
                    "price",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        default=0,
                        help_text="出售价款或残值；没有填 0。",
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="处置价款",
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="写单位，不写个人姓名。",
                        max_length=120,
                        verbose_name="受让或接收单位",
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="处置决定日期"),
                ),
                (
                    "deciding_note",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=300, verbose_name="处置决定意见"
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposals",
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
                "verbose_name": "资产处置",
                "verbose_name_plural": "资产处置",
                "ordering": ["-disposed_on"],
            },
        ),
        migrations.AddField(
            model_name="assetincome",
            name="disposal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incomes",
                to="funds.assetdisposal",
                verbose_name="资产处置",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetincome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposal__isnull", False), ("income_kind", "disposal")),
                    models.Q(
                        models.Q(("income_kind", "disposal"), _negated=True), ("disposal__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="funds_assetincome_disposal_named",
                violation_error_message="处置收入要选资产处置；其他收益不选。",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposalrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("owner_level", "="),
                    (
                        shanhai.kernel.dated._Validity(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="funds_disposalrule_level_days",
                violation_error_message="同一天已有一条有效的规定，请先停用旧的。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetdisposal",
            constraint=models.UniqueConstraint(
                fields=("side", "disposal_number"),
                name="funds_assetdisposal_side_number_unique",
                violation_error_message="该方已有这个处置编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetdisposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "voided"), _negated=True),
                fields=("asset",),
                name="funds_assetdisposal_asset_once",
                violation_error_message="这项资产已登记处置，请改那一条。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetdisposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("appraised_value__gte", 0), ("price__gte", 0)),
                name="funds_assetdisposal_money_check",
                violation_error_message="评估价值和处置价款不能是负数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetdisposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposal_way", "transfer"), _negated=True), ("price", 0), _connector="OR"
                ),
                name="funds_assetdisposal_transfer_free",
                violation_error_message="无偿划转没有价款，请填 0；收钱的选出售。",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
