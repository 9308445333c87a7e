"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages

urlpatterns = [
    path("medicalvisit/<uuid:pk>/settle/", pages.settle_visit, name="settle_visit"),
    path("medicalvisit/<uuid:pk>/reverse/", pages.reverse_settlement, name="reverse_settlement"),
    path("filing/<uuid:pk>/advance/", pages.advance_filing, name="advance_filing"),
]
