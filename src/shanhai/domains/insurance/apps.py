"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsuranceConfig(AppConfig):
    name = "shanhai.domains.insurance"
    label = "insurance"
    verbose_name = _("医保异地")
