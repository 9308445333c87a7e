"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenefitsConfig(AppConfig):
    name = "shanhai.domains.benefits"
    label = "benefits"
    verbose_name = _("惠企惠民")
