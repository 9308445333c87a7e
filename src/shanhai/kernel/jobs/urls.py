"""Addresses of jobs, below `/jobs/`."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.jobs, name="jobs"),
    path("<uuid:pk>/", pages.job, name="job"),
    path("<uuid:pk>/cancel/", pages.cancel, name="job_cancel"),
    path("<uuid:pk>/file/", pages.download, name="job_file"),
]
