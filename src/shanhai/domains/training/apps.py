"""Django application of the chapter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "shanhai.domains.training"
    label = "training"
    verbose_name = _("培训与创业")
