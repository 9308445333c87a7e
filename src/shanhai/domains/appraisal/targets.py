"""Targets of a side: who reads and who sets them, and the form by which they are judged."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import context
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .models import IndicatorTarget

LEDGER = "appraisal.indicatortarget"


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    """One target of the manager's own side."""

    code = forms.ChoiceField(label=gettext_lazy("指标"))
    reason = forms.CharField(
        label=gettext_lazy("修改的理由"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("改动已有目标时必填，会记入历史。"),
    )

    class Meta:
        model = IndicatorTarget
        fields = ("code", "year", "unit", "place", "value", "source")

    def __init__(self, *args: Any, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.side = side
        offered = [(one.code, f"{one}（{one.unit}）") for one in registry]
        self.fields["code"].choices = offered  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(side=side)  # type: ignore[attr-defined]
        towns = Place.objects.filter(level=Place.Level.TOWN)
        self.fields["place"].queryset = towns  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("全方")  # type: ignore[attr-defined]
        self.fields["place"].empty_label = _("不分地区")  # type: ignore[attr-defined]
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"

    def _get_validation_exclusions(self) -> set[str]:
        """The side is set here, so that «one target per scope and year» is judged before the insert."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"side"}

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if not self.instance._state.adding and not reason:
            raise forms.ValidationError(_("请写明修改的理由。"))
        return reason


def reading_side(actor: Actor) -> Side:
    """The side whose targets the actor reads. Errors: NotAllowed."""
    if actor.home is None or not actor.allows(Verb.VIEW, LEDGER):
        raise NotAllowed
    return actor.home.side


def is_manager(actor: Actor) -> bool:
    return actor.allows(Verb.MANAGE, LEDGER)


def managed_side(actor: Actor) -> Side:
    """The side whose targets the actor sets. Errors: NotAllowed."""
    side = reading_side(actor)
    if not is_manager(actor):
        raise NotAllowed
    return side


def targets_of(side: Side) -> list[IndicatorTarget]:
    """Of indicators that are still declared."""
    rows = IndicatorTarget.objects.filter(side=side).select_related("unit", "place")
    return [one for one in rows if one.code in registry]


def get_target(pk: UUID, side: Side) -> IndicatorTarget:
    """Errors: NotVisible for a target of the other side."""
    found: IndicatorTarget | None = IndicatorTarget.objects.filter(pk=pk, side=side).first()
    if found is None:
        raise NotVisible
    return found


def save_target(form: TargetForm) -> IndicatorTarget:
    """A new target, or a change for the reason given. Errors: RuleViolated with problems by field."""
    if not form.is_valid():
        raise RuleViolated(
            problems={"" if name == "__all__" else name: told for name, told in form.errors.items()}
        )
    with context.because(form.cleaned_data["reason"]):
        saved: IndicatorTarget = form.save()
    return saved
