"""What cooperation money may not pay for, and who let a project pass all the same."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.models import Recorded
from shanhai.kernel.walls.kinds import Public, Wall, Within

from .projects import Project


class NegativeItem(DatedRule):
    """A word, a category of projects or an account code that the negative list names 负面清单."""

    class By(models.TextChoices):
        TERM = "term", _("名称或内容中的词")
        CATEGORY = "category", _("项目类别")
        ACCOUNT = "account", _("预算科目编码开头")

    sought_by = models.CharField(_("筛查方式"), max_length=8, choices=By.choices)
    sought = models.CharField(_("筛查值"), max_length=40)
    forbidden = models.CharField(_("负面清单条目"), max_length=80)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("what a policy forbids, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("负面清单")
        ordering: ClassVar = ["sought_by", "sought", "valid_from"]
        constraints: ClassVar = [one_at_a_time("funds_negativeitem_sought_days", "sought_by", "sought")]

    def __str__(self) -> str:
        return f"{self.sought} {self.forbidden}"


class ScreeningOverride(Recorded):
    """筛查放行 — a person let one objection of the screening to a project pass, with a reason. Only added to.

    Shape: `objection` names what was found, so that another finding of the same project is not let pass.
    """

    IS_APPENDED_ONLY: ClassVar[bool] = True

    project = models.ForeignKey(
        Project, verbose_name=_("协作项目"), on_delete=models.PROTECT, related_name="overrides"
    )
    objection = models.CharField(_("筛查发现"), max_length=120)
    objection_text = models.CharField(_("发现内容"), max_length=300)
    reason = models.CharField(_("放行理由"), max_length=300)
    passed_by = models.CharField(_("放行人"), max_length=120)
    passed_at = models.DateTimeField(_("放行时间"))

    WALL: ClassVar[Wall] = Within("project")

    class Meta:
        verbose_name = verbose_name_plural = _("筛查放行")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "objection"], name="funds_screeningoverride_objection_once"
            ),
        ]

    def __str__(self) -> str:
        return self.objection_text
