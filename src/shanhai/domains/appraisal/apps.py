"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    name = "shanhai.domains.appraisal"
    label = "appraisal"
    verbose_name = _("指标与通报")
