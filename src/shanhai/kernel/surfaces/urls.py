"""Addresses of the ledgers: `/<app>/<model>/…`, named `<app>:<model>_<page>`.

Packages beside this one (imports, exports) add their pages of every ledger by `register_urls`; a chapter adds
its own pages by a `urls` module with `urlpatterns`, which share the chapter's namespace.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry

from . import bulk_page, views

type UrlBuilder = Callable[[Ledger[Any]], list[URLPattern]]

_builders: list[UrlBuilder] = []


def register_urls(builder: UrlBuilder) -> UrlBuilder:
    """Decorator: patterns below `/<app>/<model>/` for each ledger; names begin with `<model>_`."""
    _builders.append(builder)
    return builder


def ledger_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    """All pages of one ledger, relative to `/<app>/<model>/`."""
    slug, given = ledger.slug, {"ledger": ledger}
    extra = [pattern for builder in _builders for pattern in builder(ledger)]
    return [
        path("", views.list_rows, given, name=f"{slug}_list"),
        path("filter/<str:column>/", views.filter_one, given, name=f"{slug}_filter"),
        path("menu/<str:menu>/", views.list_menu, given, name=f"{slug}_menu"),
        path("new/", views.create, given, name=f"{slug}_create"),
        path("bulk/", bulk_page.bulk, given, name=f"{slug}_bulk"),
        path("bulk/<uuid:pk>/", bulk_page.bulk_job, given, name=f"{slug}_bulk_job"),
        *extra,
        path("<uuid:pk>/", views.detail, given, name=f"{slug}_detail"),
        path("<uuid:pk>/edit/", views.edit, given, name=f"{slug}_edit"),
        path("<uuid:pk>/step/", views.step, given, name=f"{slug}_step"),
        path("<uuid:pk>/history/", views.history, given, name=f"{slug}_history"),
    ]


def chapter_urls() -> Iterator[URLResolver]:
    """One include per application that has ledgers or pages of its own, under its label and namespace."""
    chapters = registry.by_app()
    for config in apps.get_app_configs():
        own: list[URLPattern | URLResolver] = [*_own_urls(config)]
        for ledger in chapters.get(config.label, []):
            own.append(path(f"{ledger.slug}/", include(ledger_urls(ledger))))
        if own:
            yield path(f"{config.label}/", include((own, config.label), namespace=config.label))


def _own_urls(config: AppConfig) -> list[URLPattern | URLResolver]:
    is_contributor = (
        config.name.startswith(("shanhai.domains.", "shanhai.registers.")) or config.label in chapters()
    )
    if not is_contributor or not module_has_submodule(config.module, "urls"):
        return []
    return list(import_module(f"{config.name}.urls").urlpatterns)


def chapters() -> set[str]:
    return {ledger.app_label for ledger in registry}
