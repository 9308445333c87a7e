"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("employmentspell/<uuid:pk>/end/", pages.end_spell, name="end_spell"),
    path("personcategory/<uuid:pk>/end/", pages.end_category, name="end_category"),
    path("householdmember/<uuid:pk>/leave/", pages.leave_household, name="leave_household"),
]
