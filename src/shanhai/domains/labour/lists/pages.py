"""未就业清单 and 失业返乡预警 on the page, as Excel and Word; the page and the interface ask alike."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import Drawn, answer_file, draw_table, files_of
from shanhai.registers.papers import Paper, PaperTable
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from ..models import FollowUpVisit, PersonCategory, WorkerRegistration
from .asking import SHOWN, Asked, asked_list
from .papers import unemployed_paper, warnings_paper, with_visits
from .unemployed import POOR, Seeking, unemployed
from .warnings import LABELS, LEVELS, Warned, warnings

_LEDGER = WorkerRegistration.ledger_key()


def may_read(actor: Actor) -> bool:
    return all(actor.allows(Verb.VIEW, one) for one in (_LEDGER, "labour.employmentspell"))


def seeking(asked: Asked, query: Mapping[str, str]) -> list[Seeking]:
    """Errors: NotVisible for a category or status there is not."""
    category = _one_of(query.get("category", ""), [POOR, *PersonCategory.Category.values])
    status = _one_of(query.get("status", ""), WorkerRegistration.Status.values)
    return unemployed(asked, category=category, status=status)


def warned(asked: Asked, query: Mapping[str, str]) -> list[Warned]:
    """Errors: NotVisible for a sign or level there is not."""
    return warnings(
        asked,
        code=_one_of(query.get("code", ""), list(LABELS)),
        level=_one_of(query.get("level", ""), list(LEVELS)),
        handled=_one_of(query.get("handled", ""), ["yes", "no"]),
    )


def _one_of(text: str, known: Sequence[str]) -> str:
    if text and text not in known:
        raise NotVisible
    return text


@require_GET
def unemployed_list(request: HttpRequest) -> HttpResponse:
    """`?day=`, `?place=`, `?unit=`, `?category=`, `?status=`; `?format=xlsx` or `docx`: a file."""
    actor, query = actor_of(request), request.GET.dict()
    try:
        asked = asked_list(actor, query)
    except RuleViolated as refused:
        return _refused(request, _("未就业清单"), refused)
    paper = unemployed_paper(asked, seeking(asked, query))
    held = [("", _("全部")), (POOR, _("脱贫人口（含监测对象）")), *PersonCategory.Category.choices]
    fields = [
        _choice("category", _("人员类别"), held, query),
        _choice("status", _("就业状况"), [("", _("全部")), *WorkerRegistration.Status.choices], query),
    ]
    return _answer(request, paper, asked, fields, actor)


@require_GET
def warning_list(request: HttpRequest) -> HttpResponse:
    """`?day=`, `?place=`, `?unit=`, `?code=`, `?level=`, `?handled=`; `?format=`: a file."""
    actor, query = actor_of(request), request.GET.dict()
    try:
        asked = asked_list(actor, query)
    except RuleViolated as refused:
        return _refused(request, _("失业返乡预警"), refused)
    found = warned(asked, query)
    paper = warnings_paper(asked, found)
    handled = [("", _("全部")), ("no", _("没有走访过")), ("yes", _("已走访"))]
    fields = [
        _choice("code", _("预警信号"), [("", _("全部")), *LABELS.items()], query),
        _choice("level", _("预警级别"), [("", _("全部")), *LEVELS.items()], query),
        _choice("handled", _("走访"), handled, query),
    ]
    may = actor.allows(Verb.CREATE, FollowUpVisit.ledger_key())
    table = with_visits(paper.tables[0], found) if may else None
    return _answer(request, paper, asked, fields, actor, table)


def _answer(
    request: HttpRequest,
    paper: Paper,
    asked: Asked,
    fields: Sequence[Drawn],
    actor: Actor,
    shown: PaperTable | None = None,
) -> HttpResponse:
    """The page, or the file asked for. `shown`: what the page has in the place of the table of the file."""
    if (file := answer_file(request, paper, actor, _LEDGER)) is not None:
        return file
    query = {name: value for name, value in request.GET.dict().items() if name != "format"}
    table = shown or paper.tables[0]
    cut = len(table.rows) > SHOWN
    notices = [{"kind": "", "text": paper.note}]
    if cut:
        told = {"shown": SHOWN, "all": f"{len(table.rows):,}"}
        notices.append({"kind": "", "text": _("只列前 %(shown)s 行，全部 %(all)s 行见 Excel。") % told})
    context = {
        "title": paper.title,
        "sub": table.note,
        "crumbs": [],
        "actions": files_of(request, query, actor.allows(Verb.EXPORT, _LEDGER) and bool(table.rows)),
        "notices": notices,
        "tabs": [],
        "hidden": {"side": asked.side.value},
        "asked": [_day(asked), *_whose(asked, query), *fields],
        "sections": [
            {
                "title": table.title,
                "note": table.note,
                "table": draw_table(table, table.rows[:SHOWN]),
                "empty": _("没有这样的人员。"),
            }
        ],
    }
    return render(request, "kernel/report.html", context)


def _refused(request: HttpRequest, title: str, refused: RuleViolated) -> HttpResponse:
    field = {"name": "day", "id": "day", "label": _("日期"), "kind": "date", "value": "", "errors": []}
    context = {
        "title": title,
        "crumbs": [],
        "actions": [],
        "notices": [{"kind": "late", "text": str(refused)}],
        "asked": [field],
        "sections": [],
    }
    return render(request, "kernel/report.html", context, status=422)


def _day(asked: Asked) -> Drawn:
    day = asked.day.isoformat()
    return {"name": "day", "id": "day", "label": _("日期"), "kind": "date", "value": day, "errors": []}


def _whose(asked: Asked, query: Mapping[str, str]) -> list[Drawn]:
    towns = Place.objects.filter(side=asked.side, level=Place.Level.TOWN, valid_to=None).order_by("path")
    units = Unit.objects.filter(side=asked.side).order_by("path")
    return [
        _choice("place", _("户籍地"), [("", _("全部")), *((str(one.pk), str(one)) for one in towns)], query),
        _choice("unit", _("负责单位"), [("", _("全部")), *((str(one.pk), str(one)) for one in units)], query),
    ]


def _choice(name: str, label: str, options: Sequence[tuple[str, object]], query: Mapping[str, str]) -> Drawn:
    value = query.get(name, "")
    shown = [{"value": one, "label": str(told), "selected": one == value} for one, told in options]
    return {
        "name": name, "id": name, "label": label, "kind": "select", "value": value, "options": shown,
        "errors": [],
    }  # fmt: skip
