"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    name = "shanhai.domains.funds"
    label = "funds"
    verbose_name = _("资金与项目")
