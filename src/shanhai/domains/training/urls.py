"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("workshops/", pages.workshop_book, name="workshop_book"),
    path("workshop/<uuid:pk>/move/", pages.move_workshop, name="move_workshop"),
]
