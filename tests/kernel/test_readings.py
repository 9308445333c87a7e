"""Who looked at what is masked: a value opens for a reason alone, and its watchers see who looked."""

import io
from typing import Any

import openpyxl
import pytest
from django.db import ProgrammingError, transaction

from shanhai.kernel import actions, context
from shanhai.kernel.evidence.attach import record_reading, upload
from shanhai.kernel.models import FieldReading, HistoryEntry
from shanhai.kernel.registry import registry

PHONE, MASKED = "13912345678", "139****5678"


@pytest.fixture
def row(cast: Any) -> Any:
    with context.acting(cast.actor("alice")) as current:
        values = {"code": "W1", "name": "一号车间", "keeper_phone": PHONE}
        return actions.create_row(registry.get("toys.workshop"), values, actor=current.actor)


def at(row: Any, page: str = "") -> str:
    return f"/toys/workshop/{row.pk}/{page}"


def asked(**form: str) -> dict[str, str]:
    return {"field": "keeper_phone", "reason": "核对身份", **form}


def test_a_value_opens_this_once_for_a_reason_that_is_kept(row: Any, client_of: Any, cast: Any) -> None:
    dave = client_of("dave")
    page = dave.get(at(row)).content.decode()
    assert MASKED in page and PHONE not in page and at(row, "unmask/") in page
    shown = dave.post(at(row, "unmask/"), asked())
    assert PHONE in shown.content.decode() and "本次查看已记录" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert PHONE not in dave.get(at(row)).content.decode()
    kept = FieldReading.objects.get()
    assert (kept.row_id, kept.field, kept.reason) == (row.pk, "keeper_phone", "核对身份")
    assert (kept.read_by, kept.side) == (str(cast.users["dave"].pk), "east")
    assert not HistoryEntry.objects.filter(row__icontains=PHONE).exists()


@pytest.mark.parametrize(
    ("who", "form", "status"),
    [
        ("dave", asked(reason=" "), 422),
        ("dave", asked(field="keeper_identity"), 422),  # nothing filled in
        ("dave", asked(field="name"), 404),
        ("alice", asked(), 403),  # files it, may not unmask it
        ("bob", asked(), 404),
        ("ruth", asked(), 404),
        ("lily", asked(), 403),
    ],
)
def test_nobody_else_reads_and_nothing_is_recorded(
    row: Any, client_of: Any, who: str, form: dict[str, str], status: int
) -> None:
    answer = client_of(who).post(at(row, "unmask/"), form)
    assert answer.status_code == status
    assert PHONE not in answer.content.decode()
    assert not FieldReading.objects.exists()


def test_those_who_watch_see_who_looked_by_person_row_and_time(
    row: Any, client_of: Any, cast: Any, queries: Any
) -> None:
    ledger = registry.get("toys.workshop")
    with context.acting(cast.actor("alice")) as current:
        paper = upload(ledger, row, b"%PDF-1.4\n%%EOF", "凭证.pdf", "photo", actor=current.actor)
    with context.acting(cast.actor("victor")) as current:
        record_reading([paper], current.actor)
    dave = client_of("dave")
    dave.post(at(row, "unmask/"), asked())
    whole = dave.get("/readings/").content.decode()
    assert "查看“负责人电话”" in whole and "查阅佐证“凭证.pdf”" in whole and "核对身份" in whole
    assert at(row) in whole and PHONE not in whole
    of_dave = dave.get(f"/readings/?who={cast.users['dave'].pk}").content.decode()
    assert "查看“负责人电话”" in of_dave and "查阅佐证" not in of_dave
    assert "查看“负责人电话”" not in dave.get("/readings/?to=2021-09-23").content.decode()
    assert "查看“负责人电话”" in dave.get(f"/readings/?ledger=toys.workshop&row={row.pk}").content.decode()
    assert "查看“负责人电话”" not in client_of("ruth").get("/readings/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(dave.get("/readings/export/").getvalue()))
    assert book.worksheets[0].max_column == 6
    with queries() as few:
        dave.get("/readings/")
    for _ in range(5):
        dave.post(at(row, "unmask/"), asked())
    with queries() as many:
        dave.get("/readings/")
    assert len(many) <= len(few)


def test_the_history_of_a_row_tells_those_who_may_unmask_it(row: Any, client_of: Any) -> None:
    victor = client_of("victor")
    assert "没有人查看过" in victor.get(at(row, "history/")).content.decode()
    victor.post(at(row, "unmask/"), asked())
    assert "核对身份" in victor.get(at(row, "history/")).content.decode()
    assert "谁看过遮盖的内容" not in client_of("alice").get(at(row, "history/")).content.decode()


def test_the_record_cannot_be_changed(row: Any, client_of: Any) -> None:
    client_of("dave").post(at(row, "unmask/"), asked())
    with context.unscoped("tamper"):
        for tamper in (FieldReading.objects.all().delete, lambda: FieldReading.objects.update(reason="别的")):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                tamper()
