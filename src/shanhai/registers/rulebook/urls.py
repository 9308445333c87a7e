"""Addresses of the book of rules, in the namespace `rulebook`."""

from django.urls import path

from . import change_pages, pages

urlpatterns = [
    path("", pages.rules, name="rules"),
    path("changes/", change_pages.changes, name="changes"),
    path("changes/<uuid:pk>/", change_pages.change, name="change"),
    path("changes/<uuid:pk>/decide/", change_pages.change_decide, name="change_decide"),
    path("<str:label>/new/", pages.setting, name="setting"),
    path("<str:label>/end/", pages.ending, name="ending"),
    path("<str:label>/<uuid:pk>/", pages.rule, name="rule"),
]
