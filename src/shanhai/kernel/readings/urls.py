"""Addresses of the record of readings."""

from django.urls import path

from . import pages

urlpatterns = [
    path("readings/", pages.reading_list, name="readings"),
    path("readings/export/", pages.reading_export, name="readings_export"),
]
