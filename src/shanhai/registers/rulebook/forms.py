"""A form for whatever a rule says, made from its model."""

from typing import Any

from django import forms
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel.dated import DatedRule
from shanhai.registers.editing import date_field, reason_field

from .book import Rule
from .models import RuleChange

_SOURCE_HELP = lazy("文件名称、文号和条款。")
_FROM_HELP = lazy("原来的到前一天为止。早于今天的，那时起的数字按新的重算，已签发的通报不变。")
_TO_HELP = lazy("文件写明到哪天的才填；空为一直有效。")
_END_HELP = lazy("从这一天起没有这项规定。")


def setting_form(rule: Rule) -> type[forms.ModelForm[Any]]:
    """What a rule of this kind is to say, from when on, by which document, and why."""
    model = rule.model
    made = modelform_factory(
        model,
        form=_SettingForm,
        fields=[*rule.fields, "valid_from", "valid_to", "source"],
    )
    for name in rule.fields:
        if known := model.choices_of(name):
            made.base_fields[name] = forms.ChoiceField(label=rule.heading(name), choices=list(known.items()))
    made.base_fields["source"].help_text = _SOURCE_HELP
    made.base_fields["valid_from"] = date_field(model, "valid_from")
    made.base_fields["valid_from"].help_text = _FROM_HELP
    made.base_fields["valid_to"] = date_field(model, "valid_to")
    made.base_fields["valid_to"].help_text = _TO_HELP
    return made


class _SettingForm(forms.ModelForm[DatedRule]):
    reason = reason_field()

    def _get_validation_exclusions(self) -> set[str]:
        """That no two hold at once is seen to when the change is written."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"valid_to"}


class EndForm(forms.ModelForm[RuleChange]):
    """From when on a rule holds no more, by which document, and why."""

    valid_from = date_field(RuleChange, "valid_from")
    reason = reason_field()

    class Meta:
        model = RuleChange
        fields = ("valid_from", "source")
        help_texts = {"source": _SOURCE_HELP}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["valid_from"].label, self.fields["valid_from"].help_text = lazy("停用起始日"), _END_HELP
