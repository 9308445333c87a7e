"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import (
    monthly_pages,
    pages,
    progress_pages,
    reconciling_pages,
    screening_pages,
    statement_pages,
    step_pages,
)
from .assets import care_pages, disposal_pages
from .assets import checking as asset_checking
from .assets import pages as asset_pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("reconciliation/", reconciling_pages.reconciliation, name="reconciliation"),
    path("statement/", statement_pages.statement, name="statement"),
    path("statement/check/", statement_pages.check, name="check_statement"),
    path("chain/checks/", reconciling_pages.chain_checks, name="chain_checks"),
    path("project/<uuid:pk>/advance/", pages.advance_project, name="advance_project"),
    path("assets/totals/", asset_pages.totals, name="asset_totals"),
    path("assets/details/", asset_pages.details, name="asset_details"),
    path("assets/rents/", asset_pages.rent_book, name="asset_rents"),
    path("assets/distributions/", asset_pages.distributions, name="asset_distributions"),
    path("assets/inspections/", asset_pages.inspections, name="asset_inspections"),
    path("assets/disposals/", asset_pages.disposals, name="asset_disposals"),
    path("assetdisposal/<uuid:pk>/decide/", disposal_pages.decide_disposal, name="decide_disposal"),
    path("assets/rounds/", care_pages.rounds, name="rounds"),
    path("asset/<uuid:pk>/inspect/", care_pages.inspect_asset, name="inspect_asset"),
    path("assetlease/<uuid:pk>/end/", care_pages.end_lease, name="end_lease"),
    path("assets/checks/", asset_checking.checks, name="asset_checks"),
    path("asset/<uuid:pk>/title/", asset_pages.register_title, name="title_asset"),
    path("asset/<uuid:pk>/standing/", asset_pages.move_asset, name="move_asset"),
    path("paths/", step_pages.project_paths, name="project_paths"),
    path("project/<uuid:pk>/path/", step_pages.project_path, name="project_path"),
    path("project/<uuid:pk>/move/", step_pages.move_project, name="move_project"),
    path("project/<uuid:pk>/change/", step_pages.change_project, name="change_project"),
    path("screening/", screening_pages.screening_page, name="screening"),
    path("project/<uuid:pk>/let-pass/", screening_pages.let_pass, name="let_pass"),
    path("progress/", progress_pages.progress_board, name="progress_board"),
    path("project/<uuid:pk>/progress/", progress_pages.project_progress, name="project_progress"),
    path("milestone/<uuid:pk>/finish/", progress_pages.finish_milestone, name="finish_milestone"),
    path("monthly/", monthly_pages.monthly, name="monthly"),
]
