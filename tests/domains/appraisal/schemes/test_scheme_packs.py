"""The pack of a whole appraisal, and that of one self-report."""

from typing import Any

from shanhai.domains.appraisal.models import AppraisalEntry
from shanhai.kernel import clock, context
from shanhai.kernel.evidence.store import store
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.scope import Sharing, Side


def test_a_whole_appraisal_names_items_without_report_and_papers_of_reports(
    scheme: Any, cast: Any, sign_in: Any, made: Any
) -> None:
    with context.unscoped("test"):
        entry = AppraisalEntry.objects.create(
            scheme=scheme, item_number=3, period="2021", side=Side.WEST, owner_unit=cast.mt_labour,
            sharing=Sharing.PRIVATE, state="verified", grade="好",
        )  # fmt: skip
        EvidenceLink.objects.create(
            ledger=entry.ledger_key(), row_id=entry.pk, file=store("west", b"%PDF-1.4 own"),
            evidence_class="proof", name="经验.pdf", attached_at=clock.now(), attached_by="system:test",
        )  # fmt: skip
    _archive, told = made(cast, "wang", {"about": "scheme", "pk": str(scheme.pk), "year": "2021"})
    mine = [line for line in told["lines"] if line["whose"] == cast.mt_labour.name and line["code"] == "03"]
    assert [line["path"].rpartition("-")[2] for line in mine] == ["经验.pdf"]
    others = [line for line in told["lines"] if line["whose"] != cast.mt_labour.name and line["code"] == "03"]
    assert others and {line["standing"] for line in others} == {"missing"}
    assert not [line for line in told["lines"] if line["code"] == "02" and not line["row_id"]]
    archive, told = made(cast, "wang", {"about": "entry", "pk": str(entry.pk)})
    assert [line["name"] for line in told["lines"]] == ["经验.pdf"] and len(archive.namelist()) == 4
    page = sign_in("wang").get(f"/appraisal/appraisalentry/{entry.pk}/").content.decode()
    assert f"about=entry&amp;pk={entry.pk}" in page
