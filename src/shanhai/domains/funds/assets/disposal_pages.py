"""The form beside a disposal: somebody who may decides on it, with the reason."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.later import answer

from . import disposing


@require_POST
def decide_disposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`decision` (accept, refuse), `reason`, `row_version`."""
    sent = request.POST

    def record(version: int) -> None:
        accept, reason = sent.get("decision") == "accept", sent.get("reason", "")
        disposing.decide(pk, accept=accept, reason=reason, actor=actor_of(request), row_version=version)

    return answer(request, reverse("funds:assetdisposal_detail", args=[pk]), record)
