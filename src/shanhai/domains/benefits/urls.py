"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages

urlpatterns = [
    path("policy/<uuid:pk>/preview/", pages.preview, name="preview"),
    path("policy/<uuid:pk>/release/", pages.release, name="release"),
    path("policy/<uuid:pk>/restore/", pages.restore, name="restore"),
    path("policy/<uuid:pk>/answer/<uuid:who>/", pages.answer, name="answer"),
]
