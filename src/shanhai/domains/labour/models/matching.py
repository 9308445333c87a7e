"""What matching proposed and what people made of it: runs as records, placements as rows."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import DecimalField
from shanhai.kernel.leads import BODY, PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel, Recorded
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.kernel.scope import Side
from shanhai.kernel.walls.kinds import OfSide, Wall
from shanhai.registers.parties.models import Person

from .employment import EmploymentSpell
from .orders import JobOrder


class MatchRun(Recorded):
    """匹配运行 — one run over a side's workers and the orders it could see: what was asked, what came of it.

    Shape: rows are only added. `total_score` is the sum over what the run proposed, `bound` what no matching
    of the same workers and seats exceeds; `kept_score` the sum over pairs that people had fixed; `hindsight`
    what a run could have reached that undid every decision. `prices` by order begin the next run.
    `pairs` are [person, order, five terms]; `unmatched` and `empty` what would change it; keys, no names.
    Unit: points; `prices` and terms scaled as the engine's.
    """

    IS_APPENDED_ONLY = True

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    run_at = models.DateTimeField(_("运行时间"))
    matched_by = models.CharField(_("运行人"), max_length=120)
    workers = models.PositiveIntegerField(_("参加人数"))
    orders = models.PositiveIntegerField(_("参加岗位"))
    seats = models.PositiveIntegerField(_("空缺名额"))
    matched = models.PositiveIntegerField(_("拟配人数"))
    fixed = models.PositiveIntegerField(_("已定人数"))
    forbidden = models.PositiveIntegerField(_("已拒绝对数"))
    total_score = DecimalField(_("拟配总分"), max_digits=14, decimal_places=4)
    bound = DecimalField(_("总分上界"), max_digits=14, decimal_places=4)
    kept_score = DecimalField(_("已定总分"), max_digits=14, decimal_places=4)
    hindsight = DecimalField(_("全部重配总分"), max_digits=14, decimal_places=4)
    weights = models.JSONField(default=dict)
    prices = models.JSONField(default=dict)
    pairs = models.JSONField(default=list)
    unmatched = models.JSONField(default=list)
    empty = models.JSONField(default=list)
    fairness = models.JSONField(default=list)
    left_out = models.JSONField(default=dict)
    is_nightly = models.BooleanField(_("每夜自动"), default=False)
    #: Which parts had changed since the run before, and a digest of each.
    causes = models.JSONField(default=list)
    fingerprint = models.JSONField(default=dict)

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("匹配运行")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["side", "-id"], name="labour_matchrun_side")]

    def __str__(self) -> str:
        return f"{self.run_at:%Y-%m-%d %H:%M}"

    @property
    def of_bound(self) -> Decimal:
        """Per cent of the bound reached, rounded down: never more is claimed than is proved."""
        if not self.bound:
            return Decimal(100)
        share: Decimal = 100 * self.total_score / self.bound
        return share.quantize(Decimal("0.001"), "ROUND_DOWN")

    @property
    def regret(self) -> Decimal:
        """Points that people's decisions cost against a run free to undo them all."""
        lost: Decimal = self.hindsight - self.total_score - self.kept_score
        return max(Decimal(0), lost)


class RollingMatch(Recorded):
    """每夜自动匹配 — whether a side's workers are matched anew every night, with whose rights.

    Shape: one row per side. `said` tells what came of the last look, also where nothing was run.
    """

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices, unique=True)
    is_on = models.BooleanField(_("已开启"), default=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("账号"), on_delete=models.PROTECT, related_name="+"
    )
    switched_by = models.CharField(_("开启或停用人"), max_length=120)
    switched_at = models.DateTimeField(_("开启或停用时间"))
    last_looked_at = models.DateTimeField(_("最近查看时间"), null=True, blank=True)
    said = models.CharField(_("最近结果"), max_length=200, blank=True, default="")

    WALL: ClassVar[Wall] = OfSide()

    class Meta:
        verbose_name = verbose_name_plural = _("每夜自动匹配")

    def __str__(self) -> str:
        return str(self.get_side_display())


