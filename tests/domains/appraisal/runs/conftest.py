"""A run of the western scheme of the schemes' tests, and a second person of the coordinator's office."""

from datetime import date
from typing import Any

import pytest

from domains.appraisal.schemes.conftest import figures, scheme, whose
from shanhai.domains.appraisal.models import AppraisalRun, AppraisalScheme
from shanhai.domains.appraisal.runs.actions import open_run
from shanhai.domains.appraisal.schemes.actions import release_scheme
from shanhai.domains.appraisal.schemes.pages import drafted
from shanhai.domains.appraisal.schemes.texts import digest_of
from shanhai.kernel import context
from shanhai.registers.accounts.models import Membership

__all__ = ["figures", "scheme", "whose"]


@pytest.fixture
def run(scheme: AppraisalScheme, cast: Any, as_actor: Any) -> AppraisalRun:
    """Opened by wang; eve verifies at the coordinator's."""
    with context.unscoped("test"):
        office = {"unit": cast.mt_coordinator, "role": "verifier", "valid_from": date(2020, 1, 1)}
        Membership.objects.create(user=cast.users["eve"], **office)
    with as_actor("wang") as wang:
        digest = digest_of(drafted(scheme))
        release_scheme(scheme.pk, digest=digest, valid_from=None, note="首次", actor=wang)
        return open_run(scheme.pk, year=2021, actor=wang)
