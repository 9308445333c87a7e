"""An issued bulletin stays as it was; beside it stands which of its numbers were amended since."""

from datetime import timedelta
from typing import Any

from kernel.amendments.test_effect import amend
from kernel.surfaces.reading import words
from shanhai.domains.appraisal.models import Bulletin
from shanhai.kernel import clock, context
from toys.models import Output


def test_amendments_after_the_issue_are_told_and_numbers_stay(
    bulletin: Bulletin, cast: Any, client_of: Any
) -> None:
    client, address = client_of("wang"), f"/appraisal/bulletins/{bulletin.pk}/"
    client.post(f"{address}step/", {"step": "issue"})
    assert "签发后有更正" not in words(client.get(address))
    with context.unscoped("look"):
        row = Output.objects.get(workshop__code="W0")
        frozen = {one.key: one.value for one in bulletin.figures.all()}
    with clock.at(clock.now() + timedelta(hours=1)):
        amend(cast, row, pieces=row.pieces + 7)
        shown = words(client.get(address))
    assert "签发后有更正" in shown and "+7 件（1 行）" in shown
    with context.unscoped("look"):
        assert {one.key: one.value for one in bulletin.figures.all()} == frozen
