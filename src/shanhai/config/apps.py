"""The composition root as an application, so that its commands are found."""

from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "shanhai.config"
    label = "config"
