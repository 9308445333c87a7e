"""Django application of the register of places."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "shanhai.registers.places"
    label = "places"
    verbose_name = _("地区")
