"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import minutes_pages, outside_pages, pages, reminder_pages, resolution_pages, supervision_pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("resolutions/", resolution_pages.resolutions, name="resolutions"),
    path("resolution/<uuid:pk>/report/", resolution_pages.report, name="report"),
    path("resolutionprogress/<uuid:pk>/decide/", resolution_pages.decide, name="decide"),
    path("minutes/", minutes_pages.minutes, name="minutes"),
    path("jointmeeting/<uuid:pk>/minutes.docx", minutes_pages.minutes_docx, name="minutes_docx"),
    path("slips/raise/", supervision_pages.raise_slip, name="raise_slip"),
    path("supervisionslip/<uuid:pk>/act/", supervision_pages.act, name="act"),
    path("supervisionslip/<uuid:pk>/paper/", supervision_pages.slip_paper, name="slip_paper"),
    path("reminders/", reminder_pages.reminders, name="reminders"),
    path("outside/", outside_pages.outside, name="outside"),
    path("outside/checks/", outside_pages.outside_checks, name="outside_checks"),
    path("publiccomplaint/<uuid:pk>/handle/", outside_pages.handle_complaint, name="handle_complaint"),
    path("outsidematter/<uuid:pk>/handle/", outside_pages.handle_matter, name="handle_matter"),
    path("effect/", supervision_pages.effect, name="effect"),
]
