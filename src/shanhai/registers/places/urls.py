"""Addresses of the register of places, in the namespace `places`."""

from django.urls import path

from . import place_pages

urlpatterns = [
    path("", place_pages.place_list, name="place_list"),
    path("load/", place_pages.place_load, name="place_load"),
    *place_pages.PAGES.urlpatterns(""),
    path("<uuid:pk>/", place_pages.place_detail, name="place_detail"),
]
