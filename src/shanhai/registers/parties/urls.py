"""Addresses of units and their groups, in the namespace `parties`, beside the ledgers of it."""

from django.urls import path

from . import group_pages, unit_pages

urlpatterns = [
    path("units/", unit_pages.unit_list, name="unit_list"),
    path("units/new/", unit_pages.unit_create, name="unit_create"),
    *unit_pages.PAGES.urlpatterns("units/"),
    path("units/<uuid:pk>/", unit_pages.unit_detail, name="unit_detail"),
    path("units/<uuid:pk>/edit/", unit_pages.unit_edit, name="unit_edit"),
    path("units/<uuid:pk>/aliases/new/", unit_pages.alias_create, name="alias_create"),
    path("units/<uuid:pk>/aliases/<uuid:alias>/", unit_pages.alias_edit, name="alias_edit"),
    path("groups/", group_pages.group_list, name="group_list"),
    path("groups/new/", group_pages.group_create, name="group_create"),
    path("groups/<uuid:pk>/", group_pages.group_detail, name="group_detail"),
    path("groups/<uuid:pk>/edit/", group_pages.group_edit, name="group_edit"),
    path("groups/<uuid:pk>/members/new/", group_pages.member_create, name="member_create"),
    path("groups/<uuid:pk>/members/<uuid:member>/", group_pages.member_edit, name="member_edit"),
]
