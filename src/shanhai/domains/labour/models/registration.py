"""The real-name register of workers."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.registers.parties.models import Person


class WorkerRegistration(LedgerModel):
    """实名制登记 — one person looking for work or at work, as the side that looks after them knows them.

    Source: 斗委农组〔2021〕3号 三（一） «推进湄潭在斗门务工人员实名制管理服务».
    """

    #: It is called by the name of its person.
    is_personal: ClassVar[bool] = True

    class Wish(models.TextChoices):
        EAST = "east", _("东部务工")
        PROVINCE = "province", _("省内务工")
        COUNTY = "county", _("县内就业")
        ANY = "any", _("服从推荐")
        NONE = "none", _("暂不外出")

    class Education(models.TextChoices):
        PRIMARY = "primary", _("小学及以下")
        JUNIOR = "junior", _("初中")
        SENIOR = "senior", _("高中（中专）")
        COLLEGE = "college", _("大专")
        BACHELOR = "bachelor", _("本科及以上")

    class Status(models.TextChoices):
        WAITING = "waiting", _("有意愿未就业")
        TRAINING = "training", _("培训中")
        EMPLOYED = "employed", _("在岗")
        CHANGING = "changing", _("换岗")
        UNEMPLOYED = "unemployed", _("失业")
        RETURNED_HOME = "returned_home", _("返乡")
        UNAVAILABLE = "unavailable", _("不愿或无力")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="worker_registrations"
    )
    status = models.CharField(_("就业状况"), max_length=13, choices=Status.choices, default=Status.WAITING)
    status_since = models.DateField(_("状况起始日期"), null=True, blank=True)
    wish = models.CharField(_("就业意愿"), max_length=8, choices=Wish.choices, default=Wish.ANY)
    wished_post = models.CharField(_("意向岗位"), max_length=40, blank=True, default="")
    wished_wage = MoneyField(_("期望月工资"), null=True, blank=True)
    available_from = models.DateField(_("可到岗日期"), null=True, blank=True)
    education = models.CharField(
        _("文化程度"), max_length=8, choices=Education.choices, blank=True, default=""
    )
    skills = models.CharField(_("技能与证书"), max_length=200, blank=True, default="")
    registered_on = models.DateField(_("登记日期"))
    last_contact_on = models.DateField(_("最近联系日期"), null=True, blank=True)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("实名制登记")
        ordering: ClassVar = ["-registered_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                name="labour_workerregistration_person_unique",
                violation_error_message=_("该人员已登记。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def reference_text(self) -> str:
        return self.person.reference_text()

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Registrations by the identity number of their person, as files write it."""
        people = Person.resolve_references(texts, planned)
        keys = {person.pk for person in people.values()}
        rows = planned.joined(cls.objects.live().filter(person__in=keys), person_id=keys)
        by_person = {row.person_id: row for row in rows}
        return {text: by_person[one.pk] for text, one in people.items() if one.pk in by_person}
