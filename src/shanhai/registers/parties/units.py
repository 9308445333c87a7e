"""Units 单位 of the two governments: a tree per side, with dated aliases and named groups."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.trees import TreeNode
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.places.models import Place
from shanhai.registers.spelling import PinyinField


class Unit(TreeNode):
    """A body that owes, files or verifies rows. Renamed bodies keep their row; old names are aliases."""

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("统筹部门")
        DEPARTMENT = "department", _("部门")
        WORK_GROUP = "work_group", _("工作组")
        TOWN = "town", _("镇（街道）")
        PARK = "park", _("园区")
        PEOPLE_ORGANISATION = "organisation", _("群团与社会组织")
        GOVERNMENT = "government", _("党委政府")

    name = models.CharField(_("单位名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40, blank=True, default="")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    place = models.ForeignKey(Place, verbose_name=_("辖区"), on_delete=models.PROTECT, null=True, blank=True)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=120, blank=True, default="")
    pinyin = PinyinField(_("拼音"), max_length=200)
    initials = PinyinField(_("拼音首字母"), max_length=40, way="initials")

    WALL: ClassVar[Wall] = Public("the two governments' units, by which it is found out who acts")

    class Meta(TreeNode.Meta):
        verbose_name = verbose_name_plural = _("单位")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "name"],
                name="parties_unit_side_name_unique",
                violation_error_message=_("该方已有同名单位。"),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def reference_text(self) -> str:
        return self.name

    @classmethod
    def resolve_references(cls, texts: Iterable[str]) -> dict[str, Any]:
        """Units by full name, short name, code or an alias in force today; ambiguous texts are left out."""
        wanted = {text.strip() for text in texts}
        today = clock.today()
        found: dict[str, set[Self]] = {}
        rows = cls.objects.filter(Q(name__in=wanted) | Q(short_name__in=wanted) | Q(code__in=wanted))
        for unit in rows:
            for key in {unit.name, unit.short_name, unit.code} & wanted:
                found.setdefault(key, set()).add(unit)
        aliases = UnitAlias.objects.in_force(today).filter(name__in=wanted).select_related("unit")
        for alias in aliases:
            found.setdefault(alias.name, set()).add(alias.unit)  # type: ignore[arg-type]
        single = {key: next(iter(units)) for key, units in found.items() if len(units) == 1}
        return {text: single[text.strip()] for text in texts if text.strip() in single}


class UnitAliasQuerySet(models.QuerySet["UnitAlias"]):
    def in_force(self, day: Any) -> Self:
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class UnitAlias(Recorded):
    """Another writing of a unit's name, with the dates for which a person confirmed it."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("别名"), max_length=80)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200, blank=True, default="")

    objects = UnitAliasQuerySet.as_manager()

    WALL: ClassVar[Wall] = Public("names of units")

    class Meta:
        verbose_name = verbose_name_plural = _("单位别名")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="parties_unitalias_unit_name_unique",
                violation_error_message=_("该单位已有这个别名。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitGroup(Recorded):
    """A name documents use for several units, such as 各镇（街道）."""

    name = models.CharField(_("名称"), max_length=80)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)

    WALL: ClassVar[Wall] = Public("names for several units")

    class Meta:
        verbose_name = verbose_name_plural = _("单位组")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["side", "name"], name="parties_unitgroup_side_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(Recorded):
    """A unit in a group, with dates."""

    group = models.ForeignKey(
        UnitGroup, verbose_name=_("单位组"), on_delete=models.CASCADE, related_name="members"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="groups")
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    WALL: ClassVar[Wall] = Public("as its group")

    class Meta:
        verbose_name = verbose_name_plural = _("单位组成员")
        ordering = ["group", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["group", "unit"], name="parties_groupmember_group_unit_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.group}·{self.unit}"
