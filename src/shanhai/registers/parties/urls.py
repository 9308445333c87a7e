"""Addresses of units, their groups and pairs of persons, in the namespace `parties`, beside its ledgers."""

from django.urls import path

from . import asking_pages, group_pages, own_pages, request_pages, timeline_pages, unit_pages
from .duplicates import pages as duplicate_pages

urlpatterns = [
    path("mine/", own_pages.mine, name="mine"),
    path("mine/timeline/", own_pages.mine_timeline, name="mine_timeline"),
    path("mine/ask/", own_pages.ask_mine, name="ask_mine"),
    path("firm/", own_pages.firm, name="firm"),
    path("askings/", asking_pages.asking_list, name="askings"),
    path("duplicates/", duplicate_pages.queue, name="duplicates"),
    path("duplicates/find/", duplicate_pages.find, name="duplicates_find"),
    path("duplicates/export/", duplicate_pages.export, name="duplicates_export"),
    path("duplicates/<uuid:pk>/", duplicate_pages.pair, name="duplicate"),
    path("duplicates/<uuid:pk>/decide/", duplicate_pages.decide, name="duplicate_decide"),
    path("duplicates/<uuid:pk>/merge/", duplicate_pages.merge, name="duplicate_merge"),
    path("duplicates/merges/<uuid:pk>/undo/", duplicate_pages.unmerge, name="duplicate_unmerge"),
    path("units/", unit_pages.unit_list, name="unit_list"),
    path("units/new/", unit_pages.unit_create, name="unit_create"),
    *unit_pages.PAGES.urlpatterns("units/"),
    path("units/<uuid:pk>/", unit_pages.unit_detail, name="unit_detail"),
    path("units/<uuid:pk>/edit/", unit_pages.unit_edit, name="unit_edit"),
    path("units/<uuid:pk>/aliases/new/", unit_pages.alias_create, name="alias_create"),
    path("units/<uuid:pk>/aliases/<uuid:alias>/", unit_pages.alias_edit, name="alias_edit"),
    path("person/<uuid:pk>/timeline/", timeline_pages.person_timeline, name="person_timeline"),
    path("personrequest/<uuid:pk>/extract/", request_pages.request_extract, name="request_extract"),
    path("personrequest/<uuid:pk>/erase/", request_pages.request_erase, name="request_erase"),
    path("personrequest/<uuid:pk>/close/", request_pages.request_close, name="request_close"),
    path("groups/", group_pages.group_list, name="group_list"),
    path("groups/new/", group_pages.group_create, name="group_create"),
    path("groups/<uuid:pk>/", group_pages.group_detail, name="group_detail"),
    path("groups/<uuid:pk>/edit/", group_pages.group_edit, name="group_edit"),
    path("groups/<uuid:pk>/members/new/", group_pages.member_create, name="member_create"),
    path("groups/<uuid:pk>/members/<uuid:member>/", group_pages.member_edit, name="member_edit"),
]
