"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemeConfig(AppConfig):
    name = "shanhai.domains.scheme"
    label = "scheme"
    verbose_name = _("方案与任务")
