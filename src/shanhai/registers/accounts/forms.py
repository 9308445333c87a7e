"""What administrators fill in about users and memberships."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.scope import Side
from shanhai.registers.editing import HangingForm, date_field, offer, offer_rows, reason_field
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .models import Membership, User
from .roles import BOUND, GIVEN, ROLES

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,29}")
USERNAME_RULE = RegexValidator(
    rf"\A{_USERNAME.pattern}\Z", _("账号用小写字母开头，3 至 30 位，只含小写字母、数字、点、横线和下划线。")
)


def is_username(text: str) -> bool:
    return _USERNAME.fullmatch(text) is not None


def username_field(label: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label or _("账号"),
        max_length=30,
        validators=[USERNAME_RULE],
        help_text=_("小写字母开头，如 zhang.san。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class UserForm(forms.ModelForm[User]):
    """A user's own facts; the account name stays what it was."""

    reason = reason_field()

    class Meta:
        model = User
        fields = ("name",)


class MembershipForm(HangingForm[Membership]):
    """A role in a unit. `sides` are those the administrator looks after."""

    hangs_on = "user"

    valid_from = date_field(Membership, "valid_from")
    valid_to = date_field(Membership, "valid_to")
    reason = reason_field()

    class Meta:
        model = Membership
        fields = ("unit", "role", "place", "valid_from", "valid_to")
        help_texts = {
            "place": _("不选时是单位的辖区。"),
        }

    def __init__(self, *args: Any, sides: Collection[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        in_use = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        units, places = Q(side__in=sides) & in_use, Q(side__in=sides) & in_use
        if not self.instance._state.adding:
            units |= Q(pk=self.instance.unit_id)
            places |= Q(pk=self.instance.place_id)
        offer_rows(self, "unit", Unit.objects.filter(units), label=_unit_label)
        offer_rows(self, "place", Place.objects.filter(places), none=_("（单位的辖区）"))
        offer(self, "role", _roles(self.instance))
        self.initial["valid_from"] = self.initial.get("valid_from") or today

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        unit, place = given.get("unit"), given.get("place")
        if unit and place and place.side != unit.side:
            self.add_error("place", _("辖区要与单位在同一方。"))
        if given.get("valid_to") and given.get("valid_from") and given["valid_to"] < given["valid_from"]:
            self.add_error("valid_to", _("失效日期不能早于生效日期。"))
        return given


def _roles(membership: Membership) -> list[tuple[str, Any]]:
    """What may be chosen: a bound account keeps what it is."""
    if membership.role in BOUND:
        return [(membership.role, ROLES[membership.role].label)]
    return [("", "—"), *GIVEN]


def _unit_label(unit: Unit) -> str:
    return f"{unit.name}（{unit.get_side_display()}）"


class NewUserForm(MembershipForm):
    """A user with the first membership."""

    username = username_field()
    name = forms.CharField(label=_("姓名"), max_length=40)
    reason = reason_field()

    field_order = ("username", "name", "unit", "role", "place", "valid_from", "valid_to", "reason")

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("这个账号已有人用，请换一个。"), code="username_taken")
        return username
