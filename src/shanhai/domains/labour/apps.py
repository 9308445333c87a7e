"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabourConfig(AppConfig):
    name = "shanhai.domains.labour"
    label = "labour"
    verbose_name = _("劳务协作")
