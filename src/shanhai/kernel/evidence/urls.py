"""Addresses of evidence: of a file by its link, and below each row for uploads."""

from typing import Any

from django.urls import URLPattern, path

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.urls import register_urls

from . import damage, looking, reuse_page, views

urlpatterns = [
    path("evidence/damage/", damage.damage, name="evidence_damage"),
    path("evidence/damage/again/", damage.again, name="evidence_damage_again"),
    path("evidence/<uuid:pk>/", views.open_file, name="evidence_file"),
    path("evidence/<uuid:pk>/look/", looking.look, name="evidence_look"),
    path("evidence/<uuid:pk>/pages/<int:number>/", looking.page_of, name="evidence_page"),
    path("evidence/<uuid:pk>/small/", views.small_picture, name="evidence_thumbnail"),
    path("evidence/<uuid:pk>/remove/", views.remove_file, name="evidence_remove"),
]


@register_urls
def ledger_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    return [
        path(
            "<uuid:pk>/evidence/",
            views.upload_files,
            {"ledger": ledger},
            name=f"{ledger.slug}_evidence",
        ),
        path(
            "<uuid:pk>/evidence/stored/",
            reuse_page.stored_papers,
            {"ledger": ledger},
            name=f"{ledger.slug}_evidence_stored",
        ),
    ]
