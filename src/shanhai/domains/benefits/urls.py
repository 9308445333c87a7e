"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import claim_pages, pages

urlpatterns = [
    path("policy/<uuid:pk>/preview/", pages.preview, name="preview"),
    path("policy/<uuid:pk>/release/", pages.release, name="release"),
    path("policy/<uuid:pk>/restore/", pages.restore, name="restore"),
    path("policy/<uuid:pk>/answer/<uuid:who>/", pages.answer, name="answer"),
    path("policy/<uuid:pk>/paying/", claim_pages.paying, name="paying"),
    path("policy/<uuid:pk>/find/", claim_pages.find_claims, name="find_claims"),
    path("policy/<uuid:pk>/approve/", claim_pages.approve_claims, name="approve_claims"),
    path("claim/<uuid:pk>/approve/", claim_pages.approve_claim, name="approve_claim"),
    path("claim/<uuid:pk>/decide/", claim_pages.decide_claim, name="decide_claim"),
]
