"""Addresses of the chapter's own pages, in its namespace."""

from django.urls import path

from . import course_pages, further_pages, pages

urlpatterns = [
    path("checks/", pages.checks, name="checks"),
    path("workshops/", pages.workshop_book, name="workshop_book"),
    path("workshop/<uuid:pk>/move/", pages.move_workshop, name="move_workshop"),
    path("enrolment/", further_pages.enrolment_book, name="enrolment_book"),
    path("survival/", further_pages.survival_book, name="survival_book"),
    path("leaders/", further_pages.leader_book, name="leader_book"),
    path("applicant/<uuid:pk>/move/", further_pages.move_on, name="move_applicant"),
    path("cohorts/", course_pages.cohort_book, name="cohort_book"),
    path("trainingclass/<uuid:pk>/issue/", course_pages.issue_certificates, name="issue_certificates"),
    path("classday/<uuid:pk>/sheet/", course_pages.class_sheet, name="class_sheet"),
    path("classday/<uuid:pk>/present/", course_pages.mark_present, name="mark_present"),
    path("certificate/<uuid:pk>/print/", course_pages.print_certificate, name="print_certificate"),
    path("trainingclass/<uuid:pk>/certificates/", course_pages.print_certificates, name="print_certificates"),
    path("certificate/<uuid:pk>/revoke/", course_pages.revoke_certificate, name="revoke_certificate"),
    path("checkin/<str:token>/", course_pages.check_in, name="check_in"),
    path("proof/", course_pages.prove_certificate, name="prove_certificate"),
]
