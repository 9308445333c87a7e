"""疑似重复: the queue, as a page and as Excel; one pair side by side; deciding, merging, taking it back."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import see_other
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.parties.persons import Person
from shanhai.registers.tables import table_of

from . import deciding, finding, reading
from .models import DuplicatePair, PersonMerge

Drawn = dict[str, Any]
_PAGE = 50
_Decision = DuplicatePair.Decision
_BADGES = {_Decision.OPEN: "wait", _Decision.LATER: "wait", _Decision.SAME: "ok", _Decision.DIFFERENT: "ok"}


def manager(request: HttpRequest) -> Actor:
    """Errors: NotAllowed for who does not manage the register of persons."""
    actor = actor_of(request)
    if not finding.may_decide(actor):
        raise NotAllowed
    return actor


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Pairs of one decision, most probable first."""
    actor = manager(request)
    shown = _asked(request)
    numbers = reading.numbers(actor)
    found = reading.pairs(actor).filter(decision=shown)
    page = whole_number(request.GET.get("page", "1"))
    rows = list(found[(page - 1) * _PAGE : page * _PAGE + 1]) if page else []
    url = reverse("parties:duplicates")
    return render(
        request,
        "parties/duplicates.html",
        {
            "title": _("重复人员"),
            "sub": _(
                "按姓名、拼音、出生日期、电话、村估计的可能性；只有人能决定是不是同一人，系统不自动合并"
            ),
            "crumbs": [],
            "actions": _actions(shown),
            "tabs": [
                {
                    "label": f"{one.label} {numbers.get(one.value, 0):,}",
                    "url": with_query(url, {"decision": one.value}),
                    "here": one == shown,
                }
                for one in _Decision
            ],
            "table": _table(rows[:_PAGE]),
            "following": with_query(url, {"decision": shown, "page": page + 1}) if len(rows) > _PAGE else "",
            "empty": {
                "title": _("这里没有需要看的"),
                "text": _("点“查找疑似重复”，系统在后台比对本方全部人员。"),
            },
        },
    )


def _asked(request: HttpRequest) -> _Decision:
    asked = request.GET.get("decision", "")
    return _Decision(asked) if asked in _Decision.values else _Decision.OPEN


def _actions(shown: str) -> list[Drawn]:
    export = with_query(reverse("parties:duplicates_export"), {"decision": shown})
    find = {"url": reverse("parties:duplicates_find"), "method": "post", "kind": "primary", "main": True}
    return [
        {"label": _("导出 Excel"), "url": export, "kind": "", "icon": "download"},
        {"label": _("查找疑似重复"), "icon": "search", **find},
    ]


def _table(rows: list[DuplicatePair]) -> Drawn:
    headings = (_("人员一"), _("人员二"), _("可能性"), _("相符之处"), _("决定"))
    drawn = [
        (
            reverse("parties:duplicate", args=[one.pk]),
            (
                _called(one.first),
                _called(one.second),
                {"text": reading.percent(one), "kind": "number"},
                {"text": reading.why(one), "kind": "long"},
                {"kind": "state", "state": _badge(one)},
            ),
        )
        for one in rows
    ]
    return table_of(headings, drawn)


def _called(person: Person) -> str:
    return f"{person.name} {person.identity_number}"


def _badge(pair: DuplicatePair) -> Drawn:
    return {"label": str(pair.get_decision_display()), "kind": _BADGES.get(_Decision(pair.decision), "void")}


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Start looking; the answer is the job's page."""
    job = finding.start(manager(request))
    return see_other(reverse("job", args=[job.pk]))


_COLUMNS = (
    SheetColumn("probability", "可能性", Kind.TEXT),
    SheetColumn("first", "人员一", Kind.TEXT),
    SheetColumn("first_place", "户籍一", Kind.TEXT),
    SheetColumn("second", "人员二", Kind.TEXT),
    SheetColumn("second_place", "户籍二", Kind.TEXT),
    SheetColumn("why", "相符之处", Kind.TEXT),
    SheetColumn("decision", "决定", Kind.TEXT),
    SheetColumn("reason", "理由", Kind.TEXT),
)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The pairs of one decision as a workbook; numbers masked as on the page."""
    actor = manager(request)
    if not actor.allows(Verb.EXPORT, Person.ledger_key()):
        raise NotAllowed
    shown = _asked(request)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pairs.xlsx"
        rows = (_row(one) for one in reading.pairs(actor).filter(decision=shown))
        write_xlsx(_COLUMNS, rows, f"{_('重复人员')} · {shown.label}", out)
        opened = out.open("rb")  # stays readable after the folder is gone
    return FileResponse(opened, as_attachment=True, filename=f"重复人员-{shown.label}.xlsx")


def _row(pair: DuplicatePair) -> dict[str, Any]:
    first, second = pair.first, pair.second
    return {
        "probability": reading.percent(pair),
        "first": _called(first),
        "first_place": str(first.place or ""),
        "second": _called(second),
        "second_place": str(second.place or ""),
        "why": reading.why(pair),
        "decision": str(pair.get_decision_display()),
        "reason": pair.reason,
    }


@require_GET
def pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Both side by side."""
    actor = manager(request)
    return _shown(request, deciding.get_pair(pk, actor=actor), actor)


