"""Addresses of amendments; the form is at the row it amends."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.amendments, name="amendments"),
    path("<uuid:pk>/", views.amendment, name="amendment"),
    path("<uuid:pk>/decide/", views.decide, name="amendment_decide"),
]
