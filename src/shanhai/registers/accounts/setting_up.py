"""The first administrators of an empty installation, by the one-time link that the terminal prints."""

from typing import Any

from django import forms
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Unit

from .forms import username_field
from .models import Membership, SetupLink, SignInRule, User
from .passwords import in_words, one_time_password
from .roles import AUDIT, ROLES, SECURITY, SYSTEM

_GONE = _("这个设置链接不存在、已过期或已经用过。请在服务器上重新运行 make run，取得新的链接。")
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


_USERNAMES = ("username", "security_username", "audit_username")


class SetUpForm(forms.Form):
    """Three who administer, and the two governments at the head of the trees of units."""

    name = forms.CharField(label=_("系统管理员姓名"), max_length=40)
    username = username_field(_("系统管理员账号"))
    password = forms.CharField(label=_("口令"), widget=forms.PasswordInput, max_length=128)
    again = forms.CharField(label=_("再写一遍口令"), widget=forms.PasswordInput, max_length=128)
    security_name = forms.CharField(
        label=_("安全管理员姓名"), help_text=_("建账号、定岗位；须是另一个人。"), max_length=40
    )
    security_username = username_field(_("安全管理员账号"))
    audit_name = forms.CharField(
        label=_("审计管理员姓名"), help_text=_("看登录和权限的记录；须是另一个人。"), max_length=40
    )
    audit_username = username_field(_("审计管理员账号"))
    east = forms.CharField(label=_("帮扶方政府全称"), help_text=_("如：珠海市斗门区"), max_length=80)
    west = forms.CharField(label=_("受援方政府全称"), help_text=_("如：遵义市湄潭县"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = in_words(SignInRule.now())

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        person = User(username=self.data.get("username", ""), name=self.data.get("name", ""))
        password_validation.validate_password(password, person)
        return password

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("password") and given.get("again") != given["password"]:
            self.add_error("again", ValidationError(_("两次写的口令不一样。")))
        named = [given.get(name) for name in _USERNAMES]
        if len(set(named)) < len(named):
            self.add_error("audit_username", ValidationError(_("三位管理员要用三个不同的账号。")))
        return given


@never_cache
@login_not_required
@sensitive_post_parameters()
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """One form; then the system administrator is in, and shown what the two others sign in with."""
    if not is_usable(token):
        raise NotVisible(_GONE)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        del given["again"]
        user, passwords = make_first_administrators(token, **given)
        login(request, user, backend=_BACKEND)
        return _others_shown(request, form, passwords)
    return render(request, "accounts/set_up.html", {"form": form}, status=422 if form.errors else 200)


def is_usable(token: str) -> bool:
    return SetupLink.find(token) is not None and not User.objects.exists()


def _others_shown(request: HttpRequest, form: SetUpForm, passwords: dict[str, str]) -> HttpResponse:
    """The passwords of the two others, for this once; they are signed in by themselves."""
    request.actor = request.user.actor()  # type: ignore[attr-defined,union-attr]
    secrets = []
    for kind in (SECURITY, AUDIT):
        name, username = form.cleaned_data[f"{kind}_name"], form.cleaned_data[f"{kind}_username"]
        secrets.append((f"{ROLES[kind].label} {name}", f"{username}  {passwords[username]}"))
    drawn = {
        "title": _("另两位管理员的初始口令"),
        "sub": _("只显示这一次。请当面告诉本人；首次登录必须更换。"),
        "crumbs": [],
        "actions": [],
        "secrets": secrets,
        "warning": _("离开这一页后，谁也看不到它了；忘了只能在服务器上重设。"),
        "done_url": reverse("accounts:start"),
    }
    return render(request, "accounts/shown_once.html", drawn)


def make_first_administrators(token: str, **given: str) -> tuple[User, dict[str, str]]:
    """Uses the link up; gives the system administrator, and the one-time passwords of the two others.

    Shape: `given` as `SetUpForm` without `again`. They look after both sides until each has its own.
    Errors: NotVisible when the link is no longer good; of two who use it at once, the second gets this.
    """
    with context.unscoped("首次设置"):
        link = SetupLink.find(token, lock=True)
        if link is None or User.objects.exists():
            raise NotVisible(_GONE)
        link.used_at = timezone.now()
        link.save()
        units = [
            Unit.objects.create(
                code=side.value,
                name=given[side.value],
                kind=Unit.Kind.GOVERNMENT,
                side=side,
                valid_from=clock.today(),
            )
            for side in Side
        ]
        user = _made(
            units, SYSTEM, given["username"], given["name"], given["password"],
            must_change_password=False, password_changed_at=timezone.now(),
        )  # fmt: skip
        passwords = {}
        for kind in (SECURITY, AUDIT):
            username = given[f"{kind}_username"]
            passwords[username] = one_time_password()
            _made(units, kind, username, given[f"{kind}_name"], passwords[username])
    return user, passwords


def _made(units: list[Unit], role: str, username: str, name: str, password: str, **more: Any) -> User:
    user = User.objects.create_user(username=username, password=password, name=name, **more)
    for unit in units:
        Membership.objects.create(user=user, unit=unit, role=role, valid_from=clock.today())
    return user
