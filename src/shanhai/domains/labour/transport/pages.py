"""名单 of a batch; 上车点名 for the escort in the bus: who boarded, arrived, was handed over."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.page import write_page
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.links import row_link, with_query
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of

from ..models import TransportBatch, TransportPassenger, TransportTrip
from . import acts, documents, reports, rules

Drawn = dict[str, Any]
_Ride = TransportPassenger.Ride
_LIGHTS = {_Ride.EXPECTED: "wait", _Ride.BOARDED: "ok", _Ride.ARRIVED: "ok", _Ride.ABSENT: "void"}
#: What somebody is asked to tap next, and what the tap says.
_NEXT = {_Ride.EXPECTED: _Ride.BOARDED, _Ride.ABSENT: _Ride.BOARDED, _Ride.BOARDED: _Ride.ARRIVED}
_TAPS = {_Ride.BOARDED: gettext_lazy("上车"), _Ride.ARRIVED: gettext_lazy("到达")}
#: The way back after a wrong tap.
_BACK = {_Ride.BOARDED: _Ride.EXPECTED, _Ride.ARRIVED: _Ride.BOARDED, _Ride.ABSENT: _Ride.EXPECTED}


@require_GET
def passenger_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list of a batch, to print; `?format=docx`, `?format=xlsx`: as a file."""
    actor = actor_of(request)
    batch: TransportBatch = get_row(registry.get(TransportBatch.ledger_key()), pk, actor=actor)
    riders = reports.riders_of(batch, actor)
    may_export = actor.allows(Verb.EXPORT, TransportPassenger.ledger_key())
    wanted = request.GET.get("format", "")
    if wanted and not may_export:
        raise NotAllowed
    if wanted == "docx":
        return file_answer(write_docx(documents.document_of(batch, riders)), f"{batch.code}.docx")
    if wanted == "xlsx":
        return file_answer(documents.workbook_of(batch, riders), f"{batch.code}.xlsx")
    context = {
        "title": _("输送人员名单"),
        "sub": documents.title_of(batch),
        "crumbs": [{"label": str(batch), "url": row_link(batch)}],
        "actions": [
            {"label": label, "url": with_query(request.path, {"format": code})}
            for label, code in (("Word", "docx"), ("Excel", "xlsx"))
            if may_export
        ],
        "article": write_page(documents.document_of(batch, riders), lambda _bind: None),
    }
    return render(request, "labour/passengers.html", context)


@require_GET
def ride(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On the escort's phone: one big button for each passenger, the hand-over by employer below."""
    actor = actor_of(request)
    ledger = registry.get(TransportTrip.ledger_key())
    trip: TransportTrip = get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    rows = list(reports.passengers_of(trip))
    told = {"trip": trip.code, "vehicle": trip.vehicle, "first": trip.departs_on, "last": trip.arrives_on}
    numbers = {one: sum(row.ride == one for row in rows) for one in _Ride}
    context = {
        "title": _("上车点名"),
        "sub": _("%(trip)s %(vehicle)s，%(first)s 发车，%(last)s 到达") % told,
        "crumbs": [{"label": str(trip), "url": row_link(trip)}],
        "actions": [],
        "counts": [
            {"label": one.label, "number": numbers[one], "kind": _LIGHTS.get(one, "")} for one in _Ride
        ],
        "riders": [_rider(row) for row in rows],
        "on_board": numbers[_Ride.BOARDED],
        "arrive": reverse("labour:arrive_trip", args=[trip.pk]),
        "groups": _groups(rows),
        "hand_over": reverse("labour:hand_over_trip", args=[trip.pk]),
        "today": clock.today().isoformat(),
        "first": trip.departs_on.isoformat(),
        "wanted": reverse("labour:fill_trip", args=[trip.pk]),
    }
    return render(request, "labour/ride.html", context)


def _rider(row: Any) -> Drawn:
    following, back = _NEXT.get(row.ride), _BACK.get(row.ride)
    return {
        "id": str(row.pk),
        "name": row.person.name,
        "url": row_link(row),
        "employer": row.employer_name,
        "ride": row.get_ride_display(),
        "light": _LIGHTS.get(row.ride, ""),
        "absence": row.absence,
        "post_url": reverse("labour:tick_passenger", args=[row.pk]),
        "next": following.value if following else "",
        "next_label": _TAPS[following] if following else "",
        "back": back.value if back else "",
        "may_miss": rules.may_move(row.ride, _Ride.ABSENT),
    }


def _groups(rows: Any) -> list[Drawn]:
    """Those who arrived and are not handed over, by employer."""
    found: dict[str, list[Drawn]] = {}
    for row in rows:
        if row.ride == _Ride.ARRIVED:
            found.setdefault(row.employer_name, []).append({"value": str(row.pk), "label": row.person.name})
    return [
        {"employer": name or _("没有拟配的人员"), "is_placed": bool(name), "people": people}
        for name, people in found.items()
    ]


@require_POST
def tick_passenger(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap of the escort."""
    actor, sent = actor_of(request), request.POST
    row = get_row(registry.get(TransportPassenger.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    try:
        acts.tick(pk, sent.get("ride", ""), reason=sent.get("reason", ""), actor=actor)
    except RuleViolated as refused:
        messages.error(request, acts.sentence_of(refused))
    return redirect(f"{reverse('labour:ride', args=[row.trip_id])}#p-{pk}")


@require_POST
def arrive_trip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody on board has arrived."""
    number = acts.arrive(pk, actor=actor_of(request))
    messages.success(request, _("已登记 %(number)s 人到达。") % {"number": number})
    return redirect("labour:ride", pk)


@require_POST
def hand_over_trip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An employer signed for the ones ticked."""
    actor, sent = actor_of(request), request.POST
    get_row(registry.get(TransportTrip.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    try:
        people = [UUID(one) for one in sent.getlist("passengers")]
    except ValueError:
        raise NotVisible from None
    try:
        told = acts.hand_over(
            people, received_by=sent.get("received_by", ""), day=given_day(sent.get("day", "")), actor=actor
        )
    except RuleViolated as refused:
        messages.error(request, acts.sentence_of(refused))
    else:
        tell(request, told, _("已交接 %(number)s 人，务工记录已登记。"))
    return redirect("labour:ride", pk)


@require_POST
def fill_trip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Seats for everybody accepted for the orders ticked."""
    try:
        orders = [UUID(one) for one in request.POST.getlist("orders")]
    except ValueError:
        raise NotVisible from None
    actor = actor_of(request)
    get_row(registry.get(TransportTrip.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    if not orders:
        messages.error(request, _("请至少选择一个岗位。"))
        return redirect("labour:transporttrip_detail", pk)
    try:
        told = acts.fill_trip(pk, orders=orders, actor=actor)
    except RuleViolated as refused:
        messages.error(request, acts.sentence_of(refused))
    else:
        tell(request, told, _("已安排 %(number)s 人上这个班次。"))
    return redirect("labour:transporttrip_detail", pk)


def tell(request: HttpRequest, told: acts.Done, sentence: str) -> None:
    """How many were done, and the first of those that were not."""
    if told.done:
        messages.success(request, sentence % {"number": told.done})
    for name, why in told.refused[:5]:
        messages.error(request, f"{name}：{why}")
    if len(told.refused) > 5:  # noqa: PLR2004
        messages.error(request, _("另有 %(number)s 人没有办成。") % {"number": len(told.refused) - 5})
    if not told.done and not told.refused:
        messages.success(request, _("已经办过，没有改动。"))


def given_day(text: str) -> date | None:
    """Errors: RuleViolated."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_date") from None
