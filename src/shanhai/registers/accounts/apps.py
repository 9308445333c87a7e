"""Django application of the register of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "shanhai.registers.accounts"
    label = "accounts"
    verbose_name = _("用户与权限")

    def ready(self) -> None:
        from . import factors, health, sessions  # noqa: F401  (receivers of sign-ins; what the doctor looks at)
        from .single_sign_on import health as _health  # noqa: F401
