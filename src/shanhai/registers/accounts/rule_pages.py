"""«登录规定»: the rules on passwords and lockout by their days; a new one takes over from the one before."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel import clock, context
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_page
from shanhai.registers.authority import RECORD, SIGN_IN, is_administrator, looks_after, require
from shanhai.registers.editing import Editing, date_field, reason_field
from shanhai.registers.tables import in_force_badge, table_of, validity

from .models import SignInRule
from .passwords import in_words
from .roles import CHOICES, ROLES

_NUMBERS = (
    "length",
    "classes",
    "remembered",
    "days",
    "failures",
    "address_failures",
    "window_minutes",
    "lock_minutes",
    "token_days",
)


class RuleForm(forms.ModelForm[SignInRule]):
    """Holds from a day on, tomorrow at the earliest when there is one of today already."""

    valid_from = date_field(SignInRule, "valid_from")
    second_factor = forms.MultipleChoiceField(
        label=lazy("须二次验证的岗位"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("选中的岗位，没有设二次验证的人从下一次点击起先去设。"),
    )
    reason = reason_field()

    class Meta:
        model = SignInRule
        fields = ("valid_from", "source", *_NUMBERS, "second_factor")
        help_texts = {
            "source": lazy("文件名称、文号和条款。"),
            "classes": lazy("大写字母、小写字母、数字、其他符号，共四类。"),
        }

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        latest = SignInRule.objects.latest("valid_from").valid_from
        if day < clock.today() or day <= latest:
            raise forms.ValidationError(
                _("启用日期不能早于今天，要晚于上一条的 %(day)s。") % {"day": latest.isoformat()}
            )
        return day

    def _get_validation_exclusions(self) -> set[str]:
        """That no two hold at once is seen to by ending the one before."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"valid_to"}


@require_GET
def sign_in_rules(request: HttpRequest) -> HttpResponse:
    """All rules, the latest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_administrator(actor))
    rules = list(SignInRule.objects.all())
    if "history" in request.GET:
        require(looks_after(actor, RECORD))
        return history_page(request, _("登录规定"), [], rules)
    columns = (
        _("起止"),
        _("状态"),
        _("口令"),
        _("锁定"),
        _("须二次验证的岗位"),
        _("接口令牌"),
        _("依据"),
    )
    table = table_of(columns, [("", _cells(one)) for one in rules])
    drawn = {
        "title": _("登录规定"),
        "sub": _("口令、锁定的数值按日期生效，写明依据。闲置与最长时间由运维在环境变量里设。"),
        "crumbs": [],
        "actions": _actions(actor),
        "table": table,
    }
    return render(request, "accounts/roles.html", drawn)


def _actions(actor: Actor) -> list[dict[str, Any]]:
    if looks_after(actor, RECORD):
        return [{"label": _("历史"), "url": HISTORY_URL, "kind": ""}]
    if not looks_after(actor, SIGN_IN):
        return []
    url = reverse("accounts:sign_in_rule_create")
    return [{"label": _("新规定"), "url": url, "kind": "primary", "main": True, "icon": "plus"}]


def _cells(rule: SignInRule) -> list[Any]:
    locking = _("%(window)s 分钟内错 %(failures)s 次，锁 %(lock)s 分钟；同一地址错 %(address)s 次，暂停。")
    locked = locking % {
        "window": rule.window_minutes,
        "failures": rule.failures,
        "lock": rule.lock_minutes,
        "address": rule.address_failures,
    }
    demanded = "、".join(str(ROLES[code].label) for code in rule.second_factor)
    return [
        {"text": validity(rule), "kind": "date"},
        {"kind": "state", "state": in_force_badge(rule)},
        {"text": in_words(rule), "kind": "long"},
        {"text": locked, "kind": "long"},
        {"text": demanded or _("不要求"), "kind": "long"},
        _("最长 %(days)s 天") % {"days": rule.token_days} if rule.token_days else _("不许用"),
        {"text": rule.source, "kind": "long"},
    ]


@require_http_methods(["GET", "POST"])
def sign_in_rule_create(request: HttpRequest) -> HttpResponse:
    """The next rule; begins with the numbers of the one before."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(looks_after(actor, SIGN_IN))
    before = SignInRule.objects.latest("valid_from")
    given: dict[str, Any] = {name: getattr(before, name) for name in (*_NUMBERS, "second_factor")}
    editing = Editing(RuleForm, SignInRule(**given), request)
    if editing.is_ready():
        with context.because(editing.reason):
            rule = editing.form.save(commit=False)
            before.valid_to = rule.valid_from - timedelta(days=1)
            before.save(update_fields=["valid_to"])
            rule.save()
        return redirect("accounts:sign_in_rules")
    url = reverse("accounts:sign_in_rules")
    return editing.respond(title=_("新规定"), crumbs=[{"label": _("登录规定"), "url": url}], cancel_url=url)
