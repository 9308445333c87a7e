"""Django application of signatures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigningConfig(AppConfig):
    name = "shanhai.registers.signing"
    label = "signing"
    verbose_name = _("签名")
