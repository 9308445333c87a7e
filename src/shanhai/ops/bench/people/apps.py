"""Installed by `shanhai.ops.bench.people.settings`, never by the product."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "shanhai.ops.bench.people"
    label = "people"
    verbose_name = "基准"
