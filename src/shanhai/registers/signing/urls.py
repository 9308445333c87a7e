"""Addresses of signatures, in the namespace `signing`."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.keys, name="keys"),
    path("keys/<str:fingerprint>/", pages.key_file, name="key_file"),
    path("<str:ledger>/<uuid:pk>/", pages.signed_file, name="signed_file"),
    path("<str:ledger>/<uuid:pk>/sign/", pages.sign, name="sign_row"),
]
