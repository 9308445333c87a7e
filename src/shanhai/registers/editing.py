"""Forms of the registers in the look of `kernel/form.html`, and two people saving the same thing at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.core import signing
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.people import people

Drawn = dict[str, Any]

#: A select of more options than this gets a search box.
_LONG_SELECT = 12
_SALT = "registers.editing"


class HangingForm[M: models.Model](forms.ModelForm[M]):
    """A row that hangs on another, which is no field of the form but takes part in what must be unique."""

    hangs_on: ClassVar[str]

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        is_known = getattr(self.instance, f"{self.hangs_on}_id") is not None
        return excluded - {self.hangs_on} if is_known else excluded


class Editing[M: models.Model]:
    """One row in a form. What somebody else saved since the form was opened is shown beside what was typed.

    Shape: `seen` in the form is the row as it was when opened, signed. Whoever saves has locked the row and
    asks `is_ready`.
    """

    def __init__(
        self, form_class: type[forms.ModelForm[M]], row: M, request: HttpRequest, **options: Any
    ) -> None:
        self.request, self.row = request, row
        self.is_new = row._state.adding
        self.stored = {} if self.is_new else _texts(row, form_class)
        self.is_sent = request.method == "POST"
        data = self._chosen(request.POST) if self.is_sent else None
        self.form = form_class(data, instance=row, **options)
        self.clashes = self._clashes(request.POST) if self.is_sent else []

    def is_ready(self) -> bool:
        """Whether the form was sent, is right, and overwrites nobody unasked."""
        return self.is_sent and self.form.is_valid() and not self.clashes

    @property
    def reason(self) -> str:
        return str(self.form.cleaned_data.get("reason", ""))

    def respond(self, *, title: str, crumbs: Sequence[Drawn], cancel_url: str, **more: Any) -> HttpResponse:
        """The form as it stands: fresh (200), with something to mend (422), or with a clash (409)."""
        status = 200 if not self.is_sent else 409 if self.clashes else 422
        shown = form_page(self.form, title=title, crumbs=crumbs, cancel_url=cancel_url, **more)
        shown["url"] = self.request.get_full_path()
        shown["hidden"] = [{"name": "seen", "value": signing.dumps(self.stored, salt=_SALT)}]
        shown["draft"] = f"{self.request.actor.key}:{self.request.path}"  # type: ignore[attr-defined]
        shown["conflict"] = self._conflict() if self.clashes else None
        return render(self.request, "kernel/form.html", shown, status=status)

    def _chosen(self, data: QueryDict) -> QueryDict:
        """What was typed, with what is stored where the reader chose that."""
        chosen = data.copy()
        for name, text in self.stored.items():
            if data.get(f"take-{name}") == "theirs":
                chosen[name] = text
        return chosen

    def _clashes(self, data: QueryDict) -> list[str]:
        if self.is_new:
            return []
        try:
            seen = signing.loads(data.get("seen", ""), salt=_SALT)
        except signing.BadSignature:
            seen = {}
        typed = {name: str(self.form.data.get(name, "")) for name in self.stored}
        return [
            name
            for name, text in self.stored.items()
            if seen.get(name) != text and typed[name] != text and f"take-{name}" not in data
        ]

    def _conflict(self) -> Drawn:
        entry = HistoryEntry.objects.filter(table_name=self.row._meta.db_table, row_id=self.row.pk).latest(
            "id"
        )
        who = people([entry.actor])[entry.actor]
        fields = [
            {
                "name": name,
                "label": str(self.form[name].label),
                "mine": self._said(name, self.form.data.get(name, "")),
                "theirs": self._said(name, self.stored[name]),
            }
            for name in self.clashes
        ]
        return {"by": who.name, "at": moment(entry.at), "fields": fields}

    def _said(self, name: str, value: Any) -> str:
        options = getattr(self.form.fields[name], "choices", ())
        return next((str(label) for code, label in options if str(code) == str(value)), str(value))


def _texts(row: models.Model, form_class: type[forms.ModelForm[Any]]) -> dict[str, str]:
    """Stored values as the controls of the form would send them."""
    values = model_to_dict(row, fields=form_class.base_fields)
    return {name: "" if value is None else str(value) for name, value in values.items()}


def form_page(
    form: forms.BaseForm,
    *,
    title: str,
    crumbs: Sequence[Drawn],
    cancel_url: str,
    submit: str = "",
    sub: str = "",
    group: str = "",
) -> Drawn:
    """The context of `kernel/form.html` for a Django form."""
    fields = [field_of(bound) for bound in form]
    whole = [{"label": _("整张表单"), "text": text, "anchor": "main"} for text in form.non_field_errors()]
    wrong = [
        {"label": field["label"], "text": text, "anchor": field["id"]}
        for field in fields
        for text in field["errors"]
    ]
    return {
        "title": title,
        "sub": sub,
        "crumbs": crumbs,
        "actions": [],
        "url": "",
        "hidden": [],
        "groups": [{"label": group or title, "note": "", "fields": fields}],
        "problems": [*whole, *wrong],
        "conflict": None,
        "draft": "",
        "submits": [{"label": submit or _("保存"), "name": "then", "value": "save", "kind": "primary"}],
        "cancel_url": cancel_url,
    }


def field_of(bound: BoundField) -> Drawn:
    """A control as `components/field.html` draws it."""
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.DateInput):
        value = widget.format_value(value)
    drawn: Drawn = {
        "name": bound.html_name,
        "id": bound.id_for_label,
        "label": str(bound.label),
        "value": "" if value is None else value,
        "errors": [str(error) for error in bound.errors],
        "kind": _kind(widget),
        "required": bound.field.required,
        "help": str(bound.help_text),
        "maxlength": getattr(bound.field, "max_length", None),
        "autocomplete": widget.attrs.get("autocomplete", ""),
    }
    if isinstance(widget, forms.Select):
        drawn["options"] = _options(bound)
        drawn["search"] = len(drawn["options"]) > _LONG_SELECT
    elif isinstance(widget, forms.CheckboxSelectMultiple):
        drawn["options"] = _options(bound)
    return drawn


def _kind(widget: forms.Widget) -> str:
    kinds: Mapping[type[forms.Widget], str] = {
        forms.Select: "select",
        forms.CheckboxSelectMultiple: "multi",
        forms.CheckboxInput: "check",
        forms.Textarea: "textarea",
        forms.DateInput: "date",
        forms.PasswordInput: "password",
    }
    return next((kind for cls, kind in kinds.items() if isinstance(widget, cls)), "text")


def _options(bound: BoundField) -> list[Drawn]:
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list) else ["" if value is None else value])}
    return [
        {"value": str(code), "label": str(label), "selected": str(code) in chosen}
        for code, label in bound.field.choices  # type: ignore[attr-defined]
    ]


def date_field(model: type[models.Model], name: str) -> forms.DateField:
    field: Any = model._meta.get_field(name)
    return forms.DateField(
        label=field.verbose_name, required=not field.null, widget=forms.DateInput(format="%Y-%m-%d")
    )


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Only these choices in a select."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def offer_rows(
    form: forms.BaseForm,
    name: str,
    rows: models.QuerySet[Any],
    *,
    label: Callable[[Any], str] = str,
    none: Any = "—",
) -> None:
    """Only these rows in a select."""
    field = cast(forms.ModelChoiceField[Any], form.fields[name])
    field.queryset = rows
    field.label_from_instance = label  # type: ignore[method-assign,assignment]
    field.empty_label = none


def reason_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=lazy("理由"),
        help_text=lazy("会记入历史。"),
        max_length=200,
        required=required,
        widget=forms.TextInput,
    )
