"""A new account for a worker or an employer: found by number and name, and bound to that row for good."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.authority import RIGHTS, administered_sides, require
from shanhai.registers.editing import form_page, offer, reason_field

from .binding import create_bound, find_subject
from .forms import username_field
from .models import User
from .roles import BOUND_CHOICES
from .user_acts import shown_once


class BoundForm(forms.Form):
    """Whom the account is for, as the register has it."""

    role = forms.ChoiceField(label=lazy("岗位"), choices=BOUND_CHOICES)
    side = forms.ChoiceField(label=lazy("所属方"))
    number = forms.CharField(
        label=lazy("身份证号或统一社会信用代码"),
        max_length=32,
        help_text=lazy("劳动者写身份证号，用人单位写信用代码；看原件填写，不会保存在账号里。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=lazy("姓名或单位名称"), max_length=120, help_text=lazy("与登记的一字不差。"))
    username = username_field()
    reason = reason_field()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject: Any = None
        sides = sorted(administered_sides(actor))
        offer(self, "side", [(side.value, Side(side).label) for side in sides])

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("这个账号已有人用，请换一个。"), code="username_taken")
        return username

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {name: given.get(name, "") for name in ("role", "number", "name", "side")}
        if all(asked.values()):
            try:
                self.subject = find_subject(
                    asked["role"], number=asked["number"], name=asked["name"].strip(), side=asked["side"]
                )
            except RuleViolated as refused:
                self.add_error("number", str(refused))
        return given


@never_cache
@require_http_methods(["GET", "POST"])
def bound_create(request: HttpRequest) -> HttpResponse:
    """The form; then the one-time password, shown once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(bool(administered_sides(actor, RIGHTS)))
    form = BoundForm(request.POST if request.method == "POST" else None, actor=actor)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            user, password = create_bound(
                role=given["role"],
                subject=form.subject,
                username=given["username"],
                actor=actor,
                reason=given["reason"],
            )
        except RuleViolated as refused:
            form.add_error("number", str(refused))
        else:
            return shown_once(request, user, password)
    return _respond(request, form)


def _respond(request: HttpRequest, form: BoundForm) -> HttpResponse:
    url = reverse("accounts:user_list")
    drawn = form_page(
        form,
        title=_("新增劳动者或用人单位账号"),
        crumbs=[{"label": _("用户"), "url": url}],
        cancel_url=url,
        sub=_("只能看自己的记录；建好以后不能改成别人的。由系统管理员启用以后才能登录。"),
        submit=_("新增并显示初始口令"),
    )
    drawn["url"] = request.get_full_path()
    return render(request, "kernel/form.html", drawn, status=422 if form.errors else 200)