def _shown(
    request: HttpRequest, found: DuplicatePair, actor: Actor, refusal: str = "", status: int = 200
) -> HttpResponse:
    merges = list(found.merges.order_by("-merged_at"))
    persons = (found.first, found.second)
    context = {
        "title": " / ".join(dict.fromkeys(person.name for person in persons)),
        "sub": _("可能性 %(percent)s：%(why)s")
        % {"percent": reading.percent(found), "why": reading.why(found)},
        "crumbs": [{"label": _("重复人员"), "url": reverse("parties:duplicates")}],
        "actions": [],
        "state": _badge(found),
        "refusal": refusal,
        "reason": found.reason,
        "persons": [_person(person) for person in persons],
        "fields": list(reading.compared(found, actor)),
        "merge_url": reverse("parties:duplicate_merge", args=[found.pk]),
        "decide_url": reverse("parties:duplicate_decide", args=[found.pk]),
        "is_open": found.decision != _Decision.SAME,
        "merges": [_merge(one) for one in merges],
    }
    return render(request, "parties/duplicate.html", context, status=status)


def _person(person: Person) -> Drawn:
    return {
        "id": person.pk,
        "name": person.name,
        "number": str(person.identity_number),
        "url": reverse("parties:person_detail", args=[person.pk]),
        "version": person.row_version,
        "rows": reading.rows_of(person),
    }


def _merge(done: PersonMerge) -> Drawn:
    moved = sum(len(one["rows"]) for one in done.moves)
    names = people([done.merged_by, done.undone_by])
    return {
        "text": _("%(loser)s 并入 %(winner)s，改指 %(moved)s 条记录，作废 %(voided)s 条。")
        % {
            "loser": _called(done.loser),
            "winner": _called(done.winner),
            "moved": moved,
            "voided": len(done.voided),
        },
        "by": _("%(who)s，%(at)s，理由：%(why)s")
        % {"who": names[done.merged_by].name, "at": moment(done.merged_at), "why": done.reason},
        "undone": _("%(who)s 于 %(at)s 撤销，理由：%(why)s")
        % {
            "who": names[done.undone_by].name,
            "at": moment(done.undone_at),
            "why": done.undone_reason,
        }
        if done.undone_at
        else "",
        "undo_url": "" if done.undone_at else reverse("parties:duplicate_unmerge", args=[done.pk]),
    }


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = manager(request)
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    try:
        found = deciding.decide(pk, decision, reason=reason, actor=actor)
    except RuleViolated as refused:
        return _refused(request, pk, actor, refused)
    messages.success(request, _("已记下：%(decision)s。") % {"decision": found.get_decision_display()})
    return see_other(reverse("parties:duplicates"))


@require_POST
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`winner`: who stays; `take-<field>`: whose value is taken."""
    actor = manager(request)
    winner = _uuid(request.POST.get("winner", ""))
    taken = [
        name for name in deciding.CHOSEN if request.POST.get(f"take-{name}") not in {None, "", str(winner)}
    ]
    versions = {
        name.removeprefix("version-"): whole_number(str(value))
        for name, value in request.POST.items()
        if name.startswith("version-")
    }
    try:
        reason = request.POST.get("reason", "")
        deciding.merge(pk, winner, take=taken, versions=versions, reason=reason, actor=actor)
    except RuleViolated as refused:
        return _refused(request, pk, actor, refused)
    messages.success(request, _("已合并。指向另一位的记录都已改指；不对可以撤销。"))
    return see_other(reverse("parties:duplicate", args=[pk]))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@require_POST
def unmerge(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = manager(request)
    try:
        done = deciding.unmerge(pk, reason=request.POST.get("reason", ""), actor=actor)
    except RuleViolated as refused:
        stored = PersonMerge.objects.get(pk=pk)
        return _refused(request, stored.pair_id, actor, refused)
    messages.success(request, _("已撤销合并，两人各归各的。"))
    return see_other(reverse("parties:duplicate", args=[done.pair_id]))


def _refused(request: HttpRequest, pk: UUID, actor: Actor, refused: RuleViolated) -> HttpResponse:
    sentence = next((str(one) for told in refused.problems.values() for one in told), str(refused))
    return _shown(request, deciding.get_pair(pk, actor=actor), actor, sentence, refused.status)
