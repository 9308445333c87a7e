"""Requests of people about what is held on them 个人信息权利申请, and the rule by which they are answered.

Source: 《个人信息保护法》第十五条、第四十四条至第五十条.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, Desk, one_at_a_time
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall

from .fields import IdentityNumberField
from .persons import Person

_FRIDAY = 4


class PersonRequestRule(DatedRule):
    """Within how many working days a request is answered, and how long a copy can be fetched.

    The law says 及时; the number is the installation's own, by date and with its source.
    """

    answer_days = models.PositiveSmallIntegerField(_("答复天数"), help_text=_("工作日"))
    copy_hours = models.PositiveSmallIntegerField(_("资料包几小时内可下载"))

    DESK: ClassVar[Desk] = Desk.INSTALLATION
    WALL: ClassVar[Wall] = Public("a rule of the installation, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("个人信息申请的期限")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            one_at_a_time("parties_personrequestrule_once"),
            models.CheckConstraint(
                condition=models.Q(answer_days__gte=1, answer_days__lte=60, copy_hours__gte=1),
                name="parties_personrequestrule_days",
            ),
        ]

    @classmethod
    def at(cls, day: datetime.date) -> "PersonRequestRule | None":
        """None where somebody ended the last rule."""
        found: PersonRequestRule | None = cls.objects.in_force(day).first()
        return found

    def last_day(self, arrived_on: datetime.date) -> datetime.date:
        """By when a request of that day is answered. Mondays to Fridays count, holidays as well."""
        day, left = arrived_on, self.answer_days
        while left:
            day += datetime.timedelta(days=1)
            left -= day.weekday() <= _FRIDAY
        return day


class PersonRequest(LedgerModel):
    """One person's request. Submitted by who received it, verified by another: who asked is who he says."""

    class Kind(models.TextChoices):
        COPY = "copy", _("查阅复制")
        CORRECT = "correct", _("更正补充")
        ERASE = "erase", _("删除")
        WITHDRAW = "withdraw", _("撤回同意")

    class AskedBy(models.TextChoices):
        SELF = "self", _("本人")
        GUARDIAN = "guardian", _("监护人")
        RELATIVE = "relative", _("逝者近亲属")
        AGENT = "agent", _("受托人")

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("已按申请办理")
        PARTLY = "partly", _("部分办理")
        REFUSED = "refused", _("未予办理")

    #: The kernel masks names of persons for the other side.
    is_personal: ClassVar[bool] = True
    name_field: ClassVar[str] = "name"

    kind = models.CharField(_("申请事项"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("本人姓名"), max_length=40)
    identity_number = IdentityNumberField(_("身份证号"))
    asked_by = models.CharField(
        _("与本人关系"), max_length=8, choices=AskedBy.choices, default=AskedBy.SELF.value
    )
    asker = models.CharField(_("提出人姓名"), max_length=40, blank=True, default="")
    proof = models.CharField(
        _("身份核验"), max_length=200, help_text=_("看了什么证件、怎样核对；代为提出的写明凭据。")
    )
    arrived_on = models.DateField(_("收到日期"))
    due_on = models.DateField(_("答复期限"))
    demand = models.TextField(_("申请内容"), max_length=2000)
    outcome = models.CharField(_("办理结果"), max_length=8, choices=Outcome.choices, blank=True, default="")
    outcome_reason = models.CharField(_("结果说明"), max_length=500, blank=True, default="")
    closed_on = models.DateField(_("答复日期"), null=True, blank=True)
    #: Who asked by their own account; of others the identity number tells.
    person = models.ForeignKey(
        Person,
        verbose_name=_("人员"),
        on_delete=models.PROTECT,
        related_name="own_requests",
        null=True,
        blank=True,
        editable=False,
    )

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("个人信息申请")
        ordering: ClassVar = ["-arrived_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity_number_index", "kind", "arrived_on", "side"],
                name="parties_personrequest_once_a_day",
                violation_error_message=_("这个人当天的同一事项已经登记过。"),
            ),
        ]
