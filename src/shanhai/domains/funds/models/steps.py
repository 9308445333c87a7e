"""How a project moves on: what must be there before, what the other side agrees to, and the steps taken."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import JointLedgerModel, LedgerModel, Recorded
from shanhai.kernel.walls.kinds import Wall, Within
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .money import CENT
from .projects import NoticeKind, Project, Stage


class ProjectCondition(LedgerModel):
    """开工条件 — land, environment or design of a project, done or with a reason not needed."""

    class Kind(models.TextChoices):
        LAND = "land", _("用地")
        ENVIRONMENT = "environment", _("环评")
        DESIGN = "design", _("设计")

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="conditions"
    )
    kind = models.CharField(_("条件类别"), max_length=11, choices=Kind.choices)
    done_on = models.DateField(_("办结日期"))
    document = models.CharField(_("文件名称及文号"), max_length=200)
    is_exempt = models.BooleanField(_("依规不需办理"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("开工条件")
        ordering: ClassVar = ["project", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "project", "kind"],
                condition=~Q(state=State.VOIDED.value),
                name="funds_projectcondition_kind_once",
                violation_error_message=_("这个项目已登记这一项条件。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()}"


class ProjectConsent(JointLedgerModel):
    """项目会商 — what one government asks the other to agree to about a project, and the answer.

    Shape: confirmed by `partner_unit` it is agreed; sent back it is refused, with the reason.
    """

    reference_field: ClassVar[str] = "number"

    class Matter(models.TextChoices):
        APPROVE = "approve", _("立项批复")
        CHANGE = "change", _("变更")
        SUSPEND = "suspend", _("暂停")
        RESUME = "resume", _("恢复")
        TERMINATE = "terminate", _("终止")

    number = models.CharField(_("会商编号"), max_length=40)
    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="consents"
    )
    matter = models.CharField(_("会商事项"), max_length=9, choices=Matter.choices)
    asked_on = models.DateField(_("提出日期"))
    cause = models.CharField(_("事由"), max_length=300)
    new_budget = MoneyField(_("变更后预算"), null=True, blank=True, validators=[MinValueValidator(CENT)])
    new_content = models.TextField(_("变更后建设内容"), blank=True, default="")
    new_place = models.ForeignKey(
        Place,
        verbose_name=_("变更后建设地点"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    partner_unit = models.ForeignKey(
        Unit, verbose_name=_("对方单位"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("项目会商")
        ordering: ClassVar = ["-asked_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_projectconsent_side_number_unique",
                violation_error_message=_("该方已有这个会商编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ProjectMove(Recorded):
    """项目流转记录 — one step a project took: who decided it, when, on which document. Only added to.

    Shape: a change of budget, content or place keeps the stage and says in `note` what was and what is.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="moves"
    )
    from_stage = models.CharField(_("原阶段"), max_length=11, choices=Stage.choices)
    to_stage = models.CharField(_("新阶段"), max_length=11, choices=Stage.choices)
    moved_on = models.DateField(_("办理日期"))
    decided_unit = models.ForeignKey(
        Unit, verbose_name=_("决定单位"), on_delete=models.PROTECT, related_name="+"
    )
    moved_by = models.CharField(_("办理人"), max_length=120)
    document = models.CharField(_("文件名称及文号"), max_length=200, blank=True, default="")
    note = models.CharField(_("说明"), max_length=500, blank=True, default="")
    consent = models.OneToOneField(
        ProjectConsent,
        verbose_name=_("项目会商"),
        on_delete=models.PROTECT,
        related_name="move",
        null=True,
        blank=True,
    )

    WALL: ClassVar[Wall] = Within("project")

    class Meta:
        verbose_name = verbose_name_plural = _("项目流转记录")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.get_from_stage_display()} → {self.get_to_stage_display()}"


class ProjectNotice(LedgerModel):
    """项目公示 — a project or its money shown to everybody for a number of days, and where."""

    reference_field: ClassVar[str] = "number"

    number = models.CharField(_("公示编号"), max_length=40)
    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="notices"
    )
    notice_kind = models.CharField(_("公示类别"), max_length=6, choices=NoticeKind.choices)
    notice_from = models.DateField(_("公示开始日期"))
    notice_to = models.DateField(_("公示截止日期"))
    posted_at = models.CharField(_("公示地点"), max_length=120)
    complaint_phone = models.CharField(_("监督电话"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("项目公示")
        ordering: ClassVar = ["-notice_from", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "number"],
                name="funds_projectnotice_side_number_unique",
                violation_error_message=_("该方已有这个公示编号。"),
            ),
            models.CheckConstraint(
                condition=Q(notice_to__gte=F("notice_from")),
                name="funds_projectnotice_days_check",
                violation_error_message=_("公示截止不能早于开始。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number
