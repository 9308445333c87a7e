"""Targets, the two sides and the pack of papers over the API, by the rules of their pages."""

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.indicators.conftest import Toys
from shanhai.domains.appraisal.models import IndicatorTarget
from shanhai.engines.packs import MANIFEST
from shanhai.kernel import context
from shanhai.kernel.jobs import runner
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State

TARGETS = "/api/v1/targets/"
PACKS = "/api/v1/packs/"
PAPER = b"%PDF-1.4\n%%EOF"
FIGURE = "/api/v1/indicators/TOY-1/"
Q3 = {"period": "2021Q3"}


def send(client: Any, method: str, url: str, body: Any) -> Any:
    return getattr(client, method)(url, json.dumps(body), content_type="application/json")


@pytest.fixture
def both(cast: Any) -> Toys:
    """A: equal; B: other pieces; C, D: one side only; E: private in the west."""
    toys = Toys(cast)
    for code in "ABCDE":
        if code != "D":
            toys.output(toys.workshop(code, side=Side.EAST), "2021-08", 20)
        if code != "C":
            more: dict[str, Any] = {"sharing": Sharing.PRIVATE} if code == "E" else {}
            toys.output(toys.workshop(code), "2021-08", 21 if code == "B" else 20, **more)
    return toys


def test_a_target_is_set_once_and_changed_for_a_reason(cast: Any, client_of: Any) -> None:
    wang = client_of("wang")
    body = {"code": "TOY-1", "year": 2021, "value": "50", "source": "玩具协议 1"}
    made = send(wang, "post", TARGETS, body).json()
    assert (made["value"], made["unit"], made["place"]) == ("50", None, None)
    again = send(wang, "post", TARGETS, body).json()
    assert (again["code"], again["problems"][""]) == ("rule_violated", ["这个指标本年度已有目标。"])
    assert send(wang, "post", TARGETS, {**body, "code": "TOY-X"}).json()["problems"].keys() == {"code"}
    other = {**body, "unit": str(cast.dm_labour.pk)}
    assert send(wang, "post", TARGETS, other).json()["problems"].keys() == {"unit"}
    url = f"{TARGETS}{made['id']}/"
    assert send(wang, "patch", url, {"value": "60", "reason": " "}).json()["problems"].keys() == {"reason"}
    changed = send(wang, "patch", url, {"value": "60", "reason": "补充协议"}).json()
    assert (changed["value"], changed["source"]) == ("60", "玩具协议 1")
    with context.unscoped("test"):
        assert IndicatorTarget.objects.get().value == 60
        assert HistoryEntry.objects.get(row_id=made["id"], operation="update").reason == "补充协议"
    bob = client_of("bob")
    assert [one["id"] for one in bob.get(TARGETS).json()] == [made["id"]]
    assert send(bob, "patch", url, {"value": "1", "reason": "x"}).status_code == 403
    assert client_of("alice").get(TARGETS).json() == []
    assert send(client_of("carol"), "patch", url, {"value": "1", "reason": "x"}).status_code == 404


def test_both_sides_are_compared_key_by_key(both: Toys, client_of: Any) -> None:
    wang = client_of("wang")
    found = wang.get(f"{FIGURE}sides/", Q3).json()
    assert (found["west"], found["east"], found["difference"]) == ("81", "80", "1")
    assert found["counts"] == {"only_east": 1, "only_west": 1, "different": 1, "same": 2}
    (pair,) = wang.get(f"{FIGURE}sides/", {**Q3, "match": "different"}).json()["items"]
    assert "B" in str(pair["key"])
    assert pair["differing"] and {pair["west"][one] for one in pair["differing"]} != set()
    assert pair["west_id"] and pair["east_id"] and pair["west"] != pair["east"]
    assert wang.get(f"{FIGURE}sides/", {**Q3, "match": "weather"}).status_code == 404


def test_what_the_other_side_keeps_private_is_not_compared(both: Toys, client_of: Any) -> None:
    carol = client_of("carol")
    found = carol.get(f"{FIGURE}sides/", {**Q3, "match": "only_east"}).json()
    assert (found["west"], found["counts"]["same"], found["counts"]["only_east"]) == ("61", 1, 2)
    assert all(one["west"] is None and one["west_id"] is None for one in found["items"])


def test_an_amendment_is_told_with_the_rows_it_touched(both: Toys, client_of: Any) -> None:
    assert client_of("bob").get(f"{FIGURE}amended/", Q3).json() == {
        "difference": None,
        "rows": 0,
        "items": [],
    }
    row = both.output(both.workshop("Z"), "2021-07", 5)
    url = f"/api/v1/toys/output/{row.pk}/amendments/"
    sent = {"pieces": 8, "row_version": 1, "reason": "抄错了"}
    one = send(client_of("bob"), "post", url, sent).json()
    assert send(client_of("wang"), "post", f"{url}{one['id']}/accept/", {}).status_code == 200
    told = client_of("bob").get(f"{FIGURE}amended/", Q3).json()
    assert (told["difference"], told["rows"]) == ("3", 1)
    (item,) = told["items"]
    assert (item["id"], item["before"], item["after"]) == (str(row.pk), "5", "8")


def test_the_pack_holds_the_papers_of_the_counted_rows(cast: Any, client_of: Any) -> None:
    toys, bob = Toys(cast), client_of("bob")
    row = toys.output(toys.workshop("W1"), "2021-07", 5, state=State.DRAFT)
    sent = {"file": SimpleUploadedFile("产量.pdf", PAPER), "category": "voucher"}
    bob.post(f"/api/v1/toys/output/{row.pk}/evidence/", sent)
    with context.unscoped("verified by somebody"):
        row.state = State.VERIFIED
        row.save()
    asked = {"about": "indicator", "code": "TOY-1", **Q3}
    job = send(bob, "post", PACKS, asked).json()
    runner.run(UUID(job["id"]))
    done = bob.get(f"/api/v1/jobs/{job['id']}/").json()
    assert done["state"] == "done", done
    content = bob.get(done["file"]).getvalue()
    archive = zipfile.ZipFile(io.BytesIO(content))
    (path,) = (name for name in archive.namelist() if name.endswith("产量.pdf"))
    assert archive.read(path) == PAPER
    (told,) = bob.get(PACKS).json()["items"]
    assert (told["packed_rows"], told["papers"], told["missing"]) == (1, 1, 0)
    assert told["digest"] == hashlib.sha256(archive.read(MANIFEST)).hexdigest()
