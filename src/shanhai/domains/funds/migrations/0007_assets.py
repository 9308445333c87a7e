"""Assets, their sources, printed totals; limits an installation starts with, which users date and replace."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import shanhai.kernel.dated
import shanhai.kernel.fields
import uuid_utils.compat
from decimal import Decimal
from django.db import migrations, models


SINCE = datetime.date(2020, 1, 1)
UNVERIFIED = "示例参数，未核实，请按本地办法改写"
LIMITS = {"title_months": 6, "idle_months": 3}
WITHOUT_ASSETS = ("labour", "talent")


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
    for kind in WITHOUT_ASSETS:
        apps.get_model("funds", "AssetlessKind").objects.using(alias).create(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"shanhai:funds/assetlesskind/{kind}"),
            kind=kind,
            valid_from=SINCE,
            source=UNVERIFIED,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0006_contracts"),
        ("parties", "0009_personrequest_person"),
        ("places", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asset",
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
                ("code", models.CharField(max_length=40, verbose_name="资产编号")),
                ("name", models.CharField(max_length=120, verbose_name="资产名称")),
                (
                    "asset_class",
                    models.CharField(
                        choices=[
                            ("public", "公益性资产"),
                            ("operating", "经营性资产"),
                            ("household", "到户类资产"),
                        ],
                        max_length=9,
                        verbose_name="资产类别",
                    ),
                ),
                (
                    "asset_form",
                    models.CharField(
                        choices=[("fixed", "固定资产"), ("biological", "生物资产"), ("equity", "权益资产")],
                        max_length=10,
                        verbose_name="资产形态",
                    ),
                ),
                (
                    "original_value",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="资产原值",
                    ),
                ),
                ("formed_on", models.DateField(help_text="项目验收合格之日。", verbose_name="资产形成日期")),
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
                    "ownership_holder",
                    models.CharField(
                        help_text="村集体、单位或经济合作社；到户类写户编号，不写姓名。",
                        max_length=120,
                        verbose_name="所有权人",
                    ),
                ),
                (
                    "operation_holder",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="经营权人"),
                ),
                (
                    "income_holder",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="收益权人"),
                ),
                (
                    "supervision_holder",
                    models.CharField(blank=True, default="", max_length=120, verbose_name="监督权人"),
                ),
                (
                    "caretaker",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="写责任单位或岗位。",
                        max_length=120,
                        verbose_name="管护责任",
                    ),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="权证编号"),
                ),
                ("titled_on", models.DateField(blank=True, null=True, verbose_name="确权登记日期")),
                ("transferred_on", models.DateField(blank=True, null=True, verbose_name="资产移交日期")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("untitled", "待确权"),
                            ("in_use", "在用"),
                            ("leased", "出租"),
                            ("idle", "闲置"),
                            ("inefficient", "低效"),
                            ("damaged", "损毁"),
                            ("disposed", "处置"),
                        ],
                        default="untitled",
                        max_length=11,
                        verbose_name="资产状态",
                    ),
                ),
                ("standing_since", models.DateField(blank=True, null=True, verbose_name="资产状态起始日期")),
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
                "verbose_name": "帮扶资产",
                "verbose_name_plural": "帮扶资产",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="AssetlessKind",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("industry", "产业"),
                            ("consumption", "消费"),
                            ("labour", "劳务"),
                            ("environment", "乡村环境整治"),
                            ("facilities", "公共设施配套"),
                            ("park", "乡村振兴产业园"),
                            ("talent", "人才支援与交流"),
                        ],
                        max_length=11,
                        verbose_name="项目类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "不形成资产的项目类别",
                "verbose_name_plural": "不形成资产的项目类别",
                "ordering": ["kind", "valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("kind", "="),
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
                        name="funds_assetlesskind_days",
                        violation_error_message="同一天已有一条有效的规定，请先停用旧的。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetLimit",
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
                    "code",
                    models.CharField(
                        choices=[
                            ("title_months", "验收后几个月内确权"),
                            ("idle_months", "闲置超过几个月预警"),
                        ],
                        max_length=20,
                        verbose_name="项目",
                    ),
                ),
                (
                    "value",
                    shanhai.kernel.fields.DecimalField(decimal_places=2, max_digits=12, verbose_name="数值"),
                ),
            ],
            options={
                "verbose_name": "资产规则数值",
                "verbose_name_plural": "资产规则数值",
                "ordering": ["code", "valid_from"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
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
                        name="funds_assetlimit_code_days",
                        violation_error_message="同一天已有一条有效的规定，请先停用旧的。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetSource",
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
                    "source_level",
                    models.CharField(
                        choices=[
                            ("province", "省级"),
                            ("city", "市级"),
                            ("district", "区级"),
                            ("local", "本县配套"),
                            ("donated", "社会捐赠"),
                        ],
                        max_length=8,
                        verbose_name="资金来源",
                    ),
                ),
                (
                    "amount",
                    shanhai.kernel.fields.MoneyField(
                        decimal_places=2,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="形成金额",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="formed",
                        to="funds.project",
                        verbose_name="协作项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "资产来源",
                "verbose_name_plural": "资产来源",
                "ordering": ["asset", "project", "source_level"],
            },
        ),
        migrations.CreateModel(
            name="StatedTotal",
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
                ("stated_on", models.DateField(verbose_name="上报截止日")),
                (
                    "stated_line",
                    models.CharField(
                        choices=[
                            ("total", "合计"),
                            ("public", "公益性资产"),
                            ("operating", "经营性资产"),
                            ("household", "到户类资产"),
                            ("county_owned", "县级权属"),
                            ("town_owned", "镇级权属"),
                            ("village_owned", "村级权属"),
                            ("household_owned", "户级权属"),
                        ],
                        max_length=15,
                        verbose_name="统计口径",
                    ),
                ),
                ("asset_count", shanhai.kernel.fields.CountField(verbose_name="资产数")),
                (
                    "stated_value",
                    shanhai.kernel.fields.DecimalField(
                        decimal_places=4,
                        max_digits=16,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="上报原值",
                    ),
                ),
                ("sheet_name", models.CharField(max_length=120, verbose_name="报表名称")),
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
                "verbose_name": "总账上报数",
                "verbose_name_plural": "总账上报数",
                "ordering": ["-stated_on", "stated_line"],
            },
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.UniqueConstraint(
                fields=("side", "code"),
                name="funds_asset_side_code_unique",
                violation_error_message="该方已有这个资产编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(("original_value__gt", 0)),
                name="funds_asset_value_check",
                violation_error_message="资产原值必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("titled_on__isnull", False), ("standing__in", ("untitled", "damaged")), _connector="OR"
                ),
                name="funds_asset_titled_check",
                violation_error_message="没有确权登记的资产，状态只能是待确权或损毁。",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing", "untitled"), _negated=True),
                    ("titled_on__isnull", True),
                    _connector="OR",
                ),
                name="funds_asset_untitled_check",
                violation_error_message="已确权登记的资产不能是待确权。",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("titled_on__isnull", True), ("titled_on__gte", models.F("formed_on")), _connector="OR"
                ),
                name="funds_asset_titled_after",
                violation_error_message="确权登记不能早于资产形成。",
            ),
        ),
        migrations.AddConstraint(
            model_name="asset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("transferred_on__isnull", True),
                    ("transferred_on__gte", models.F("titled_on")),
                    _connector="OR",
                ),
                name="funds_asset_transferred_after",
                violation_error_message="资产移交不能早于确权登记。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetsource",
            constraint=models.UniqueConstraint(
                fields=("asset", "project", "source_level"),
                name="funds_assetsource_once",
                violation_error_message="这项资产已有这个项目的这一级来源，请改那一条。",
            ),
        ),
        migrations.AddConstraint(
            model_name="assetsource",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="funds_assetsource_amount_check",
                violation_error_message="形成金额必须大于零。",
            ),
        ),
        migrations.AddConstraint(
            model_name="statedtotal",
            constraint=models.UniqueConstraint(
                fields=("side", "sheet_name", "stated_line"),
                name="funds_statedtotal_once",
                violation_error_message="这份报表的这个口径已有上报数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="statedtotal",
            constraint=models.CheckConstraint(
                condition=models.Q(("stated_value__gte", 0)),
                name="funds_statedtotal_value_check",
                violation_error_message="上报原值不能是负数。",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
