"""Addresses of obligations and their rules."""

from django.urls import path

from . import lock_views, views

urlpatterns = [
    path("obligations/", views.obligations, name="obligations"),
    path("obligations/<uuid:pk>/", views.obligation, name="obligation"),
    path("obligations/<uuid:pk>/nil/", views.nil, name="obligation_nil"),
    path("obligations/locks/", lock_views.locks, name="locks"),
    path("obligations/locks/new/", lock_views.reopen_period, name="reopening_new"),
    path("obligations/locks/<uuid:pk>/end/", lock_views.end_reopened, name="reopening_end"),
    path("obligations/rules/", views.rules, name="obligation_rules"),
    path("obligations/rules/new/", views.new_rule, name="obligation_rule_new"),
    path("obligations/rules/<uuid:pk>/", views.rule, name="obligation_rule"),
    path("obligations/rules/<uuid:pk>/end/", views.end, name="obligation_rule_end"),
]
