"""How allauth behaves here: accounts are made by administrators, never by signing up; its words are ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import passwords, sessions
from .attempts import Attempt
from .single_sign_on.adapter import SecondFactorStage
from .single_sign_on.links import provider_of

_SAID = {"account/messages/password_changed.txt": _("口令已更改。")}


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Refuses self-registration; a changed password ends the duty to change it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "账号或口令不对。请核对大小写后再试；忘了口令，请找本单位管理员重置。"
        ),
        "account_inactive": _("这个账号已停用。需要恢复，请联系本单位管理员。"),
        "enter_current_password": _("原口令不对。"),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        if user is not None and user.check_password(password):
            raise ValidationError(_("新口令不能与原来的口令相同。"), code="password_unchanged")
        return str(super().clean_password(password, user))

    def set_password(self, user: Any, password: str) -> None:
        """Only the user's own change comes through here; what an administrator sets must be changed again."""
        passwords.set_by_owner(user, password)
        user.save()

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Instead of allauth's limits, which forget by a cache: ours count what is recorded."""
        self._attempt = Attempt.begin(request, str(credentials.get("username", "")))

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was taken in advance."""

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        self._attempt.failed()

    def get_login_stages(self) -> list[str]:
        """allauth's, with ours in place of the one that asks for a second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": f"{SecondFactorStage.__module__}.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_logout_redirect_url(self, request: Any) -> str:
        """Whoever came through a provider that is left with us goes on to its sign-out."""
        found = provider_of(sessions.came_through(request))
        if found and found.signs_out:
            return reverse("sign_on_out", args=[found.key])
        return str(super().get_logout_redirect_url(request))

    def get_password_change_redirect_url(self, request: Any) -> str:
        return reverse("home")

    def add_message(
        self, request: Any, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Says what a reader could not see anyway; «signed in» is seen."""
        if message_template in _SAID:
            super().add_message(request, level, message=str(_SAID[message_template]))
