"""Django application of the register of parties."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "shanhai.registers.parties"
    label = "parties"
    verbose_name = _("单位与人员")
    #: Looked up now and then: after the chapters.
    menu_order = 90
