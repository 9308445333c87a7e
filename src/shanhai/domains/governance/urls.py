"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
]
