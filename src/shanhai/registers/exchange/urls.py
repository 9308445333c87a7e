"""Addresses of the exchange, in the namespace `exchange`."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.rollup, name="rollup"),
    path("<uuid:pk>/<str:code>/", pages.rows, name="rows"),
]
