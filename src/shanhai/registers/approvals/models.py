"""Chains as dated rules, and what people did with rows under them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.engines.approval import Kind, Where
from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import MoneyField
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import BesideRow, OfSide, Public, Wall

from .walkable import check_chain


class ApprovalChain(DatedRule):
    """审批链 — who agrees, in which order, before rows of a ledger are verified.

    Shape: of chains in force, the one of the nearest unit holds, then the one that begins at the highest
    amount a row reaches. Unit: yuan.
    """

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("who has to agree to what, by unit and role")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    ledger = models.CharField(_("台账"), max_length=80)
    covered_unit = models.CharField(
        _("适用单位"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("单位全称，含它下面的单位；空为本方全部单位。"),
    )
    from_amount = MoneyField(
        _("起点金额"),
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("达到这个金额的才走这条链；0 为不论金额。"),
    )
    amount_field = models.CharField(
        _("金额字段"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("按台账的哪个金额判断，写字段名称，如“拨付金额”；起点金额为 0 时可空。"),
    )
    approval_steps = models.TextField(
        _("审批步骤"),
        max_length=2000,
        help_text=_(
            "一行一步，按先后：名称：会签（都要签）或 或签（一人签即可） 单位·角色、单位·角色。"
            "单位写全称、简称或“本单位”“上级单位”。例：科室审核：或签 本单位·核实"
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("审批链")
        ordering: ClassVar = ["ledger", "side", "covered_unit", "from_amount", "valid_from"]
        constraints: ClassVar = [
            one_at_a_time("approvals_approvalchain_days", "side", "ledger", "covered_unit", "from_amount")
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.get_side_display()} {self.covered_unit}"

    @classmethod
    def choices_of(cls, name: str) -> Mapping[str, Any]:
        return {one.key: one.label for one in registry} if name == "ledger" else {}

    def clean(self) -> None:
        """Errors: ValidationError by field, of the steps by line."""
        check_chain(self)


class ApprovalAct(Recorded):
    """审批记录 — what one person did with a row under a chain.

    Shape: `act_number` counts within one submission of the row; the first act keeps the steps it began with.
    """

    ledger = models.CharField(_("台账"), max_length=80)
    row_id = models.UUIDField(_("行"))
    submitted_at = models.DateTimeField(_("提交时间"))
    act_number = models.PositiveSmallIntegerField(_("第几次办理"))
    act_kind = models.CharField(
        _("办理方式"),
        max_length=8,
        choices=[
            (Kind.AGREE.value, _("同意")),
            (Kind.RETURN.value, _("退回")),
            (Kind.ADD.value, _("加签")),
            (Kind.TRANSFER.value, _("转办")),
            (Kind.URGE.value, _("催办")),
        ],
    )
    seat = models.CharField(_("席位"), max_length=80)
    returned_to = models.SmallIntegerField(_("退到第几步"), default=-1)
    drawn_in = models.CharField(_("另请的席位"), max_length=80, blank=True, default="")
    added_where = models.CharField(
        _("加在哪里"),
        max_length=6,
        choices=[
            (Where.BESIDE.value, _("并签")),
            (Where.BEFORE.value, _("前加签")),
            (Where.AFTER.value, _("后加签")),
        ],
        default=Where.BESIDE.value,
    )
    opinion = models.CharField(_("审批意见"), max_length=200, blank=True, default="")
    decided_at = models.DateTimeField(_("办理时间"))
    handled_by = models.CharField(_("办理人"), max_length=120)
    in_place_of = models.CharField(
        _("代谁办理"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("代签时写明代的是谁；本人办理为空。"),
    )
    steps_then: models.JSONField[Any] = models.JSONField(_("办理时的步骤"), null=True, blank=True)

    WALL: ClassVar[Wall] = BesideRow()

    class Meta:
        verbose_name = verbose_name_plural = _("审批记录")
        ordering: ClassVar = ["row_id", "submitted_at", "act_number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["row_id", "submitted_at", "act_number"], name="approvals_approvalact_number_unique"
            ),
        ]


class StandIn(Recorded):
    """代签 — for these days, both included, somebody signs in the place of a colleague who is away.

    Shape: `absent` and `stands_in` are keys of actors. No membership changes: what the other may see stays
    their own, and every act names both.
    """

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    absent = models.CharField(_("离岗人"), max_length=120)
    stands_in = models.CharField(_("代签人"), max_length=120)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"))
    absence_reason = models.CharField(_("离岗原因"), max_length=120)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("代签")
        ordering: ClassVar = ["-valid_from", "absent"]
        constraints: ClassVar = [
            one_at_a_time(
                "approvals_standin_days", "absent", told=_("这些天里您已请了人代签，请先结束那一次。")
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="approvals_standin_order"
            ),
            models.CheckConstraint(condition=~Q(absent=F("stands_in")), name="approvals_standin_other"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}–{self.valid_to}"
