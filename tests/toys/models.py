"""Toy rows: one with every field type, one that hangs below it."""

from typing import ClassVar

from django.db import models

from shanhai.kernel.fields import AreaField, CountField, DecimalField, MoneyField, PercentField
from shanhai.kernel.models import JointLedgerModel, LedgerModel
from shanhai.kernel.within import Further, Within
from shanhai.registers.parties.fields import IdentityNumberField, PhoneField
from shanhai.registers.parties.models import Unit


class Workshop(LedgerModel):
    """A toy 帮扶车间 with a field of every kind."""

    class Kind(models.TextChoices):
        FACTORY = "factory", "厂房式"
        HOME = "home", "居家式"
        FARM = "farm", "种养式"

    code = models.CharField("编号", max_length=20)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=8, choices=Kind.choices, default=Kind.FACTORY)
    opened_on = models.DateField("设立日期", null=True, blank=True)
    workers = CountField("吸纳人数", unit="人", default=0)
    cost = MoneyField("年度经费", null=True, blank=True)
    land = AreaField("占地", null=True, blank=True)
    share = PercentField("完成率", null=True, blank=True)
    is_certified = models.BooleanField("已认定", default=False)
    keeper_identity = IdentityNumberField("负责人身份证号", blank=True)
    keeper_phone = PhoneField("负责人电话", blank=True)
    note = models.TextField("备注", blank=True, default="")
    main = models.ForeignKey(
        "self",
        verbose_name="总车间",
        on_delete=models.PROTECT,
        related_name="branches",
        null=True,
        blank=True,
    )

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    WITHIN: ClassVar = (
        Within(
            "main",
            "cost",
            "请改小年度经费，或先调高总车间的年度经费。",
            amount="cost",
            only=("kind", ("factory", "farm")),  # at home nothing is paid for
            raised_by=(Further("toys.patrol", "workshop", "balance"),),
            used_by=(Further("toys.output", "workshop__main"),),
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = "玩具车间"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="toys_workshop_side_code_unique",
                violation_error_message="该方已有这个编号。",
            ),
        ]


class Output(LedgerModel):
    """A toy monthly output of a workshop."""

    workshop = models.ForeignKey(
        Workshop, verbose_name="车间", on_delete=models.PROTECT, related_name="outputs"
    )
    amount = MoneyField("产值")
    pieces = CountField("件数", unit="件", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "玩具产值"
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "period"],
                name="toys_output_workshop_period_unique",
                violation_error_message="该车间本期已填。",
            ),
        ]


class Patrol(LedgerModel):
    """A toy visit of the receiving side to a workshop: what a row holds that the others do not."""

    workshop = models.ForeignKey(
        Workshop, verbose_name="车间", on_delete=models.PROTECT, related_name="patrols"
    )
    distance = DecimalField(
        "路程", unit="公里", source="玩具方案 一（三）", max_digits=6, decimal_places=1, default=0
    )
    balance = MoneyField("结余变动", allow_negative=True, default=0)
    visitor_identity = IdentityNumberField("巡查人身份证号", unique=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "玩具巡查"
        ordering: ClassVar = ["-period"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "period"],
                name="toys_patrol_workshop_period_unique",
                violation_error_message="该车间本季已巡查。",
            ),
        ]


class Meeting(JointLedgerModel):
    """A toy 联席会议: one row of both sides, which the other side confirms."""

    number = models.CharField("会议编号", max_length=40)
    partner_unit = models.ForeignKey(
        Unit, verbose_name="对方单位", on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField("会议日期")
    attendees = CountField("参会人数", unit="人", default=0)

    reference_field: ClassVar[str] = "number"
    name_field: ClassVar[str] = "number"

    class Meta:
        verbose_name = verbose_name_plural = "玩具联席会议"
        ordering: ClassVar = ["-held_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="toys_meeting_side_number_unique",
                violation_error_message="该方已有这个会议编号。",
            ),
        ]
