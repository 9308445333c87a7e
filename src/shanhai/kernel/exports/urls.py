"""Addresses of exports with sensitive values."""

from django.urls import path

from . import approval_pages as pages

urlpatterns = [
    path("plain-exports/", pages.plain_exports, name="plain_exports"),
    path("plain-exports/<uuid:pk>/", pages.plain_export, name="plain_export"),
    path("plain-exports/<uuid:pk>/decide/", pages.plain_export_decide, name="plain_export_decide"),
]
