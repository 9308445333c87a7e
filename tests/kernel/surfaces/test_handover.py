"""Rows go to another unit of the side: one or many, for a reason, recorded, whatever their state."""

from typing import Any

import pytest

from kernel.surfaces.reading import WORKSHOPS, page, words
from kernel.surfaces.test_bulk import BULK, confirm
from shanhai.kernel import context
from shanhai.kernel.models import Handover, HistoryEntry
from toys.models import Workshop


def owners() -> dict[str, str]:
    with context.unscoped("look"):
        return dict(Workshop.objects.values_list("code", "owner_unit__code"))


def asked(rows: Any, unit: Any) -> dict[str, Any]:
    return {"verb": "handover", "ids": [str(row.pk) for row in rows], "unit": str(unit.pk)}


def test_many_rows_go_over_for_one_reason_and_it_is_recorded(
    make: Any, cast: Any, sign_in: Any, client_of: Any
) -> None:
    rows = [make("A1"), make("A2", state="verified"), make("A3", state="voided")]
    client = sign_in("carol")
    chosen = client.post(BULK, {"verb": "handover", "ids": [str(row.pk) for row in rows]})
    names = [one.get_text(strip=True) for one in page(chosen).select("select[name=unit] option")]
    assert "区财政局" in names and "县人力资源和社会保障局" not in names
    shown = client.post(BULK, asked(rows, cast.dm_finance))
    assert "将处理 2 条，跳过 1 条" in words(shown) and "已作废的记录不移交" in words(shown)
    assert "填报单位：区人力资源和社会保障局 → 区财政局" in words(shown)
    assert confirm(client, shown, reason=" ").status_code == 422
    assert confirm(client, shown, reason="机构改革").status_code == 303
    assert owners() == {"A1": "dm_finance", "A2": "dm_finance", "A3": "dm_labour"}
    one = Handover.objects.get()
    assert (one.unit, one.reason, len(one.row_ids)) == (cast.dm_finance, "机构改革", 2)
    entries = HistoryEntry.objects.filter(table_name="toys_workshop", reason="移交：机构改革")
    assert {entry.actor for entry in entries} == {cast.actor("carol").key} and entries.count() == 2
    anna, alice = client_of("anna"), client_of("alice")
    assert "移交给本单位的" in words(anna.get("/")) and "机构改革" in words(anna.get("/"))
    assert anna.get(f"{WORKSHOPS}{rows[0].pk}/edit/").status_code == 200
    assert alice.get(f"{WORKSHOPS}{rows[0].pk}/").status_code == 404  # a draft of another unit
    assert alice.get(f"{WORKSHOPS}{rows[1].pk}/").status_code == 200  # verified and shared


def test_the_owner_hands_over_a_single_row_from_its_page(make: Any, cast: Any, sign_in: Any) -> None:
    row = make("A1")
    client = sign_in("alice")
    form = page(client.get(f"{WORKSHOPS}{row.pk}/")).select_one(f"form[action='{BULK}']")
    assert form is not None and "移交" in form.get_text()
    shown = client.post(BULK, asked([row], cast.dm_finance))
    assert confirm(client, shown, reason="换人").status_code == 303
    assert owners() == {"A1": "dm_finance"}


@pytest.mark.parametrize(("who", "status"), [("anna", "0"), ("bob", "0"), ("victor", 403), ("dave", 403)])
def test_others_hand_over_nothing_of_mine(make: Any, cast: Any, sign_in: Any, who: str, status: Any) -> None:
    row = make("A1", state="verified")
    unit = cast.mt_yongxing if who == "bob" else cast.dm_finance
    response = sign_in(who).post(BULK, asked([row], unit))
    if status == "0":
        assert "不在您的办理范围内" in words(response) and "将处理 0 条" in words(response)
    else:
        assert response.status_code == status
    assert owners() == {"A1": "dm_labour"}


def test_a_unit_of_the_other_side_is_never_a_receiver(make: Any, cast: Any, sign_in: Any) -> None:
    row = make("A1")
    response = sign_in("carol").post(BULK, asked([row], cast.mt_labour))
    assert "移交给" in words(response) and owners() == {"A1": "dm_labour"}


def test_what_is_done_is_what_was_shown(make: Any, cast: Any, sign_in: Any) -> None:
    row, other = make("A1"), make("A2")
    client = sign_in("carol")
    shown = client.post(BULK, asked([row], cast.dm_finance))
    swapped = confirm(client, shown, reason="换", ids=[str(other.pk)])
    assert swapped.status_code == 409
    with context.unscoped("changed meanwhile"):
        Workshop.objects.filter(pk=row.pk).update(row_version=2)
    assert confirm(client, shown, reason="换").status_code == 409
    assert owners() == {"A1": "dm_labour", "A2": "dm_labour"}
