"""Django application of the exchange."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "shanhai.registers.exchange"
    label = "exchange"
    verbose_name = _("上下级交换")
