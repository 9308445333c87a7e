"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import matching_pages, pages, rolling_pages, roster_pages
from .lists import pages as list_pages
from .monthly import pages as monthly_pages
from .stations import pages as station_pages
from .transport import pages as transport_pages
from .transport import retention_pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("unemployed/", list_pages.unemployed_list, name="unemployed"),
    path("warnings/", list_pages.warning_list, name="warnings"),
    path("monthly/", monthly_pages.report, name="monthly"),
    path("monthly/rows/", monthly_pages.rows, name="monthly_rows"),
    path("caseload/", station_pages.caseload, name="caseload"),
    path("caseload/worker.js", station_pages.caseload_worker, name="caseload_worker"),
    path("workerregistration/<uuid:pk>/visit/", station_pages.record_visit, name="record_visit"),
    path("workerregistration/<uuid:pk>/home/", station_pages.come_home, name="come_home"),
    path("workerregistration/<uuid:pk>/search/", station_pages.search_again, name="search_again"),
    path("followupvisit/<uuid:pk>/carry/", station_pages.carry_visit, name="carry_visit"),
    path("workertrouble/<uuid:pk>/move/", station_pages.move_trouble, name="move_trouble"),
    path("matching/", matching_pages.matching, name="matching"),
    path("matching/start/", matching_pages.start_matching, name="start_matching"),
    path("matching/rolling/", rolling_pages.switch_rolling, name="switch_rolling"),
    path("matching/decide/", matching_pages.decide_placements, name="decide_placements"),
    path("matching/<uuid:pk>/", matching_pages.match_run, name="match_run"),
    path("placement/<uuid:pk>/advance/", matching_pages.advance_placement, name="advance_placement"),
    path("retention/", retention_pages.retention, name="retention"),
    path("retentioncheck/<uuid:pk>/answer/", retention_pages.answer_check, name="answer_check"),
    path("transportbatch/<uuid:pk>/people/", transport_pages.passenger_list, name="passenger_list"),
    path("transporttrip/<uuid:pk>/ride/", transport_pages.ride, name="ride"),
    path("transporttrip/<uuid:pk>/fill/", transport_pages.fill_trip, name="fill_trip"),
    path("transporttrip/<uuid:pk>/arrive/", transport_pages.arrive_trip, name="arrive_trip"),
    path("transporttrip/<uuid:pk>/handover/", transport_pages.hand_over_trip, name="hand_over_trip"),
    path("transportpassenger/<uuid:pk>/tick/", transport_pages.tick_passenger, name="tick_passenger"),
    path("placement/<uuid:pk>/answer/", matching_pages.answer_placement, name="answer_placement"),
    path("employmentspell/<uuid:pk>/end/", pages.end_spell, name="end_spell"),
    path("roster/<uuid:pk>/compare/", roster_pages.compare_roster, name="compare_roster"),
    path("roster/<uuid:pk>/upload/", roster_pages.upload_roster, name="upload_roster"),
    path("rosterentry/<uuid:pk>/decide/", roster_pages.decide_entry, name="decide_entry"),
    path("personcategory/<uuid:pk>/end/", pages.end_category, name="end_category"),
    path("householdmember/<uuid:pk>/leave/", pages.leave_household, name="leave_household"),
]
