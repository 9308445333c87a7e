"""Addresses of the gallery, to be included under `styleguide/`."""

from django.urls import path

from . import views

app_name = "styleguide"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("<str:name>/", views.page, name="page"),
]
