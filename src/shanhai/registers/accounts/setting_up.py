"""The first administrator of an empty installation, by the one-time link that the terminal prints."""

from typing import Any

from django import forms
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from .passwords import in_words
from .roles import ADMINISTRATOR

_GONE = _("这个设置链接不存在、已过期或已经用过。请在服务器上重新运行 make run，取得新的链接。")
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SetUpForm(forms.Form):
    """Who administers, and the two governments at the head of the trees of units."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    username = username_field()
    password = forms.CharField(label=_("口令"), widget=forms.PasswordInput, max_length=128)
    again = forms.CharField(label=_("再写一遍口令"), widget=forms.PasswordInput, max_length=128)
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
        return given


@never_cache
@login_not_required
@sensitive_post_parameters()
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """One form; then the administrator is signed in and led to what comes next."""
    if not is_usable(token):
        raise NotVisible(_GONE)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "username", "password", "east", "west")}
        login(request, make_first_administrator(token, **given), backend=_BACKEND)
        return redirect("accounts:start")
    return render(request, "accounts/set_up.html", {"form": form}, status=422 if form.errors else 200)


def is_usable(token: str) -> bool:
    return SetupLink.find(token) is not None and not User.objects.exists()


def make_first_administrator(
    token: str, *, name: str, username: str, password: str, east: str, west: str
) -> User:
    """Uses the link up. The administrator looks after both sides until each has one of its own.

    Errors: NotVisible when the link is no longer good; of two who use it at once, the second gets this.
    """
    with context.unscoped("首次设置"):
        link = SetupLink.find(token, lock=True)
        if link is None or User.objects.exists():
            raise NotVisible(_GONE)
        link.used_at = timezone.now()
        link.save()
        user = User.objects.create_user(
            username=username,
            password=password,
            name=name,
            must_change_password=False,
            password_changed_at=timezone.now(),
        )
        today = clock.today()
        for side, government in ((Side.EAST, east), (Side.WEST, west)):
            unit = Unit.objects.create(
                code=side.value, name=government, kind=Unit.Kind.GOVERNMENT, side=side, valid_from=today
            )
            Membership.objects.create(user=user, unit=unit, role=ADMINISTRATOR, valid_from=today)
    return user
