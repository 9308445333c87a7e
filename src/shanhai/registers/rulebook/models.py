"""What somebody wants a dated rule to say from a day on, and what a second person decided."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.scope import Side
from shanhai.kernel.two_persons import DecidedByAnother
from shanhai.kernel.walls.kinds import OfWhoeverActs, Wall


class RuleChange(DecidedByAnother):
    """A rule asked for, or one to be ended; what was written in the end is in `row`.

    Shape: `rule` is the label of the model; `values` its fields as texts, those it is known by and those it
    says. To end a rule is `valid_from` as the first day without it.
    """

    class Kind(models.TextChoices):
        SET = "set", _("启用")
        END = "end", _("停用")

    class State(models.TextChoices):
        WAITING = "waiting", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")
        WITHDRAWN = "withdrawn", _("已撤回")

    rule = models.CharField(_("规定"), max_length=80)
    kind = models.CharField(_("变更类型"), max_length=3, choices=Kind.choices)
    values: models.JSONField[dict[str, Any]] = models.JSONField(_("变更后的内容"), default=dict)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    state = models.CharField(_("状态"), max_length=9, choices=State.choices, default=State.WAITING)
    row = models.UUIDField(_("写入的记录"), null=True, blank=True)

    WALL: ClassVar[Wall] = OfWhoeverActs("what is to hold for everybody", administrators=True)

    class Meta:
        verbose_name = verbose_name_plural = _("规定的变更")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | ~Q(handled_by=models.F("requester")),
                name="rulebook_rulechange_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(handled_by__isnull=False),
                name="rulebook_rulechange_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from.isoformat()}"
