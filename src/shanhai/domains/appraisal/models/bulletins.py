"""Bulletins: drafted from figures, issued under a hash, received unit by unit.

What an issued bulletin says is kept by the database itself: a trigger refuses every change (migration
0002_bulletins).
"""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import PeriodField
from shanhai.kernel.models import EvidenceFile, Recorded
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.walls.kinds import OfSide, Wall, Within
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

LEDGER = "appraisal.bulletin"


class BulletinQuerySet(models.QuerySet["Bulletin", "Bulletin"]):
    """Bulletins of all; whatever answers a request begins with `visible_to`."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's sides: drafts for who supervises the whole side, issued ones for all units.

        The other side's bulletins are its own affair; partners and administrators read none.
        """
        found = Q(pk__in=[])
        for grant in actor.grants_for(Verb.VIEW, LEDGER):
            if grant.role.reach is Reach.NONE or not grant.role.reads_shared:
                continue
            own = Q(side=grant.side)
            found |= own if grant.role.reach is Reach.SIDE else own & ~Q(state=Bulletin.State.DRAFT)
        return self.filter(found)


class Bulletin(Recorded):
    """通报 — a notice to the units of one side about one period.

    Shape: `plan` says what stands where, figures by key; `frozen` is the whole document as it was issued.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("起草")
        ISSUED = "issued", _("已签发")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Form(models.TextChoices):
        BULLETIN = "bulletin", _("通报")
        #: 指标 × 目标 × 本月 × 累计 × 完成率 × 位次, of a month.
        DISPATCH = "dispatch", _("月调度表")
        #: Of a half-year or a year.
        SUMMARY = "summary", _("工作总结")

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    bulletin_form = models.CharField(_("通报形式"), max_length=8, choices=Form.choices, default=Form.BULLETIN)
    owner_unit = models.ForeignKey(
        Unit, verbose_name=_("发文单位"), on_delete=models.PROTECT, related_name="+"
    )
    period = PeriodField(_("通报期"))
    number = models.CharField(_("发文字号"), max_length=40, blank=True, default="")
    title = models.CharField(_("标题"), max_length=120)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(_("版本"), default=1)
    plan = models.JSONField(_("结构"), default=list)
    copies = models.CharField(_("抄送"), max_length=300, blank=True, default="")
    drafted_by = models.CharField(_("起草人"), max_length=40)
    drafted_at = models.DateTimeField(_("起草时间"))
    issued_by = models.CharField(_("签发人"), max_length=40, blank=True, default="")
    issued_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    frozen = models.JSONField(_("签发文本"), null=True, blank=True)
    digest = models.CharField(_("文本摘要"), max_length=64, blank=True, default="")
    word = models.ForeignKey(
        EvidenceFile, verbose_name="Word", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    pdf = models.ForeignKey(
        EvidenceFile, verbose_name="PDF", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_by = models.CharField(_("撤回人"), max_length=40, blank=True, default="")
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回理由"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = BulletinQuerySet.as_manager()

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("通报")
        ordering: ClassVar = ["-period", "-drafted_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                condition=~Q(number=""),
                name="appraisal_bulletin_side_number_unique",
                violation_error_message=_("这个发文字号已经用过。"),
            ),
            models.UniqueConstraint(
                fields=["side", "period", "bulletin_form"],
                condition=Q(state="draft"),
                name="appraisal_bulletin_one_draft",
                violation_error_message=_("本期已有一份正在起草的通报。"),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(issued_at__isnull=False, frozen__isnull=False, word__isnull=False, pdf__isnull=False),
                name="appraisal_bulletin_issued_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="appraisal_bulletin_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class BulletinFigure(Recorded):
    """通报数据 — one number of a bulletin: what it is computed from, and what it was when it was taken.

    Shape: `key` is how narrative and tables name it; `only` holds (dimension, member) pairs.
    Unit: `value` is in `unit`, to ten decimals; `decimals` says how many are printed.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="figures")
    ordinal = models.PositiveSmallIntegerField(_("顺序"))
    key = models.CharField(_("引用名"), max_length=120)
    label = models.CharField(_("名称"), max_length=200)
    code = models.CharField(_("指标"), max_length=16)
    measure = models.CharField(_("取值"), max_length=16)
    period = PeriodField(_("所属期"))
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    unit_scope = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place_scope = models.ForeignKey(
        Place, verbose_name=_("地区"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    only = models.JSONField(_("分项"), default=list, blank=True)
    value = models.DecimalField(_("数值"), max_digits=28, decimal_places=10, null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True, default="")
    decimals = models.PositiveSmallIntegerField(_("小数位"), default=0)
    is_signed = models.BooleanField(_("带正负号"), default=False)
    taken_at = models.DateTimeField(_("取数时间"))
    #: A person lets the number stand although the value is another by now; holds for that value only.
    kept_value = models.DecimalField(
        _("保留时的现值"), max_digits=28, decimal_places=10, null=True, blank=True
    )
    kept_reason = models.CharField(_("保留理由"), max_length=200, blank=True, default="")
    kept_by = models.CharField(_("保留人"), max_length=40, blank=True, default="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("bulletin")

    class Meta:
        verbose_name = verbose_name_plural = _("通报数据")
        ordering: ClassVar = ["bulletin", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bulletin", "key"], name="appraisal_bulletinfigure_bulletin_key_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def take(self, value: Decimal | None, at: Any) -> None:
        """Print this value from now on; what was kept with a reason is over."""
        self.value, self.taken_at = value, at
        self.kept_value, self.kept_reason, self.kept_by = None, "", ""


class NarrativeSlot(Recorded):
    """通报叙述 — the running text of one part of a bulletin; its numbers stand as {引用名}."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="slots")
    ordinal = models.PositiveSmallIntegerField(_("顺序"))
    key = models.CharField(_("部分"), max_length=30)
    label = models.CharField(_("名称"), max_length=30)
    text = models.TextField(_("叙述"), max_length=6000, blank=True, default="")
    edited_by = models.CharField(_("修改人"), max_length=40, blank=True, default="")
    edited_at = models.DateTimeField(_("修改时间"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("bulletin")

    class Meta:
        verbose_name = verbose_name_plural = _("通报叙述")
        ordering: ClassVar = ["bulletin", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bulletin", "key"], name="appraisal_narrativeslot_bulletin_key_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class BulletinReceipt(Recorded):
    """通报签收 — an addressee of an issued bulletin, and who received it when."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    received_by = models.CharField(_("签收人"), max_length=40, blank=True, default="")
    received_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    remark = models.CharField(_("意见"), max_length=300, blank=True, default="")
    reminded_at = models.DateTimeField(_("催收时间"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("bulletin")

    class Meta:
        verbose_name = verbose_name_plural = _("通报签收")
        ordering: ClassVar = ["bulletin", "unit__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bulletin", "unit"], name="appraisal_bulletinreceipt_bulletin_unit_unique"
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | ~Q(received_by=""),
                name="appraisal_bulletinreceipt_has_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)
