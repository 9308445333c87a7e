"""今日走访: who is to be visited, which troubles run; forms that write visits, troubles, homecomings down."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import row_link, with_query
from shanhai.kernel.surfaces.typed import amount_typed, whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.later import answer

from ..models import FollowUpVisit, ReturnHome, WorkerRegistration, WorkerTrouble
from ..transport.retention_forms import line_of
from ..transport.retention_reports import due_checks
from . import acts, rules
from .areas import Post, own_posts, posts, within
from .caseload import Due, due_visits, running_troubles

Drawn = dict[str, Any]
_LIGHTS = {
    rules.Light.LATE: "late",
    rules.Light.TODAY: "wait",
    rules.Light.SOON: "wait",
    rules.Light.LATER: "",
}
#: Built beside the other scripts; its address decides which pages it keeps.
_WORKER = "dist/caseload-worker.js"
#: In the place of a station: whoever the reader looks after.
ALL = "all"


def visits(actor: Actor) -> bool:
    """Whether somebody keeps registrations up to date, and so has a list of the day."""
    return actor.allows(Verb.EDIT, WorkerRegistration.ledger_key())


def keeper(request: HttpRequest) -> Actor:
    """Errors: NotAllowed for who keeps no register."""
    actor = actor_of(request)
    if not visits(actor):
        raise NotAllowed
    return actor


@require_GET
def caseload(request: HttpRequest) -> HttpResponse:
    """The list of the day, on a phone first; of one's own station unless `?station=` says otherwise."""
    actor = keeper(request)
    known = posts(actor.sides)
    post = asked_post(actor, known, request.GET.get("station", ""))
    due, number = due_visits(actor, area_of(post, known, "person__place"))
    troubles, running = running_troubles(actor, area_of(post, known, "registration__person__place"))
    checks, checking = due_checks(actor, area_of(post, known, "placement__person__place"))
    shown = {
        "tabs": _tabs(known, post),
        "title": _("今日走访"),
        "sub": _("按走访周期到期的人员和没有办结的诉求，截至 %(at)s") % {"at": moment(clock.now())},
        "crumbs": [],
        "actions": [],
        "user": actor.key,
        "due": [_visit(one) for one in due],
        "number": number,
        "shown": len(due),
        "troubles": [_trouble(one) for one in troubles],
        "running": running,
        "checks": [line_of(one) for one in checks],
        "checking": checking,
        "choices": _choices(),
        "today": clock.today().isoformat(),
        "worker": reverse("labour:caseload_worker"),
    }
    return render(request, "labour/caseload.html", shown)


def asked_post(actor: Actor, known: Sequence[Post], asked: str) -> Post | None:
    """The station asked for, else where the actor is on duty; None for all. Errors: NotVisible."""
    if not asked:
        return next(iter(own_posts(actor, known)), None)
    found = next((one for one in known if one.key == asked), None)
    if found is None and asked != ALL:
        raise NotVisible
    return found


def area_of(post: Post | None, known: Sequence[Post], place: str) -> Q | None:
    return within(post, known, place) if post else None


def _tabs(known: Sequence[Post], post: Post | None) -> list[Drawn]:
    """All, and each station; nothing where there is none."""
    url = reverse("labour:caseload")
    every = [(ALL, _("全部"), post is None), *((one.key, one.name, one == post) for one in known)]
    shown = [
        {"label": label, "url": with_query(url, {"station": key}), "here": here} for key, label, here in every
    ]
    return shown if known else []


def _visit(due: Due) -> Drawn:
    row = due.registration
    return {
        "id": str(row.pk),
        "name": row.person.name,
        "url": row_link(row),
        "person_url": row_link(row.person),
        "where": str(row.person.place or ""),
        "status": row.get_status_display(),
        "heard": due.heard_on.isoformat(),
        "tried": due.tried_on.isoformat() if due.tried_on and due.tried_on > due.heard_on else "",
        "due": due.due_on.isoformat(),
        "light": _LIGHTS[due.light],
        "row_version": row.row_version,
        "post_url": reverse("labour:record_visit", args=[row.pk]),
        "api_url": f"/api/v1/labour/workerregistration/{row.pk}/visit/",
    }


