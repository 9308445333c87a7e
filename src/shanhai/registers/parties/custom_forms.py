"""What is filled in about a custom field of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.custom.managing import MOST_DECIMALS, SAID
from shanhai.kernel.models import CustomField
from shanhai.registers.editing import reason_field


class CustomFieldForm(forms.ModelForm[Any]):
    """Reads what was typed; `custom.managing.save_field` judges it."""

    decimals = forms.TypedChoiceField(
        label=_("小数位"),
        choices=[("", "—"), *((number, number) for number in range(1, MOST_DECIMALS + 1))],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("只对“小数”。"),
    )
    options = forms.CharField(
        label=_("选项"),
        widget=forms.Textarea,
        required=False,
        help_text=_(
            "只对“选项”和“多选”：一行一个。还有记录在用的选项不能去掉；改名请先加新的，改完记录再去掉旧的。"
        ),
    )
    reason = reason_field(required=False)

    class Meta:
        model = CustomField
        fields = SAID

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["options"] = "\n".join(self.instance.options)
        self.fields["reason"].required = not self.instance._state.adding
        for name, told in _HELP.items():
            self.fields[name].help_text = told

    def clean_options(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines()]
        return [line for line in lines if line]

    def validate_unique(self) -> None:
        """Left to the rules, which know the unit and the ledger."""

    def validate_constraints(self) -> None:
        """As `validate_unique`."""

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SAID}


_HELP = {
    "title": _("表单、列表、模板和导出里的列名；不能与这本台账已有的列重名。"),
    "kind": _("有记录填过之后，类型、计量单位和小数位数不能再改。"),
    "measure_unit": _("只对整数和小数，如 亩、人次；金额一律以元计。"),
    "help": _("填报人在表单和模板里看到。"),
    "is_required": _("新增的、在页面上修改的记录必须填；原有的记录不拦，页面上会提示。"),
    "is_personal": _("只对文本：姓名一类，对方看共享的记录时隐去。自定义字段不加密，不要填证件号和账号。"),
    "is_listed": _("列表里不用再选列就看得到。"),
}
