"""Addresses of the kernel's own pages that belong to no single ledger; included at the root."""

from django.urls import include, path

from .surfaces import views
from .surfaces.api.site import api_urls

urlpatterns = [
    path("lookup/by-number/", views.lookup_by_number, name="lookup_by_number"),
    path("lookup/<str:key>/", views.lookup, name="lookup"),
    path("", include("shanhai.kernel.evidence.urls")),
    path("", include("shanhai.kernel.periods.urls")),
    path("amendments/", include("shanhai.kernel.amendments.urls")),
    path("", include("shanhai.kernel.readings.urls")),
    path("", include("shanhai.kernel.chain.urls")),
    path("", include("shanhai.kernel.exports.urls")),
    path("jobs/", include("shanhai.kernel.jobs.urls")),
    path("api/v1/", api_urls()),
]
