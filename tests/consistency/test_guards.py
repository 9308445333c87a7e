"""The guards bite: each mistake they are for fails here."""

import socket
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from shanhai.kernel.database import recorded_models
from shanhai.kernel.errors import ScopeMissing
from shanhai.kernel.models import EvidenceFile, HistoryEntry
from shanhai.kernel.rows import LedgerModel


def _page(_request: Any) -> HttpResponse:
    return HttpResponse('<form method="post"><button>存</button></form>')


urlpatterns = [path("form/", _page)]


def test_a_slice_in_no_order_fails() -> None:
    with pytest.raises(AssertionError, match="in no order"):
        EvidenceFile.objects.all()[:3]
    assert EvidenceFile.objects.order_by()[:3].query.is_sliced


def test_a_form_without_token_fails(settings: Any, db: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    with pytest.raises(AssertionError, match="without a CSRF token"):
        Client().get("/form/")


def test_a_connection_to_the_outside_fails() -> None:
    with socket.socket() as opened, pytest.raises(AssertionError, match="leaves the machine"):
        opened.connect(("192.0.2.1", 80))


def test_a_naive_moment_fails(db: Any) -> None:
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        list(HistoryEntry.objects.filter(at=datetime(2021, 9, 24)))  # noqa: DTZ001


def test_no_ledger_answers_outside_a_scope() -> None:
    for model in apps.get_models():
        if issubclass(model, LedgerModel):
            with pytest.raises(ScopeMissing):
                model._default_manager.count()


def test_every_recorded_table_is_watched_by_the_database(db: Any) -> None:
    """Insert, update and delete of each; a write outside a context is tried in kernel/test_history.py."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE tgname LIKE 'history\\_%' AND tgenabled = 'O' GROUP BY relname"
        )
        watched = dict(cursor.fetchall())
    tables = {model._meta.db_table for model in recorded_models()}
    assert watched == dict.fromkeys(tables, 3)