def _trouble(row: Any) -> Drawn:
    late = rules.is_late(row.stage, row.last_day, clock.today())
    return {
        "name": str(row.registration.person),
        "url": row_link(row),
        "kind": row.get_kind_display(),
        "stage": row.get_stage_display(),
        "amount": f"{row.amount:,}" if row.amount is not None else "",
        "due": row.last_day.isoformat() if row.last_day else "",
        "light": "late" if late else "",
    }


def _choices() -> Drawn:
    return {
        "ways": FollowUpVisit.Way.choices,
        "outcomes": FollowUpVisit.Outcome.choices,
        "statuses": WorkerRegistration.Status.choices,
        "pays": FollowUpVisit.Pay.choices,
    }


@require_GET
def caseload_worker(request: HttpRequest) -> HttpResponse:
    """The script by which a browser keeps the list of the day for places without a signal."""
    keeper(request)
    path = finders.find(_WORKER)
    if path is None:  # the front end was not built
        raise NotVisible
    response = HttpResponse(Path(str(path)).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_POST
def record_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A visit from the list of the day or from the row; browsers with a queue send it by the API."""
    sent = request.POST
    values = {name: sent.get(name, "") for name in ("way", "outcome", "status", "pay", "note")}
    if values["outcome"] != FollowUpVisit.Outcome.REACHED:
        values["status"] = ""
    try:
        values["visited_on"] = _day(sent.get("visited_on", ""))  # type: ignore[assignment]
        version = whole_number(sent.get("row_version", ""))
        acts.record_visit(pk, values, actor=actor_of(request), row_version=version)
    except (Conflict, RuleViolated) as refused:
        messages.error(request, _told(refused))
    else:
        messages.success(request, _("已记下这次走访。"))
    return redirect(reverse("labour:caseload"))


def _told(refused: Conflict | RuleViolated) -> str:
    if isinstance(refused, Conflict):
        pairs = [f"{one.label}：{one.theirs} / {one.yours}" for one in refused.fields]
        return f"{refused} {'；'.join(pairs)}"
    said = [str(sentence) for sentences in refused.problems.values() for sentence in sentences]
    return "".join(said) or str(refused)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else clock.today()
    except ValueError:
        raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_date") from None


@require_POST
def carry_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a visit: let the register say what it heard."""

    def record(version: int) -> None:
        acts.carry_of(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("labour:followupvisit_detail", args=[pk]), record)


@require_POST
def move_trouble(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a trouble: its next stage."""
    sent = request.POST

    def record(version: int) -> None:
        acts.move_trouble(
            pk,
            sent.get("stage", ""),
            result=sent.get("result", ""),
            recovered=amount_typed(sent.get("recovered", ""), code="bad_amount"),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("labour:workertrouble_detail", args=[pk]), record)


@require_POST
def come_home(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a registration: somebody came home."""
    sent = request.POST

    def record(version: int) -> None:
        values = {
            "returned_on": _day(sent.get("returned_on", "")),
            "reason": sent.get("reason", ""),
            "plan": sent.get("plan", "") or ReturnHome.Plan.UNDECIDED,
            "note": sent.get("note", ""),
        }
        acts.come_home(pk, values, actor=actor_of(request), row_version=version)

    return answer(request, reverse("labour:workerregistration_detail", args=[pk]), record)


@require_POST
def search_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside the registration of somebody at home: looks for work again."""

    def record(version: int) -> None:
        acts.search_again(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("labour:workerregistration_detail", args=[pk]), record)


def stages_of(row: WorkerTrouble) -> list[Drawn]:
    """What may follow, as options."""
    return [{"value": one, "label": WorkerTrouble.Stage(one).label} for one in rules.MOVES[row.stage]]
