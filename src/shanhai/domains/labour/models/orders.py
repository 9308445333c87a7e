"""What is to be brought together: job orders of employers, wishes of workers, the skills both are said in."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.fields import CountField, MoneyField
from shanhai.kernel.leads import BODY, PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.parties.models import Body, Person

from .policy import Destination

_SKILLS_HELP = _("按技能目录的名称填写，几项用顿号隔开。")


class Skill(LedgerModel):
    """技能目录 — a skill or certificate by the name in which orders ask for it and workers state it."""

    reference_field: ClassVar[str] = "code"
    name_field: ClassVar[str] = "name"

    code = models.CharField(_("技能编号"), max_length=20)
    name = models.CharField(_("技能名称"), max_length=40)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("技能目录")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_skill_side_code_unique",
                violation_error_message=_("该方已有这个技能编号。"),
            ),
            models.UniqueConstraint(
                fields=["side", "name"],
                name="labour_skill_side_name_unique",
                violation_error_message=_("该方已有这个技能名称。"),
            ),
        ]


class WorkClass(models.TextChoices):
    """Kinds of work for which the law may say whom a post may ask for."""

    ORDINARY = "ordinary", _("一般作业")
    MINE = "mine", _("矿山井下作业")
    HEAVY = "heavy", _("第四级体力劳动强度作业")
    LOAD = "load", _("高强度负重作业")


class Shift(models.TextChoices):
    DAY = "day", _("常白班")
    TWO = "two", _("两班倒")
    THREE = "three", _("三班倒")


class SexLimit(DatedRule):
    """Which sex the law lets a post of a kind of work ask for 性别限制规定."""

    work = models.CharField(_("作业类别"), max_length=8, choices=WorkClass.choices)
    allowed_sex = models.CharField(_("可限性别"), max_length=6, choices=Person.Sex.choices)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("limits of the law, by date")

    class Meta:
        verbose_name = verbose_name_plural = _("性别限制规定")
        ordering: ClassVar = ["work", "valid_from"]
        constraints: ClassVar = [one_at_a_time("labour_sexlimit_work_days", "work", "allowed_sex")]

    def __str__(self) -> str:
        return f"{self.get_work_display()}·{self.get_allowed_sex_display()}"


class JobOrder(LedgerModel):
    """岗位需求 — posts one employer offers on the same terms, for a time.

    Shape: what excludes (ages, sex, required skills, what workers cannot do without) stands apart from what
    only adds to a match (wanted skills, wage, urgency).
    """

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("岗位编号"), max_length=30)
    employer = models.ForeignKey(
        Body, verbose_name=_("用工单位"), on_delete=models.PROTECT, related_name="job_orders"
    )
    post = models.CharField(_("岗位"), max_length=40)
    headcount = CountField(_("招聘人数"), unit=_("人"))
    wage = MoneyField(_("月工资"), help_text=_("税前，写最低的。"))
    destination = models.CharField(
        _("就业地"), max_length=15, choices=Destination.choices, default=Destination.PAIRED_CITY
    )
    workplace = models.CharField(_("工作地点"), max_length=120, blank=True, default="")
    age_from = models.PositiveSmallIntegerField(_("年龄下限"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("年龄上限"), null=True, blank=True)
    work = models.CharField(
        _("作业类别"), max_length=8, choices=WorkClass.choices, default=WorkClass.ORDINARY
    )
    required_sex = models.CharField(
        _("性别限制"), max_length=6, choices=Person.Sex.choices, blank=True, default=""
    )
    required_skills = models.CharField(
        _("必备技能"), max_length=200, blank=True, default="", help_text=_SKILLS_HELP
    )
    wanted_skills = models.CharField(
        _("优先技能"), max_length=200, blank=True, default="", help_text=_SKILLS_HELP
    )
    shift = models.CharField(_("班次"), max_length=5, choices=Shift.choices, default=Shift.DAY)
    has_board = models.BooleanField(_("包吃"), default=False)
    has_lodging = models.BooleanField(_("包住"), default=False)
    has_couple_room = models.BooleanField(_("夫妻房"), default=False)
    has_school = models.BooleanField(_("子女可入学"), default=False)
    is_urgent = models.BooleanField(_("急招"), default=False)
    valid_from = models.DateField(_("招聘开始"))
    open_until = models.DateField(_("招聘截止"))

    leads_to: ClassVar[Leads] = {BODY: Lead("employer")}

    class Meta:
        verbose_name = verbose_name_plural = _("岗位需求")
        ordering: ClassVar = ["-valid_from", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_joborder_side_code_unique",
                violation_error_message=_("该方已有这个岗位编号。"),
            ),
            models.CheckConstraint(
                condition=Q(open_until__gte=F("valid_from")),
                name="labour_joborder_days_check",
                violation_error_message=_("招聘截止不能早于招聘开始。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.post}"


class JobWish(LedgerModel):
    """求职意向 — what a registered worker looks for and cannot do without, for a time.

    Source: 斗委农组〔2021〕3号 三（一） «精准对接», in the words of the worker.
    """

    is_personal: ClassVar[bool] = True

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="job_wishes"
    )
    first_destination = models.CharField(_("首选就业地"), max_length=15, choices=Destination.choices)
    second_destination = models.CharField(
        _("次选就业地"), max_length=15, choices=Destination.choices, blank=True, default=""
    )
    accepts_others = models.BooleanField(_("其他地方也可以"), default=False)
    wished_wage = MoneyField(_("期望月工资"), null=True, blank=True)
    own_skills = models.CharField(
        _("掌握技能"), max_length=200, blank=True, default="", help_text=_SKILLS_HELP
    )
    needs_board = models.BooleanField(_("须包吃"), default=False)
    needs_lodging = models.BooleanField(_("须包住"), default=False)
    needs_couple_room = models.BooleanField(_("须夫妻房"), default=False)
    needs_school = models.BooleanField(_("子女须入学"), default=False)
    no_night = models.BooleanField(_("不上夜班"), default=False)
    valid_from = models.DateField(_("意向日期"))
    valid_to = models.DateField(_("意向截止"))

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("求职意向")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "valid_from"],
                name="labour_jobwish_person_from_unique",
                violation_error_message=_("该人员当天已登记过求职意向。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="labour_jobwish_days_check",
                violation_error_message=_("有效期不能早于意向日期。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class MatchWeight(LedgerModel):
    """匹配权重 — how many points a reason for a pair is worth, from a day, by whose decision."""

    reference_field: ClassVar[str] = "code"

    class Term(models.TextChoices):
        """Reasons a pair scores by; the engine adds up their points."""

        FIRST = "first", _("首选就业地")
        SECOND = "second", _("次选就业地")
        OTHER = "other", _("其他就业地")
        SKILL = "skill", _("每项优先技能")
        WAGE = "wage", _("工资（最多）")
        URGENT = "urgent", _("急招岗位")
        MONITORED = "monitored", _("监测对象优先")
        OUT_OF_POVERTY = "out_of_poverty", _("脱贫人口优先")
        RELOCATED = "relocated", _("易地搬迁优先")
        UNEMPLOYED = "unemployed", _("失业优先")

    code = models.CharField(_("权重编号"), max_length=30)
    term = models.CharField(_("打分项"), max_length=14, choices=Term.choices)
    weight = models.DecimalField(
        _("分值"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1000))],
    )
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("匹配权重")
        ordering: ClassVar = ["term", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_matchweight_side_code_unique",
                violation_error_message=_("该方已有这个权重编号。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="labour_matchweight_days_check",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_term_display()} {self.weight.normalize():f}"