class Placement(LedgerModel):
    """拟配 — one worker and one job order: proposed by a run or by hand, and what came of it.

    Shape: one row per pair, so that a refusal is remembered. It belongs to the side of the worker; reported,
    the other side reads it with the name masked.
    """

    is_personal: ClassVar[bool] = True

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("待决定")
        ACCEPTED = "accepted", _("已接受")
        REFUSED = "refused", _("已拒绝")
        HIRED = "hired", _("已到岗")
        LEFT = "left", _("到岗后离开")
        LAPSED = "lapsed", _("已被替换")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="placements"
    )
    order = models.ForeignKey(
        JobOrder, verbose_name=_("岗位需求"), on_delete=models.PROTECT, related_name="placements"
    )
    match_state = models.CharField(
        _("拟配状态"), max_length=8, choices=Standing.choices, default=Standing.PROPOSED, editable=False
    )
    is_by_hand = models.BooleanField(_("人工拟配"), default=True, editable=False)
    score = DecimalField(_("得分"), max_digits=9, decimal_places=4, null=True, blank=True, editable=False)
    proposed_on = models.DateField(_("拟配日期"), null=True, blank=True, editable=False)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True, editable=False)
    refusal = models.CharField(_("拒绝原因"), max_length=200, blank=True, default="", editable=False)
    hired_on = models.DateField(_("拟配到岗日期"), null=True, blank=True, editable=False)
    left_on = models.DateField(_("离开日期"), null=True, blank=True, editable=False)
    spell = models.ForeignKey(
        EmploymentSpell,
        verbose_name=_("务工就业"),
        on_delete=models.PROTECT,
        related_name="placements",
        null=True,
        blank=True,
        editable=False,
    )
    #: With which the worker was taken to the employer.
    batch = models.ForeignKey(
        "labour.TransportBatch",
        verbose_name=_("输送批次"),
        on_delete=models.PROTECT,
        related_name="placements",
        null=True,
        blank=True,
        editable=False,
    )

    #: What is proposed is offered to the worker; the employer learns of it when it is accepted.
    leads_to: ClassVar[Leads] = {PERSON: Lead("person", drafts=True), BODY: Lead("order__employer")}

    class Meta:
        verbose_name = verbose_name_plural = _("拟配")
        ordering: ClassVar = ["-proposed_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "order"],
                name="labour_placement_pair_unique",
                violation_error_message=_("该人员与这个岗位已有一条拟配。"),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(match_state__in=["accepted", "hired"]) & ~Q(state="voided"),
                name="labour_placement_one_post",
                violation_error_message=_("该人员已接受或已到岗另一个岗位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.order.code}"

    def reference_text(self) -> str:
        return f"{self.person.reference_text()} {self.order.code}"

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Placements by «identity number code of the order», or by a number with only one visible."""
        wanted = {text: text.strip().partition(" ")[::2] for text in texts}
        people = Person.resolve_references({identity for identity, _code in wanted.values()}, planned)
        keys = {person.pk for person in people.values()}
        rows = cls.objects.live().filter(person__in=keys).select_related("order")
        known: dict[Any, list[Any]] = {}
        for row in planned.joined(rows, person_id=keys):
            known.setdefault(row.person_id, []).append(row)
        found = {}
        for text, (identity, code) in wanted.items():
            person = people.get(identity)
            mine = known.get(person and person.pk, ())
            fitting = [row for row in mine if not code.strip() or row.order.code == code.strip()]
            if len(fitting) == 1:
                found[text] = fitting[0]
        return found

    @property
    def is_occupying(self) -> bool:
        """Whether a seat of the order is taken by it."""
        return self.match_state in OCCUPYING


#: Standings in which a seat is taken.
OCCUPYING = (Placement.Standing.ACCEPTED, Placement.Standing.HIRED)
