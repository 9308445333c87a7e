"""Packs of evidence: what is in them, what is said to be missing, who gets what, and that they prove it."""

import json
from typing import Any

from shanhai.kernel import context
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.scope import Sharing
from toys.models import Output

FIGURE = {"about": "indicator", "code": "TOY-1", "period": "2021Q3", "side": "west"}
type Told = dict[str, Any]


def test_the_page_counts_beforehand_and_the_job_is_one_step_away(papers: Any, sign_in: Any) -> None:
    client = sign_in("wang")
    page = client.get("/appraisal/packs/new/", FIGURE).content.decode()
    assert "缺 3 份佐证" in page and "生成佐证包" in page
    answer = client.post("/appraisal/packs/new/?" + "&".join(f"{k}={v}" for k, v in FIGURE.items()))
    assert answer.status_code == 303 and answer.url == f"/jobs/{Job.objects.get().pk}/"
    assert client.get("/appraisal/packs/new/", {"about": "nothing"}).status_code == 404
    sent = client.post("/api/v1/packs/", {**FIGURE, "code": "TOY-2"}, content_type="application/json")
    assert sent.status_code == 202 and sent.json()["kind"] == "evidence_pack"


def test_of_the_other_side_only_what_it_shares_is_in_or_counted(papers: Any, made: Any) -> None:
    with context.unscoped("toys"):
        Output.objects.exclude(workshop__code="W0").update(sharing=Sharing.PRIVATE)
        Output.objects.filter(workshop__code="W0").update(sharing=Sharing.SHARED)
        hidden = {str(pk) for pk in Output.objects.exclude(workshop__code="W0").values_list("pk", flat=True)}
    _archive, told = made(papers, "carol", FIGURE)
    text = json.dumps(told, ensure_ascii=False)
    assert not [pk for pk in hidden if pk in text]
    (part,) = told["parts"]
    assert (part["rows"], part["missing"], part["value"][:2]) == (1, 0, "10")


def test_who_may_read_no_ledger_gets_no_pack(papers: Any, sign_in: Any) -> None:
    for username in ("eve", "root"):
        client = sign_in(username)
        assert client.get("/appraisal/packs/new/", FIGURE).status_code == 403
        assert client.get("/appraisal/packs/").status_code == 403
    assert not Job.objects.exists()


def test_a_unit_has_every_indicator_that_counts_its_rows(papers: Any, made: Any) -> None:
    what = {"about": "unit", "unit": str(papers.mt_labour.pk), "period": "2021Q3"}
    _archive, told = made(papers, "wang", what)
    found = {part["code"]: part["rows"] for part in told["parts"]}
    assert found["TOY-1"] == 6 and all(found.values())
    assert {part["whose"] for part in told["parts"]} == {papers.mt_labour.name}
