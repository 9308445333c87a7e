"""What is filled in about units, their aliases and groups."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.scope import Side
from shanhai.registers.editing import HangingForm, date_field, offer, offer_rows, reason_field
from shanhai.registers.places.models import CODE_RULE, Place

from .units import GroupMember, Unit, UnitAlias, UnitGroup


class DatedForm(forms.ModelForm[Any]):
    """A row that holds from a day to a day."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("停用日期不能早于启用日期。"))
        return given


def in_use(*chosen: Any) -> Q:
    """Rows in force today, and those chosen already."""
    today = clock.today()
    holds = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    return holds | Q(pk__in=[pk for pk in chosen if pk])


class UnitForm(DatedForm):
    """A unit. `sides` are those the editor manages; a unit never changes sides."""

    valid_from = date_field(Unit, "valid_from")
    valid_to = date_field(Unit, "valid_to")
    reason = reason_field()

    class Meta:
        model = Unit
        fields = (
            "name", "short_name", "code", "kind", "side", "parent", "place",
            "valid_from", "valid_to", "source",
        )  # fmt: skip

    def __init__(self, *args: Any, sides: Collection[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            offer(self, "side", [(side.value, side.label) for side in Side if side in sides])
            self.fields["code"].validators.append(CODE_RULE)
            self.fields["code"].help_text = _("字母、数字和下划线；定了不再改。")
        else:
            sides = {self.instance.side}
            del self.fields["side"], self.fields["code"]
        units = Unit.objects.filter(in_use(self.instance.parent_id), side__in=sides)
        if self.instance.path:
            units = units.exclude(path__descendant_of=self.instance.path)
        offer_rows(self, "parent", units)
        offer_rows(self, "place", Place.objects.filter(in_use(self.instance.place_id), side__in=sides))
        self.initial["valid_from"] = self.initial.get("valid_from") or clock.today()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        side = given.get("side") or self.instance.side
        for name, message in (
            ("parent", _("上级要与单位在同一方。")),
            ("place", _("辖区要与单位在同一方。")),
        ):
            if given.get(name) and given[name].side != side:
                self.add_error(name, message)
        return given


class AliasForm(DatedForm, HangingForm[Any]):
    """Another writing of a name, confirmed by a person for a time, with what it rests on."""

    hangs_on = "unit"

    valid_from = date_field(UnitAlias, "valid_from")
    valid_to = date_field(UnitAlias, "valid_to")
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件、机构改革方案，或谁确认的。"))

    class Meta:
        model = UnitAlias
        fields = ("name", "valid_from", "valid_to", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["valid_from"] = self.initial.get("valid_from") or clock.today()

    def clean_name(self) -> str:
        """One writing means one unit at a time; otherwise it could not be resolved."""
        name: str = self.cleaned_data["name"].strip()
        unit = self.instance.unit
        taken = Unit.objects.filter(Q(name=name) | Q(short_name=name), side=unit.side).exclude(pk=unit.pk)
        if taken.exists():
            raise forms.ValidationError(_("这是另一个单位的名称，不能再作别名。"))
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if {"name", "valid_from"} <= given.keys():
            other = self._overlapping(given)
            if other is not None:
                message = _("这段时间里它已是“%(unit)s”的别名。请先停用那一条。") % {"unit": other.unit}
                self.add_error("name", message)
        return given

    def _overlapping(self, given: dict[str, Any]) -> UnitAlias | None:
        others = UnitAlias.objects.filter(name=given["name"], unit__side=self.instance.unit.side)
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=given["valid_from"]))
        if given.get("valid_to"):
            others = others.filter(valid_from__lte=given["valid_to"])
        return others.exclude(pk=self.instance.pk).select_related("unit").first()


class GroupForm(forms.ModelForm[UnitGroup]):
    """A name that documents use for several units."""

    class Meta:
        model = UnitGroup
        fields = ("name", "side")

    def __init__(self, *args: Any, sides: Collection[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("照文件里的写法，如：各镇（街道）")
        if self.instance._state.adding:
            offer(self, "side", [(side.value, side.label) for side in Side if side in sides])
        else:
            del self.fields["side"]


class MemberForm(DatedForm, HangingForm[Any]):
    """A unit in a group, with dates."""

    hangs_on = "group"

    valid_from = date_field(GroupMember, "valid_from")
    valid_to = date_field(GroupMember, "valid_to")

    class Meta:
        model = GroupMember
        fields = ("unit", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(in_use(self.instance.unit_id), side=self.instance.group.side)
        offer_rows(self, "unit", units)
        self.initial["valid_from"] = self.initial.get("valid_from") or clock.today()
