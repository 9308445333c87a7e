"""Operations on amendments of one ledger's rows: propose, read, decide."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, create_model

from shanhai.kernel import actions
from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.amendments.proposing import propose_values, propose_voiding, proposing_party
from shanhai.kernel.amendments.reading import Amended, changes_of, get_amendment, of_row
from shanhai.kernel.amendments.views import take
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Party, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of

from . import schemas
from .bodies import Sent
from .doors import Door, Found, argument, on_row
from .naming import named
from .values import read_values


class AmendedField(Schema):
    """One field of an amendment, in words."""

    label: str
    before: str
    after: str


class AmendmentAnswer(Schema):
    """An amendment and what became of it."""

    id: str
    state: str = Field(description="proposed、awaiting（待对方确认）、accepted、refused、withdrawn")
    is_voiding: bool
    reason: str
    decision: str
    changes: list[AmendedField]


class DecisionBody(Sent):
    """Why an amendment is refused."""

    reason: str = Field("", description="不同意时必须写明原因。", max_length=500)


def add_amending(router: Router, ledger: Ledger[Any]) -> None:
    given = create_model(
        f"{ledger.app_label.title()}{ledger.model._meta.object_name}Amendment",
        __base__=schemas.patch_schema(ledger),
        reason=(str, Field(description="更正原因。", max_length=500)),
        is_voiding=(bool, Field(False, description="整条作废；其余字段不看。")),
    )
    answer = AmendmentAnswer

    listed = named(ledger, "amendments", "一行的更正")

    @router.get("/{uuid:pk}/amendments/", response=list[answer], auth=on_row(ledger, Verb.VIEW), **listed)  # type: ignore[valid-type]
    def list_amendments(request: Found, pk: UUID) -> list[dict[str, Any]]:
        return amendment_json(list(of_row(ledger, request.auth, actor_of(request))))

    proposed = named(ledger, "amend", "提出更正")

    @router.post("/{uuid:pk}/amendments/", response={201: answer}, auth=_on_amendable(ledger), **proposed)
    def propose(request: Found, pk: UUID, body: given) -> Status[dict[str, Any]]:  # type: ignore[valid-type]
        actor, row = actor_of(request), request.auth
        values = body.dict(exclude_unset=True)  # type: ignore[attr-defined]
        told = {"row_version": values.pop("row_version"), "reason": values.pop("reason"), "actor": actor}
        if values.pop("is_voiding", False):
            return Status(201, _one(propose_voiding(ledger, row, **told)))
        read = read_values(ledger, values, actor, row=row)
        return Status(201, _one(propose_values(ledger, row, read, **told)))

    @router.post(
        "/{uuid:pk}/amendments/{uuid:amendment}/{what}/",
        response=answer,
        auth=_on_amendment(ledger),
        **named(ledger, "amendment_decide", "核实或确认（accept）、不同意（refuse）或收回（withdraw）更正"),
    )
    def decide(request: Found, pk: UUID, amendment: UUID, what: str, body: DecisionBody) -> dict[str, Any]:
        one = request.auth
        take(one, what, body.reason, actor_of(request))
        found = one.amendment
        found.refresh_from_db()
        return _one(found)


def _on_amendable(ledger: Ledger[Any]) -> Door:
    """The row of the address is there, and the caller one of those who propose; finds the row."""

    def check(request: HttpRequest, actor: Actor) -> Any:
        row = actions.get_row(ledger, argument(request, "pk"), actor=actor)
        proposing_party(ledger, row, actor)
        return row

    return Door(check)


#: The right that each word asks for, on the row.
_VERBS = {"accept": Verb.VERIFY, "refuse": Verb.VERIFY, "withdraw": Verb.EDIT}


def _on_amendment(ledger: Ledger[Any]) -> Door:
    """The amendment of the address is there and the word granted on its row; finds both."""

    def check(request: HttpRequest, actor: Actor) -> Amended:
        pk, amendment, what = (argument(request, name) for name in ("pk", "amendment", "what"))
        seen = get_amendment(amendment, actor=actor)
        found = seen.amendment
        if (str(found.row_id), seen.ledger) != (str(pk), ledger) or what not in _VERBS:
            raise NotVisible
        party = Party(found.party) if what == "withdraw" else found.decided_by_party
        actions.require(actor, _VERBS[what], ledger, seen.row, party)
        return seen

    return Door(check)


def _one(amendment: Amendment) -> dict[str, Any]:
    (told,) = amendment_json([amendment])
    return told


def amendment_json(found: Sequence[Amendment]) -> list[dict[str, Any]]:
    """Amendments of whatever ledgers; what they change is looked up once for each ledger."""
    changes: dict[UUID, Any] = {}
    for key in {one.ledger for one in found}:
        changes |= changes_of(registry.get(key), [one for one in found if one.ledger == key])
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
