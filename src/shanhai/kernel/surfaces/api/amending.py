"""Operations on amendments of one ledger's rows: propose, read, decide."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, create_model

from shanhai.kernel import actions
from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.amendments.proposing import propose_values, propose_voiding
from shanhai.kernel.amendments.reading import changes_of, with_row
from shanhai.kernel.amendments.views import take
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.views import actor_of

from . import schemas
from .values import read_values


class AmendedField(Schema):
    """One field of an amendment, in words."""

    label: str
    before: str
    after: str


class AmendmentAnswer(Schema):
    """An amendment and what became of it."""

    id: str
    state: str = Field(description="proposed、accepted、refused、withdrawn")
    is_voiding: bool
    reason: str
    decision: str
    changes: list[AmendedField]


class DecisionBody(Schema):
    """Why an amendment is refused."""

    reason: str = Field("", description="不同意时必须写明原因。", max_length=500)


def add_amending(router: Router, ledger: Ledger[Any], named: Any) -> None:
    """`named` gives an operation its name."""
    given = create_model(
        f"{ledger.app_label.title()}{ledger.model._meta.object_name}Amendment",
        __base__=schemas.patch_schema(ledger),
        reason=(str, Field(description="更正原因。", max_length=500)),
        is_voiding=(bool, Field(False, description="整条作废；其余字段不看。")),
    )
    answer = AmendmentAnswer

    @router.get("/{uuid:pk}/amendments/", response=list[answer], **named(ledger, "amendments", "一行的更正"))  # type: ignore[valid-type]
    def list_amendments(request: HttpRequest, pk: UUID) -> list[dict[str, Any]]:
        row = actions.get_row(ledger, pk, actor=actor_of(request))
        if row.side not in actor_of(request).sides:
            return []
        found = list(Amendment.objects.filter(row_id=row.pk).order_by("-proposed_at", "-id"))
        return _told(ledger, found)

    @router.post("/{uuid:pk}/amendments/", response={201: answer}, **named(ledger, "amend", "提出更正"))
    def propose(request: HttpRequest, pk: UUID, body: given) -> Status[dict[str, Any]]:  # type: ignore[valid-type]
        actor = actor_of(request)
        row = actions.get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
        values = body.dict(exclude_unset=True)  # type: ignore[attr-defined]
        told = {"row_version": values.pop("row_version"), "reason": values.pop("reason"), "actor": actor}
        if values.pop("is_voiding", False):
            return Status(201, _one(ledger, propose_voiding(ledger, row, **told)))
        read = read_values(ledger, values, actor)
        return Status(201, _one(ledger, propose_values(ledger, row, read, **told)))

    @router.post(
        "/{uuid:pk}/amendments/{uuid:amendment}/{what}/",
        response=answer,
        **named(ledger, "amendment_decide", "核实（accept）、不同意（refuse）或收回（withdraw）更正"),
    )
    def decide(
        request: HttpRequest, pk: UUID, amendment: UUID, what: str, body: DecisionBody
    ) -> dict[str, Any]:
        actor = actor_of(request)
        found = Amendment.objects.filter(pk=amendment, row_id=pk, side__in=actor.sides).first()
        if found is None or found.ledger != ledger.key:
            raise NotVisible
        take(with_row(found), what, body.reason, actor)
        found.refresh_from_db()
        return _one(ledger, found)


def _one(ledger: Ledger[Any], amendment: Amendment) -> dict[str, Any]:
    (told,) = _told(ledger, [amendment])
    return told


def _told(ledger: Ledger[Any], found: list[Amendment]) -> list[dict[str, Any]]:
    changes = changes_of(ledger, found)
    return [
        {
            "id": str(one.pk),
            "state": one.state,
            "is_voiding": one.is_voiding,
            "reason": one.reason,
            "decision": one.decision,
            "changes": changes[one.pk],
        }
        for one in found
    ]
