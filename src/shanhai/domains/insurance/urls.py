"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import batch_pages, books_pages, clearing_pages, late_pages, pages, reconciling_pages, report_pages

urlpatterns = [
    path("reports/", report_pages.reports, name="reports"),
    path("manualclaim/<uuid:pk>/advance/", pages.advance_claim, name="advance_claim"),
    path("books/", books_pages.books, name="books"),
    path("books/advance/", books_pages.move_advance, name="move_advance"),
    path("clearing/<uuid:pk>/sheet/", clearing_pages.sheet, name="clearing_sheet"),
    path("clearing/<uuid:pk>/file/check/", clearing_pages.check_file, name="check_clearing_file"),
    path("clearing/<uuid:pk>/take/", clearing_pages.take_step, name="take_clearing_step"),
    path("clearing/<uuid:pk>/dispute/", clearing_pages.raise_dispute, name="raise_dispute"),
    path("clearing/<uuid:pk>/answer/", clearing_pages.answer_dispute, name="answer_dispute"),
    path("reconciliation/<uuid:pk>/check/", reconciling_pages.check, name="check_reconciliation"),
    path("reconciliation/<uuid:pk>/compare/", reconciling_pages.compare_file, name="compare_file"),
    path("reconciliation/<uuid:pk>/decide/", reconciling_pages.decide_difference, name="decide_difference"),
    path("batch/", batch_pages.due, name="batch"),
    path("batch/settle/", batch_pages.settle_month, name="settle_month"),
    path("batch/<uuid:pk>/", batch_pages.result, name="batch_result"),
    path("medicalvisit/<uuid:pk>/settle/", pages.settle_visit, name="settle_visit"),
    path("medicalvisit/<uuid:pk>/late/", late_pages.preview, name="late"),
    path("medicalvisit/<uuid:pk>/late/settle/", late_pages.settle, name="settle_late"),
    path("medicalvisit/<uuid:pk>/reverse/", pages.reverse_settlement, name="reverse_settlement"),
    path("filing/<uuid:pk>/advance/", pages.advance_filing, name="advance_filing"),
]
