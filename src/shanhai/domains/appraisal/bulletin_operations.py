"""Bulletins over the API: drafted, mended, issued, received, and their files, by the acts of the pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.models import Unit

from . import actions, bulletin_pages
from .bulletin_drafts import draft_bulletin
from .bulletin_rights import can_issue, get_bulletin, issuing_side
from .bulletin_schemas import (
    BulletinAnswer,
    BulletinChange,
    BulletinPeriod,
    BulletinWhole,
    ReceiptBody,
    StepReason,
)
from .composing import Parts
from .freshness import stale_figures
from .models import Bulletin, BulletinFigure
from .models.bulletins import LEDGER
from .receipts import own_receipts, receive_bulletin


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    if actor.home is None or not actor.allows(Verb.VIEW, LEDGER):
        raise NotAllowed
    return actor


def _issuing(request: HttpRequest, actor: Actor) -> Actor:
    issuing_side(actor)
    return actor


def _seen(request: HttpRequest, actor: Actor) -> Bulletin:
    return get_bulletin(argument(request, "pk"), actor=actor)


def _written(request: HttpRequest, actor: Actor) -> Bulletin:
    return get_bulletin(argument(request, "pk"), actor=actor, verb=Verb.ISSUE)


def _stepped(request: HttpRequest, actor: Actor) -> Bulletin:
    found = _written(request, actor)
    if argument(request, "step") not in bulletin_pages.STEPS:
        raise NotVisible
    return found


def _figured(request: HttpRequest, actor: Actor) -> Bulletin:
    found = _written(request, actor)
    is_known = argument(request, "what") in bulletin_pages.FIGURE_STEPS
    if not is_known or not found.figures.filter(pk=argument(request, "figure")).exists():
        raise NotVisible
    return found


def _received(request: HttpRequest, actor: Actor) -> Bulletin:
    found = _seen(request, actor)
    if str(argument(request, "unit")) not in {str(one.unit_id) for one in own_receipts(found, actor)}:
        raise NotAllowed
    return found


@register_routes("/bulletins/")
def bulletins_router() -> Router:
    router = Router(tags=["bulletins"])
    listed, begun = called("bulletins", "通报"), called("bulletin_create", "起草通报")

    @router.get("/", response=list[BulletinAnswer], auth=Door(_reading), **listed)
    def list_bulletins(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in _rows(actor_of(request))]

    @router.post("/", response={201: BulletinWhole}, auth=Door(_issuing), **begun)
    def begin_bulletin(request: HttpRequest, body: BulletinPeriod) -> Status[dict[str, Any]]:
        actor = actor_of(request)
        made = draft_bulletin(issuing_side(actor), _period(body.period), actor=actor, form=body.form)
        return Status(201, _whole(made, actor))

    _add_reading(router)
    _add_writing(router)
    return router


def _add_reading(router: Router) -> None:
    seen = Door(_seen)
    word, pdf = called("bulletin_word", "通报的 Word"), called("bulletin_pdf", "通报的 PDF")

    @router.get("/{uuid:pk}/", response=BulletinWhole, auth=seen, **called("bulletin", "一份通报"))
    def read_bulletin(request: Found, pk: UUID) -> dict[str, Any]:
        return _whole(request.auth, actor_of(request))

    @router.get("/{uuid:pk}/word/", auth=seen, **word)
    def read_word(request: Found, pk: UUID) -> HttpResponse:
        return bulletin_pages.word_of(request.auth)

    @router.get("/{uuid:pk}/pdf/", auth=seen, **pdf)
    def read_pdf(request: Found, pk: UUID) -> HttpResponse:
        return bulletin_pages.pdf_of(request.auth)


def _add_writing(router: Router) -> None:
    written, answer = Door(_written), BulletinWhole
    changed = called("bulletin_change", "改通报草稿")
    stepped = called("bulletin_step", "签发（issue）、撤回（withdraw）、重排（redraft）、催收（remind）")
    taken = called("bulletin_figure", "更新（refresh）或保留（keep）一个数")
    received = called("bulletin_receive", "签收通报")

    @router.patch("/{uuid:pk}/", response=answer, auth=written, **changed)
    def change_bulletin(request: Found, pk: UUID, body: BulletinChange) -> dict[str, Any]:
        actor, said = actor_of(request), body.dict(exclude_none=True)
        units = said.get("addressees")
        actions.edit_bulletin(
            request.auth,
            actor=actor,
            version=body.version,
            head={name: said[name] for name in ("title", "number", "copies") if name in said},
            texts=body.texts,
            addressees=None if units is None else _units(units, request.auth),
        )
        return _whole(get_bulletin(pk, actor=actor), actor)

    @router.post("/{uuid:pk}/steps/{step}/", response=answer, auth=Door(_stepped), **stepped)
    def step_bulletin(request: Found, pk: UUID, step: str, body: StepReason) -> dict[str, Any]:
        actor = actor_of(request)
        bulletin_pages.take_step(request.auth, step, body.reason, actor)
        return _whole(get_bulletin(pk, actor=actor), actor)

    @router.post("/{uuid:pk}/figures/{uuid:figure}/{what}/", response=answer, auth=Door(_figured), **taken)
    def take_figure(request: Found, pk: UUID, figure: UUID, what: str, body: StepReason) -> dict[str, Any]:
        actor = actor_of(request)
        bulletin_pages.take_figure(request.auth, figure, what, body.reason, actor)
        return _whole(get_bulletin(pk, actor=actor), actor)

    @router.post("/{uuid:pk}/receipts/{uuid:unit}/", response=answer, auth=Door(_received), **received)
    def receive(request: Found, pk: UUID, unit: UUID, body: ReceiptBody) -> dict[str, Any]:
        actor = actor_of(request)
        receive_bulletin(request.auth, unit, body.remark, actor=actor)
        return _whole(get_bulletin(pk, actor=actor), actor)


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise RuleViolated(problems={"period": [str(error)]}, code="period_unreadable") from None


def _units(keys: Iterable[UUID], bulletin: Bulletin) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=list(keys), side=bulletin.side))


def _rows(actor: Actor, **narrowed: Any) -> Iterable[Any]:
    rows = Bulletin.objects.visible_to(actor).filter(**narrowed).select_related("owner_unit")
    received = Count("receipts", filter=Q(receipts__received_at__isnull=False))
    return rows.defer("plan", "frozen").annotate(sent=Count("receipts"), received=received)


def _told(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "period": one.period,
        "form": one.bulletin_form,
        "title": one.title,
        "number": one.number,
        "state": one.state,
        "unit": {"id": str(one.owner_unit_id), "text": str(one.owner_unit)},
        "issued_at": one.issued_at.isoformat() if one.issued_at else None,
        "sent": one.sent,
        "received": one.received,
    }


def _whole(found: Bulletin, actor: Actor) -> dict[str, Any]:
    (head,) = _rows(actor, pk=found.pk)
    parts = Parts.of(found)
    writes = found.is_draft and can_issue(actor, found.side)
    stale = {one.figure.pk: one for one in stale_figures(parts)} if found.is_draft else {}
    receipts = found.receipts.select_related("unit").order_by("unit__code")
    return {
        **_told(head),
        "version": found.version,
        "copies": found.copies,
        "digest": found.digest,
        "slots": [
            {"key": one.key, "label": one.label, "text": one.text, "edited_by": one.edited_by}
            for one in parts.slots
        ],
        "figures": [_figure(one, stale.get(one.pk)) for one in parts.figures],
        "receipts": [
            {
                "unit": {"id": str(one.unit_id), "text": str(one.unit)},
                "received_at": one.received_at.isoformat() if one.received_at else None,
                "received_by": one.received_by,
                "remark": one.remark,
            }
            for one in receipts
        ],
        "problems": actions.issue_problems(found) if writes else [],
    }


def _figure(one: BulletinFigure, stale: Any) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "key": one.key,
        "label": one.label,
        "value": None if one.value is None else f"{one.value.normalize():f}",
        "unit": one.unit,
        "now": None if stale is None or stale.now is None else f"{stale.now.normalize():f}",
        "is_open": bool(stale and stale.is_open),
        "kept_reason": one.kept_reason,
    }
