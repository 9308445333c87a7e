"""Self-reports: what is asked of one, what counts without papers, and what the unit is told before."""

from decimal import Decimal
from typing import Any

import pytest

from shanhai.domains.appraisal.models import AppraisalEntry, AppraisalScheme
from shanhai.domains.appraisal.schemes import reports
from shanhai.domains.appraisal.schemes.entries import early_check
from shanhai.domains.appraisal.schemes.pages import drafted
from shanhai.kernel import clock, context
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.models import EvidenceFile, EvidenceLink
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing, Side


def entry(scheme: AppraisalScheme, unit: Any, number: int, **said: Any) -> AppraisalEntry:
    with context.unscoped("test"):
        return AppraisalEntry.objects.create(
            scheme=scheme, item_number=number, period="2021", side=Side.WEST, owner_unit=unit,
            sharing=Sharing.PRIVATE, state="verified", **said,
        )  # fmt: skip


def attach(row: AppraisalEntry) -> None:
    with context.unscoped("test"):
        file, _made = EvidenceFile.objects.get_or_create(
            side=row.side, digest="0" * 64, size=1, content_type="application/pdf", stored_at=clock.now()
        )
        EvidenceLink.objects.create(
            ledger=row.ledger_key(), row_id=row.pk, file=file, evidence_class="proof", name="a.pdf",
            attached_at=clock.now(), attached_by="x",
        )  # fmt: skip


def totals(scheme: AppraisalScheme) -> dict[str, str]:
    found = reports.tried(scheme, drafted(scheme), 2021)
    return {unit.code: str(result.total) for unit, result in found.ranked}


def test_a_graded_item_counts_with_its_paper_only(scheme: AppraisalScheme, cast: Any, as_actor: Any) -> None:
    good = entry(scheme, cast.mt_labour, 3, grade="好")
    entry(scheme, cast.mt_yongxing, 3, grade="好")
    praised = entry(scheme, cast.mt_yongxing, 4, reported=Decimal(9))
    attach(good)
    attach(praised)
    with as_actor("wang"):
        assert totals(scheme) == {"mt_labour": "100.00", "mt_yongxing": "70.00"}


def test_a_unit_is_told_before_it_submits(
    scheme: AppraisalScheme, cast: Any, as_actor: Any, sign_in: Any
) -> None:
    row = entry(scheme, cast.mt_labour, 3, grade="好")
    with context.unscoped("test"):
        AppraisalEntry.objects.filter(pk=row.pk).update(state="draft")
    page = sign_in("bob").get(f"/appraisal/appraisalentry/{row.pk}/").content.decode()
    assert "没有佐证的不计分" in page
    assert "附齐佐证可得 20 分" in page
    attach(row)
    with as_actor("bob"):
        found = early_check(AppraisalEntry.objects.get(pk=row.pk))
    assert found is not None
    assert found.line is not None
    assert (str(found.line.points), found.lacks_paper) == ("20.00", False)


@pytest.mark.parametrize(
    ("number", "said", "field"),
    [
        (9, {}, "item_number"),
        (3, {"grade": "优"}, "grade"),
        (3, {"grade": "好", "reported": 3}, "reported"),
        (1, {"reported": 3}, "reported"),
        (4, {}, "reported"),
        (4, {"reported": 1, "grade": "好"}, "grade"),
    ],
)
def test_what_does_not_fit_its_item_is_refused(
    scheme: AppraisalScheme, as_actor: Any, number: int, said: Any, field: str
) -> None:
    ledger = registry.get(AppraisalEntry.ledger_key())
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        create_row(ledger, {"scheme": scheme, "item_number": number, "period": "2021", **said}, actor=bob)
    assert set(refused.value.problems) == {field}


def test_other_units_and_the_other_side_do_not_see_it(
    scheme: AppraisalScheme, cast: Any, sign_in: Any
) -> None:
    row = entry(scheme, cast.mt_yongxing, 3, grade="好")
    url = f"/appraisal/appraisalentry/{row.pk}/"
    assert [sign_in(who).get(url).status_code for who in ("bob", "carol", "wang")] == [404, 404, 200]
