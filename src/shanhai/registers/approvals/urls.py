"""Addresses of approvals, in the namespace `approvals`."""

from django.urls import path

from . import pages, standing_pages

urlpatterns = [
    path("", pages.approvals, name="approvals"),
    path("agree/", pages.agree_many, name="agree_many"),
    path("standing_in/", standing_pages.standing_in, name="standing_in"),
    path("standing_in/<uuid:pk>/end/", standing_pages.stand_in_end, name="stand_in_end"),
    path("<str:ledger>/<uuid:pk>/", pages.case, name="case"),
    path("<str:ledger>/<uuid:pk>/act/", pages.case_act, name="case_act"),
]
