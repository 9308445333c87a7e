"""Addresses of obligations and their rules."""

from django.urls import path

from . import views

urlpatterns = [
    path("obligations/", views.obligations, name="obligations"),
    path("obligations/<uuid:pk>/", views.obligation, name="obligation"),
    path("obligations/<uuid:pk>/nil/", views.nil, name="obligation_nil"),
    path("obligations/rules/", views.rules, name="obligation_rules"),
    path("obligations/rules/new/", views.new_rule, name="obligation_rule_new"),
    path("obligations/rules/<uuid:pk>/", views.rule, name="obligation_rule"),
    path("obligations/rules/<uuid:pk>/end/", views.end, name="obligation_rule_end"),
]
