"""Administrative divisions and other places, by the national statistics codes."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.dated import DatedRule, one_at_a_time
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Side
from shanhai.kernel.trees import TreeNode
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.spelling import PinyinField

_CODE = re.compile(r"[A-Za-z0-9_]{1,32}")
#: Codes are labels of the path.
CODE_RULE = RegexValidator(rf"\A{_CODE.pattern}\Z", _("代码只能用字母、数字和下划线，最多 32 位。请改代码。"))


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


#: What the statistics append to a village or community, longest first.
_BODIES = ("村民委员会", "居民委员会", "村委会", "居委会")


class Place(TreeNode):
    """One place.

    Source: codes and names of the National Bureau of Statistics; `source` says which edition.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县（区）")
        TOWN = "town", _("镇（街道）")
        VILLAGE = "village", _("村（社区）")
        PARK = "park", _("园区")

    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("级别"), max_length=8, choices=Level.choices)
    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices, blank=True, default="")
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True, default="")
    pinyin = PinyinField(_("拼音"), max_length=200)
    initials = PinyinField(_("拼音首字母"), max_length=40, way="initials")

    WALL: ClassVar[Wall] = Public("divisions of the country")

    class Meta(TreeNode.Meta):
        verbose_name = verbose_name_plural = _("地区")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """The name people use, 核桃坝村, where the statistics name the body there, 核桃坝村村民委员会."""
        for body in _BODIES:
            bare = self.name.removesuffix(body)
            if bare == self.name:
                continue
            if bare.endswith(("村", "社区")):
                return bare
            return f"{bare}村" if body.startswith("村") else self.name
        return self.name

    def reference_text(self) -> str:
        """What files write: the names from the county down, `湄潭县/永兴镇/中华村`."""
        names: list[str] = []
        place: Any = self
        while place is not None and place.level not in {self.Level.PROVINCE, self.Level.CITY}:
            names.append(place.short_name)
            place = place.parent
        return "/".join(reversed(names)) or self.name

    def full_text(self) -> str:
        """`reference_text` with the official names, which files may hold as well."""
        parent: Any = self.parent
        above = parent.reference_text() if parent else ""
        return f"{above}/{self.name}".strip("/")

    @classmethod
    def resolve_references(cls, texts: Iterable[str]) -> dict[str, Any]:
        """Places by code, by `县/镇/村`, or by a bare name that only one place in use bears."""
        meant = {text: text.strip().strip("/") for text in texts}
        if not any(meant.values()):
            return {}
        by_text: dict[str, set[Place]] = {}
        for place in cls.whole().values():
            writings = (place.code, place.name, place.short_name, place.reference_text(), place.full_text())
            for key in writings:
                by_text.setdefault(key, set()).add(place)
        found = {text: _one_in_use(by_text.get(key, set())) for text, key in meant.items() if key}
        return {text: place for text, place in found.items() if place is not None}


def _one_in_use(places: Collection[Place]) -> Place | None:
    """Of places that bear one name the one in use today; a name that only a former place bore means that."""
    today = clock.today()
    current = [one for one in places if one.valid_to is None or one.valid_to >= today]
    candidates = current or list(places)
    return candidates[0] if len(candidates) == 1 else None


class PlacePairing(DatedRule):
    """地区结对 — with which eastern place a western one is paired, and by which agreement (`source`).

    Shape: codes of towns; a western town has one partner at a time, an eastern one may have several.
    """

    west_code = models.CharField(_("受援方地区"), max_length=32)
    east_code = models.CharField(_("帮扶方地区"), max_length=32)

    MAY_END: ClassVar[bool] = True
    WALL: ClassVar[Wall] = Public("which places are paired")

    class Meta:
        verbose_name = verbose_name_plural = _("地区结对")
        ordering: ClassVar = ["west_code", "valid_from"]
        constraints: ClassVar = [one_at_a_time("places_placepairing_west_days", "west_code")]

    def __str__(self) -> str:
        return f"{self.west_code}–{self.east_code}"

    @classmethod
    def choices_of(cls, name: str) -> Mapping[str, Any]:
        sides = {"west_code": Side.WEST, "east_code": Side.EAST}
        if name not in sides:
            return {}
        towns = Place.objects.filter(level=Place.Level.TOWN, side=sides[name]).order_by("code")
        return {one.code: one.name for one in towns}


class PlaceBoundary(Recorded):
    """行政区边界 — the shape of a place as users imported it; nothing ships with the product.

    Shape: `rings` are closed lists of [longitude, latitude] in degrees, outer edges and holes alike.
    """

    place = models.OneToOneField(
        Place, verbose_name=_("地区"), on_delete=models.CASCADE, related_name="boundary"
    )
    rings = models.JSONField(_("边界"))
    source = models.CharField(_("边界来源"), max_length=200)
    imported_by = models.CharField(_("边界导入人"), max_length=40)
    imported_at = models.DateTimeField(_("导入时间"))

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Public("official boundaries of divisions")

    class Meta:
        verbose_name = verbose_name_plural = _("行政区边界")
        ordering: ClassVar = ["place"]

    def __str__(self) -> str:
        return str(self.place)
