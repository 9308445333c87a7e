"""Addresses of the shell itself."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("styleguide/", include("shanhai.web.styleguide.urls")),
]
