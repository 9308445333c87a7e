"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import (
    differences,
    matrix,
    outputs,
    policy_checks,
    policy_pages,
    question_pages,
    scheme_pages,
    section_pages,
    task_pages,
)

urlpatterns = [
    path("schemes/", scheme_pages.schemes, name="schemes"),
    path("schemes/import/", scheme_pages.import_new, name="import"),
    path("schemes/<uuid:pk>/", scheme_pages.scheme, name="scheme"),
    path("schemes/<uuid:pk>/newer/", scheme_pages.import_newer, name="newer"),
    path("schemes/<uuid:pk>/correct/", scheme_pages.correct, name="correct"),
    path("schemes/<uuid:pk>/terms/", scheme_pages.terms, name="terms"),
    path("versions/<uuid:pk>/", scheme_pages.version, name="version"),
    path("versions/<uuid:pk>/save/", scheme_pages.save, name="save"),
    path("versions/<uuid:pk>/discard/", scheme_pages.discard, name="discard"),
    path("versions/<uuid:pk>/answer/", question_pages.answer, name="answer"),
    path("versions/<uuid:pk>/difference/", differences.difference, name="difference"),
    path("versions/<uuid:pk>/matrix/", matrix.matrix, name="matrix"),
    path("versions/<uuid:pk>/tasks.xlsx", outputs.tasks_xlsx, name="tasks_xlsx"),
    path("versions/<uuid:pk>/tasks.docx", outputs.tasks_docx, name="tasks_docx"),
    path("sections/<uuid:pk>/", section_pages.section, name="section"),
    path("sections/<uuid:pk>/change/", section_pages.change, name="section_change"),
    path("sections/<uuid:pk>/split/", section_pages.split, name="section_split"),
    path("sections/<uuid:pk>/merge/", section_pages.merge, name="section_merge"),
    path("sections/<uuid:pk>/duties/add/", section_pages.add_duty, name="section_add_duty"),
    path("sections/<uuid:pk>/duties/", section_pages.duty, name="section_duty"),
    path("tasks/", task_pages.mine, name="mine"),
    path("tasks/<uuid:pk>/", task_pages.task, name="task"),
    path("tasks/<uuid:pk>/plan/", task_pages.plan, name="plan"),
    path("checks/", policy_checks.checks, name="checks"),
    path("policyclause/<uuid:pk>/chain/", policy_pages.chain, name="chain"),
]
