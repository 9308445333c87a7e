"""A trial says how firm each rank is, and which figures look odd."""

from decimal import Decimal
from typing import Any

from shanhai.domains.appraisal.models import AppraisalScheme, AppraisalThreshold
from shanhai.domains.appraisal.schemes import reports
from shanhai.domains.appraisal.schemes.pages import drafted
from shanhai.domains.appraisal.schemes.watching import firm_ranks, firm_sentence, odd_figures
from shanhai.kernel import context
from toys.models import Output


def test_a_trial_says_what_would_change_a_rank(scheme: AppraisalScheme, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang"):
        found = reports.tried(scheme, drafted(scheme), 2021)
        [one] = firm_ranks(found)
        sentence = firm_sentence(one, found.text)
    assert (one.lead, one.least) == (15, 60)
    assert "“件数”的分值由 60.00 调到 0.00（其余按比例）即持平" in sentence
    page = sign_in("wang").get(f"/appraisal/appraisalscheme/{scheme.pk}/trial/?year=2021").content.decode()
    assert sentence in page


def test_a_figure_carried_forward_is_hinted_at_and_opens_to_its_rows(
    scheme: AppraisalScheme, as_actor: Any, sign_in: Any
) -> None:
    with context.unscoped("toys"):
        for output in Output.objects.all():
            output.pieces = 1117
            output.save()
            output.pk, output.period = None, "2020-11"
            output.save(force_insert=True)
        AppraisalThreshold.objects.filter(code="jump_times").update(value=Decimal(2))
    with as_actor("wang"):
        said = [
            (one.unit.name, one.sentence) for one in odd_figures(reports.tried(scheme, drafted(scheme), 2021))
        ]
    assert ("永兴镇人民政府", "与上年的 3,351 完全相同，是否照抄？") in said
    told = sign_in("wang").get(f"/api/v1/appraisal/appraisalscheme/{scheme.pk}/trial/?year=2021").json()
    assert len(told["hints"]) == len(said)
    assert [one["lead"] for one in told["firmness"]] == [str(Decimal("0.00"))]
