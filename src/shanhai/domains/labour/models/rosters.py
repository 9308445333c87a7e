"""Lists of people from agencies, employers or the other side, held row by row against the register."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.models import LedgerModel
from shanhai.registers.parties.fields import WrittenNumberField, WrittenPhoneField
from shanhai.registers.parties.models import Body, Person


class Roster(LedgerModel):
    """外来名单 — a list somebody else keeps of our people, and for which employer."""

    reference_field: ClassVar[str] = "code"

    class Source(models.TextChoices):
        AGENCY = "agency", _("劳务中介机构")
        EMPLOYER = "employer", _("用工单位")
        OTHER_SIDE = "other_side", _("对方县区")
        OTHER = "other", _("其他部门")

    code = models.CharField(_("名单编号"), max_length=30)
    source = models.CharField(_("名单来源"), max_length=10, choices=Source.choices)
    sender = models.CharField(_("提供者"), max_length=80)
    received_on = models.DateField(_("收到名单日期"))
    employer = models.ForeignKey(
        Body,
        verbose_name=_("名单用工单位"),
        on_delete=models.PROTECT,
        related_name="rosters",
        null=True,
        blank=True,
        help_text=_("名单只是一家单位的，选上；台账里在该单位而名单没有的也会列出。"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("外来名单")
        ordering: ClassVar = ["-received_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_roster_side_code_unique",
                violation_error_message=_("该方已有这个名单编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RosterEntry(LedgerModel):
    """名单人员 — one line of a list, what comparing it with the register gave, and what was decided.

    Shape: what the list says stays as it says it. `person` is whom the line means as far as known;
    `differences` are sentences. Nothing else is written before somebody decides.
    """

    is_personal: ClassVar[bool] = True
    name_field: ClassVar[str] = "name"

    class Outcome(models.TextChoices):
        UNCOMPARED = "uncompared", _("未比对")
        SAME = "same", _("一致")
        DIFFERENT = "different", _("不一致")
        PROBABLE = "probable", _("疑似")
        UNREGISTERED = "unregistered", _("有人员无登记")
        ONLY_LIST = "only_list", _("只在名单")
        ONLY_REGISTER = "only_register", _("只在台账")
        UNCLEAR = "unclear", _("认不出")

    class Decision(models.TextChoices):
        OPEN = "open", _("待决定")
        REGISTER = "register", _("新建登记")
        CONFIRM = "confirm", _("认定是同一人")
        PHONE = "phone", _("按名单改电话")
        KEEP = "keep", _("保留不同")

    roster = models.ForeignKey(
        Roster,
        verbose_name=_("外来名单"),
        on_delete=models.PROTECT,
        related_name="entries",
    )
    line_number = models.PositiveIntegerField(
        _("名单行号"), help_text=_("在名单文件里的行；在名单页上传的自动写上。")
    )
    name = models.CharField(_("姓名"), max_length=40)
    written_number = WrittenNumberField(_("名单身份证号"), blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    phone = WrittenPhoneField(_("名单电话"), blank=True)
    employer_name = models.CharField(_("名单用工单位名称"), max_length=120, blank=True, default="")
    post = models.CharField(_("岗位"), max_length=40, blank=True, default="")
    started_on = models.DateField(_("到岗日期"), null=True, blank=True)
    wage = MoneyField(_("名单月工资"), null=True, blank=True)
    outcome = models.CharField(
        _("比对结果"), max_length=13, choices=Outcome.choices, default=Outcome.UNCOMPARED, editable=False
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("对应人员"),
        on_delete=models.PROTECT,
        related_name="roster_entries",
        null=True,
        blank=True,
        editable=False,
    )
    differences = models.CharField(_("不同之处"), max_length=500, blank=True, default="", editable=False)
    decision = models.CharField(
        _("处理决定"), max_length=8, choices=Decision.choices, default=Decision.OPEN, editable=False
    )
    decision_reason = models.CharField(_("处理理由"), max_length=200, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("名单人员")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roster", "line_number"],
                name="labour_rosterentry_line_unique",
                violation_error_message=_("名单里已有这一行号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def index(self) -> str:
        found: Any = self.written_number_index  # type: ignore[attr-defined]
        return str(found or "")
