"""Signing in and out, changing one's password: the few pages of allauth that are open here, in our words."""

from typing import Any

from allauth.account import views
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from .models import SignInRule
from .passwords import in_words
from .single_sign_on import pages as single_sign_on

#: Sign-up, mail addresses and resets by mail stay shut: an administrator makes accounts and resets passwords.
urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    # All factors are on one page; allauth would list passkeys on one of their own.
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    *single_sign_on.urlpatterns,
]


class SignInForm(LoginForm):  # type: ignore[misc]
    """Account and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("账号")), ("password", _("口令"))):
            self.fields[name].label = label
            self.fields[name].help_text = ""


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The user's own change of password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"oldpassword": _("原口令"), "password1": _("新口令"), "password2": _("再写一遍新口令")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        self.fields["oldpassword"].help_text = _("首次登录时，原口令就是管理员给您的初始口令。")
        self.fields["password1"].help_text = in_words(SignInRule.now())


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password of somebody who is in, before factors may be changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("口令")
