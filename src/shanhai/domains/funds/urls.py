"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages
from .assets import checking as asset_checking
from .assets import pages as asset_pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("project/<uuid:pk>/advance/", pages.advance_project, name="advance_project"),
    path("assets/totals/", asset_pages.totals, name="asset_totals"),
    path("assets/details/", asset_pages.details, name="asset_details"),
    path("assets/checks/", asset_checking.checks, name="asset_checks"),
    path("asset/<uuid:pk>/title/", asset_pages.register_title, name="title_asset"),
    path("asset/<uuid:pk>/standing/", asset_pages.move_asset, name="move_asset"),
]
