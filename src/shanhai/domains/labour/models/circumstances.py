"""What is known of a worker's circumstances: categories by date, the household, skills with their papers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.dated import one_at_a_time
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Person

#: Rows that were set aside stand in nobody's way.
STANDS = ~Q(state=State.VOIDED)


class PersonCategory(LedgerModel):
    """人员类别认定 — one category of a person, from a day to a day or still, and the list it rests on.

    A person may be in several categories at once, in one of them once. The register keeps the one that
    figures are split by today; which held on another day is told here.
    """

    is_personal: ClassVar[bool] = True

    class Category(models.TextChoices):
        OUT_OF_POVERTY = "out_of_poverty", _("脱贫人口")
        UNSTABLE = "unstable", _("脱贫不稳定户")
        MARGINAL = "marginal", _("边缘易致贫户")
        SUDDEN = "sudden", _("突发严重困难户")
        RELOCATED = "relocated", _("易地搬迁人口")
        MINIMUM_LIVING = "minimum_living", _("低保对象")
        DESTITUTE = "destitute", _("特困人员")
        DISABLED = "disabled", _("残疾人")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="categories"
    )
    category = models.CharField(_("认定类别"), max_length=14, choices=Category.choices)
    valid_from = models.DateField(_("认定日期"))
    valid_to = models.DateField(_("退出日期"), null=True, blank=True)
    basis = models.CharField(_("认定依据"), max_length=200, help_text=_("名单或文件的名称、文号。"))

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("人员类别认定")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "category", "valid_from"],
                name="labour_personcategory_person_from_unique",
                violation_error_message=_("该人员从这一天起已有这一类别。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="labour_personcategory_days_check",
                violation_error_message=_("退出日期不能早于认定日期。"),
            ),
            one_at_a_time(
                "labour_personcategory_once",
                "person",
                "category",
                among=STANDS,
                told=_("该人员在这段时间里已有同一类别，请先登记退出。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.get_category_display()}"


class Household(LedgerModel):
    """家庭户 — people who live and are registered together. Shape: `place` is the village."""

    reference_field: ClassVar[str] = "code"

    code = models.CharField(_("户编号"), max_length=30)
    address = models.CharField(_("住址"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("家庭户")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["side", "code"],
                name="labour_household_side_code_unique",
                violation_error_message=_("该方已有这个户编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class HouseholdMember(LedgerModel):
    """户成员 — one person in a household, from a day to a day or still; in one household at a time."""

    is_personal: ClassVar[bool] = True

    class Relation(models.TextChoices):
        HEAD = "head", _("户主")
        SPOUSE = "spouse", _("配偶")
        CHILD = "child", _("子女")
        PARENT = "parent", _("父母")
        SIBLING = "sibling", _("兄弟姐妹")
        GRANDCHILD = "grandchild", _("孙辈")
        OTHER = "other", _("其他亲属")

    household = models.ForeignKey(
        Household, verbose_name=_("家庭户"), on_delete=models.PROTECT, related_name="members"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="memberships"
    )
    relation = models.CharField(_("与户主关系"), max_length=10, choices=Relation.choices)
    valid_from = models.DateField(_("入户日期"))
    valid_to = models.DateField(_("离户日期"), null=True, blank=True)

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("户成员")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "person", "valid_from"],
                name="labour_householdmember_person_from_unique",
                violation_error_message=_("该人员从这一天起已在这一户。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="labour_householdmember_days_check",
                violation_error_message=_("离户日期不能早于入户日期。"),
            ),
            one_at_a_time(
                "labour_householdmember_once",
                "person",
                among=STANDS,
                told=_("该人员在这段时间里已在一户，请先登记离户。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}·{self.person}"


class SkillCertificate(LedgerModel):
    """技能证书 — that a person has a trade at a level, by which paper, until when."""

    is_personal: ClassVar[bool] = True

    class Kind(models.TextChoices):
        LEVEL = "level", _("职业技能等级证书")
        QUALIFICATION = "qualification", _("职业资格证书")
        SPECIAL = "special", _("专项职业能力证书")
        OPERATION = "operation", _("特种作业操作证")
        TRAINING = "training", _("培训合格证")

    class Level(models.TextChoices):
        NONE = "", _("不分级")
        FIVE = "5", _("五级（初级工）")
        FOUR = "4", _("四级（中级工）")
        THREE = "3", _("三级（高级工）")
        TWO = "2", _("二级（技师）")
        ONE = "1", _("一级（高级技师）")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="certificates"
    )
    kind = models.CharField(_("证书类别"), max_length=13, choices=Kind.choices)
    trade = models.CharField(_("工种"), max_length=40)
    level = models.CharField(_("技能等级"), max_length=1, choices=Level.choices, blank=True, default="")
    number = models.CharField(_("证书编号"), max_length=40, blank=True, default="")
    issuer = models.CharField(_("发证机构"), max_length=80, blank=True, default="")
    issued_on = models.DateField(_("发证日期"))
    valid_to = models.DateField(_("证书有效期至"), null=True, blank=True, help_text=_("长期有效的留空。"))

    leads_to: ClassVar[Leads] = {PERSON: Lead("person")}

    class Meta:
        verbose_name = verbose_name_plural = _("技能证书")
        ordering: ClassVar = ["-issued_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "trade", "issued_on"],
                name="labour_skillcertificate_person_trade_unique",
                violation_error_message=_("该人员当日已有这一工种的同类证书。"),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("issued_on")),
                name="labour_skillcertificate_days_check",
                violation_error_message=_("证书有效期至不能早于发证日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}·{self.trade}"
