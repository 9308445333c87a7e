"""Addresses of approvals, in the namespace `approvals`."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.approvals, name="approvals"),
    path("agree/", pages.agree_many, name="agree_many"),
    path("<str:ledger>/<uuid:pk>/", pages.case, name="case"),
    path("<str:ledger>/<uuid:pk>/act/", pages.case_act, name="case_act"),
]
