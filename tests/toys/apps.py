"""Django application of the toys."""

from django.apps import AppConfig


class ToysConfig(AppConfig):
    name = "toys"
    label = "toys"
    verbose_name = "玩具"
