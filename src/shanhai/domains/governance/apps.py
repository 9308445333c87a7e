"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "shanhai.domains.governance"
    label = "governance"
    verbose_name = _("组织与督查")
