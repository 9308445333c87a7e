"""Where every address leads: registry → URLs, and a handful of includes."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
