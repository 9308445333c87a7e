"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages, resolution_pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("resolutions/", resolution_pages.resolutions, name="resolutions"),
    path("resolution/<uuid:pk>/report/", resolution_pages.report, name="report"),
    path("resolutionprogress/<uuid:pk>/decide/", resolution_pages.decide, name="decide"),
]
