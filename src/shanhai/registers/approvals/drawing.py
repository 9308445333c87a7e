"""A case in words: its steps with who signs, what was done, what the reader may do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.engines.approval import APPLICANT, Kind, Mode, Seat, Where
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.people import Someone, people
from shanhai.registers.accounts.roles import ROLES
from shanhai.registers.parties.units import Unit

from .acts import may_urge
from .cases import Case
from .hands import hands_of
from .models import ApprovalAct
from .steps import role_names

Drawn = dict[str, Any]


def seat_names(cases: Iterable[Case]) -> dict[Seat, str]:
    """Seats of the cases in words; one query."""
    found = [case for case in cases if not case.broken]
    seats = {one for case in found for step in case.course.steps for one in step.seats}
    seats |= {one for case in found for act in case.acts for one in (act.seat, act.drawn_in)} - {
        "",
        APPLICANT,
    }
    keys = {one.partition("|")[0] for one in seats}
    units = {str(unit.pk): str(unit) for unit in Unit.objects.filter(pk__in=keys)} if keys else {}
    return {one: _seat_name(one, units) for one in seats} | {APPLICANT: _("填报人")}


def _seat_name(one: Seat, units: dict[str, str]) -> str:
    unit, _bar, role = one.partition("|")
    return f"{units.get(unit, _('已撤的单位'))}·{ROLES[role].label}"


def drawn_steps(case: Case, names: dict[Seat, str]) -> list[Drawn]:
    """Every step: what it is called, whose turn, who has signed."""
    if case.broken:
        return []
    course = case.course
    return [
        {
            "title": step.title or _("加签"),
            "mode": _("或签") if step.mode is Mode.ANY else _("会签"),
            "state": _state(place, course.at),
            "seats": [
                {"name": names[one], "is_signed": one in step.signed, "waits": one in step.waiting}
                for one in step.seats
            ],
        }
        for place, step in enumerate(course.steps)
    ]


def _state(place: int, at: int) -> Drawn:
    if place < at:
        return {"label": _("已签"), "kind": "ok"}
    return {"label": _("办理中"), "kind": "wait"} if place == at else {"label": _("未到"), "kind": ""}


def drawn_acts(case: Case, names: dict[Seat, str]) -> list[Drawn]:
    """What was done in this submission, the last first; see components/entry.html."""
    who = people(key for act in case.acts for key in (act.handled_by, act.in_place_of) if key)
    return [
        {
            "at": moment(act.decided_at),
            "who": _who(act, who),
            "unit": names.get(act.seat, ""),
            "verb": _verb(act, names),
            "reason": act.opinion,
            "changes": [],
        }
        for act in reversed(case.acts)
    ]


def _who(act: ApprovalAct, who: Mapping[str, Someone]) -> str:
    names = {"who": who[act.handled_by].name, "absent": who[act.in_place_of].name if act.in_place_of else ""}
    return _("%(who)s（代 %(absent)s）") % names if act.in_place_of else names["who"]


def _verb(act: ApprovalAct, names: dict[Seat, str]) -> str:
    label = act.get_act_kind_display()
    if act.act_kind == Kind.ADD:
        label = act.get_added_where_display()
    if act.drawn_in:
        return f"{label} {names.get(act.drawn_in, '')}"
    if act.act_kind == Kind.RETURN:
        step = act.returned_to + 1
        place = _("第 %(number)s 步") % {"number": step} if step else _("填报人")
        return _("退回%(place)s") % {"place": place}
    return str(label)


def drawn_case(case: Case, actor: Actor) -> Drawn:
    """All that the page of a case and the panel beside the row show."""
    names = seat_names([case])
    return {
        "steps": drawn_steps(case, names),
        "acts": drawn_acts(case, names),
        "broken": case.broken,
        "is_urged": not case.broken and case.course.is_urged,
        "url": case_url(case),
    }


def case_url(case: Case) -> str:
    return reverse("approvals:case", args=[case.ledger.key, case.row.pk])


def choices(case: Case, actor: Actor) -> Drawn:
    """What the reader may do now, and whom they may draw in."""
    seats = case.seats_of(hands_of(actor))
    absent = next(iter(seats.values()), "")
    units = Unit.objects.filter(side=case.row.side).order_by("path") if seats else []
    return {
        "may_act": bool(seats),
        "in_place_of": people([absent])[absent].name if absent else "",
        "may_urge": may_urge(case, actor) and not case.course.is_urged,
        "returns": [{"value": -1, "label": _("退回填报人")}]
        + [{"value": place, "label": title} for place, title in (case.earlier() if seats else [])],
        "units": [{"value": str(unit.pk), "label": unit.name} for unit in units],
        "roles": [{"value": code, "label": label} for code, label in role_names()],
        "wheres": _wheres(case) if seats else [],
    }


def _wheres(case: Case) -> list[Drawn]:
    labels = dict(ApprovalAct._meta.get_field("added_where").choices or ())
    is_any = case.course.steps[case.course.at].mode is Mode.ANY
    offered = [one for one in Where if not (is_any and one is Where.BESIDE)]
    return [{"value": one.value, "label": str(labels[one])} for one in offered]


def lines(cases: Sequence[Case], actor: Actor) -> list[Drawn]:
    """Cases as a list shows them."""
    names = seat_names(cases)
    return [
        {
            "key": f"{case.ledger.key}|{case.row.pk}",
            "label": row_label(case.ledger, case.row, actor),
            "ledger": case.ledger.label,
            "url": case_url(case),
            "row_url": link(case.ledger, "detail", pk=case.row.pk),
            "unit": str(case.row.owner_unit),
            "since": moment(case.since),
            "step": case.broken or case.title(case.course.at),
            "waits": "、".join(names[one] for one in (() if case.broken else case.course.waiting)),
            "is_urged": not case.broken and case.course.is_urged,
        }
        for case in cases
    ]
