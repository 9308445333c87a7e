"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import (
    agreed_pages,
    bulletin_edit,
    bulletin_pages,
    indicator_pages,
    target_pages,
    target_years,
)
from .boards import (
    alarm_pages,
    boundary_pages,
    burden_pages,
    leader_pages,
    map_pages,
    score_pages,
    screen_pages,
)
from .packs import pages as pack_pages
from .reconciling import pages as reconciling_pages
from .runs import appeal_pages, result_pages
from .runs import pages as run_pages
from .schemes import pages as scheme_pages

urlpatterns = [
    path("map/", map_pages.the_map, name="map"),
    path("alarms/", alarm_pages.all_alarms, name="alarms"),
    path("boundaries/", boundary_pages.boundary_page, name="boundaries"),
    path("boundaries/remove/", boundary_pages.boundary_remove, name="boundary_remove"),
    path("screen/", screen_pages.screen, name="screen"),
    path("leader/", leader_pages.leader, name="leader"),
    path("scoreboard/", score_pages.scoreboard, name="scoreboard"),
    path("scoreboard/<uuid:pk>/", score_pages.score_unit, name="score_unit"),
    path("burden/", burden_pages.burden, name="burden"),
    path("burden/facts/", burden_pages.burden_facts, name="burden_facts"),
    path("indicators/", indicator_pages.indicators, name="indicators"),
    path("indicators/export/", indicator_pages.indicators_export, name="indicators_export"),
    path("indicators/<str:code>/", indicator_pages.indicator, name="indicator"),
    path("indicators/<str:code>/rows/", indicator_pages.indicator_rows, name="indicator_rows"),
    path("indicators/<str:code>/evidence/", indicator_pages.indicator_evidence, name="indicator_evidence"),
    path("indicators/<str:code>/sides/", indicator_pages.indicator_sides, name="indicator_sides"),
    path(
        "indicators/<str:code>/sides/differences/",
        reconciling_pages.side_differences,
        name="side_differences",
    ),
    path(
        "indicators/<str:code>/sides/<str:mark>/", reconciling_pages.side_difference, name="side_difference"
    ),
    path("indicators/<str:code>/amended/", indicator_pages.indicator_amended, name="indicator_amended"),
    path(
        "indicators/<str:code>/definition/", indicator_pages.indicator_definition, name="indicator_definition"
    ),
    path("indicators/<str:code>/export/", indicator_pages.indicator_export, name="indicator_export"),
    path("packs/", pack_pages.packs, name="packs"),
    path("packs/new/", pack_pages.pack, name="pack"),
    path("targets/", target_pages.targets, name="targets"),
    path("targets/years/", target_years.target_years, name="target_years"),
    path("agreed/", agreed_pages.agreed, name="agreed"),
    path("agreed/checks/", agreed_pages.agreed_checks, name="agreed_checks"),
    path("targets/<uuid:pk>/", target_pages.target, name="target"),
    path("targets/<uuid:pk>/history/", target_pages.target_history, name="target_history"),
    path("bulletins/", bulletin_pages.bulletins, name="bulletins"),
    path("bulletins/<uuid:pk>/", bulletin_pages.bulletin, name="bulletin"),
    path("bulletins/<uuid:pk>/edit/", bulletin_edit.bulletin_edit, name="bulletin_edit"),
    path("bulletins/<uuid:pk>/step/", bulletin_pages.bulletin_step, name="bulletin_step"),
    path(
        "bulletins/<uuid:pk>/figures/<uuid:figure>/", bulletin_pages.bulletin_figure, name="bulletin_figure"
    ),
    path(
        "bulletins/<uuid:pk>/receipts/<uuid:unit>/", bulletin_pages.bulletin_receive, name="bulletin_receive"
    ),
    path("bulletins/<uuid:pk>/word/", bulletin_pages.bulletin_word, name="bulletin_word"),
    path("bulletins/<uuid:pk>/pdf/", bulletin_pages.bulletin_pdf, name="bulletin_pdf"),
    path("appraisalscheme/<uuid:pk>/trial/", scheme_pages.trial, name="scheme_trial"),
    path(
        "appraisalscheme/<uuid:pk>/trial.xlsx",
        scheme_pages.trial_file,
        {"form": "xlsx"},
        name="scheme_trial_xlsx",
    ),
    path(
        "appraisalscheme/<uuid:pk>/trial.docx",
        scheme_pages.trial_file,
        {"form": "docx"},
        name="scheme_trial_docx",
    ),
    path("appraisalscheme/<uuid:pk>/trial/<uuid:unit>/", scheme_pages.trial_unit, name="scheme_trial_unit"),
    path("appraisalscheme/<uuid:pk>/release/", scheme_pages.release, name="scheme_release"),
    path("appraisalscheme/<uuid:pk>/restore/", scheme_pages.restore, name="scheme_restore"),
    path("runs/", run_pages.runs, name="runs"),
    path("runs/<uuid:pk>/", run_pages.run, name="run"),
    path("runs/<uuid:pk>/move/", run_pages.run_move, name="run_move"),
    path("runs/<uuid:pk>/recomputed/", run_pages.run_recomputed, name="run_recomputed"),
    path("runs/<uuid:pk>/run.xlsx", run_pages.run_file, {"form": "xlsx"}, name="run_xlsx"),
    path("runs/<uuid:pk>/run.docx", run_pages.run_file, {"form": "docx"}, name="run_docx"),
    path("runs/<uuid:pk>/units/<uuid:unit>/", run_pages.run_unit, name="run_unit"),
    path("runs/<uuid:pk>/units/<uuid:unit>/appeal/", appeal_pages.run_appeal, name="run_appeal"),
    path("runs/<uuid:pk>/appeals/<uuid:appeal>/decide/", appeal_pages.appeal_decide, name="appeal_decide"),
    path("runs/<uuid:pk>/appeals/<uuid:appeal>/paper/", appeal_pages.appeal_paper, name="appeal_paper"),
    path("results/", result_pages.result_list, name="results"),
    path("results/<uuid:pk>/", result_pages.result, name="result"),
    path("results/<uuid:pk>/result.xlsx", result_pages.result_file, {"form": "xlsx"}, name="result_xlsx"),
    path("results/<uuid:pk>/result.docx", result_pages.result_file, {"form": "docx"}, name="result_docx"),
]
