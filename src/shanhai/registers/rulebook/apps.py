"""Django application of the book of rules."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RulebookConfig(AppConfig):
    name = "shanhai.registers.rulebook"
    label = "rulebook"
    verbose_name = _("规定与数值")
