"""Addresses of the seal of history."""

from django.urls import path

from . import pages

urlpatterns = [
    path("chain/", pages.chain, name="chain"),
    path("chain/anchors/", pages.chain_anchors, name="chain_anchors"),
]
