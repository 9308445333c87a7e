"""考核结果登记: final results, read-only, with who looked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.permissions import Verb
from shanhai.kernel.readings.models import FieldReading
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of, issuer_of
from shanhai.registers.tables import table_of

from ..models.runs import RESULTS
from ..schemes import wording
from ..schemes.drawing import number
from . import results

Drawn = dict[str, Any]


@require_GET
def result_list(request: HttpRequest) -> HttpResponse:
    """Final runs of the reader's side, and how often each was read."""
    runs = results.final_runs(actor_of(request))
    looks = results.looks_at(runs)
    labels = (_("考核名称"), _("考核年度"), _("被考核单位"), _("查阅次数"))
    rows = [
        (
            reverse("appraisal:result", args=[one.pk]),
            (
                one.name,
                str(one.year),
                number(str(len(one.subjects))),
                number(str(sum(look.row_id == one.pk for look in looks))),
            ),
        )
        for one in runs
    ]
    shown: Drawn = {
        "title": _("考核结果登记"),
        "sub": _("已定案的考核结果，只读；谁看过都有记录"),
        "crumbs": [],
        "actions": [],
        "table": table_of(labels, rows),
        "empty": {"title": _("还没有已定案的考核"), "text": _("公示和申诉结束、统筹定案以后列在这里。")},
        "looks": None,
    }
    return render(request, "appraisal/results.html", shown)


@require_GET
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One final run: places, totals, grades; and who looked before."""
    actor = actor_of(request)
    found = results.looked_up(pk, actor, _("查看"))
    labels = (_("考核单位"), _("名次"), _("总分"), _("考核等次"))
    rows = [
        (
            "",
            (
                one.unit.name,
                number(str(one.place_number)),
                number(wording.points(one.total)),
                one.grade,
            ),
        )
        for one in found.scores
    ]
    shown: Drawn = {
        "title": found.run.name,
        "sub": _("供评先评优和干部使用参考；每次查阅都已记录。"),
        "crumbs": [{"label": _("考核结果登记"), "url": reverse("appraisal:results")}],
        "actions": _downloads(pk) if actor.allows(Verb.EXPORT, RESULTS) else [],
        "table": table_of(labels, rows),
        "empty": {},
        "looks": _looks(results.looks_at([found.run])),
    }
    return render(request, "appraisal/results.html", shown)


def _downloads(pk: UUID) -> list[Drawn]:
    return [
        {"label": label, "url": reverse(f"appraisal:result_{form}", args=[pk]), "icon": "download"}
        for label, form in ((_("导出 Excel"), "xlsx"), (_("导出 Word"), "docx"))
    ]


def _looks(looks: Sequence[FieldReading]) -> Drawn:
    who = people([one.read_by for one in looks])
    labels = (_("查阅人"), _("单位"), _("查阅时间"), _("方式"))
    rows = [
        (
            "",
            (
                who[one.read_by].name,
                who[one.read_by].unit,
                moment(one.read_at),
                one.reason.rpartition("：")[2],
            ),
        )
        for one in looks
    ]
    return table_of(labels, rows)


@require_GET
def result_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The result as Excel or Word; taking it along is a look."""
    actor = actor_of(request)
    found = results.looked_up(pk, actor, _("导出"), Verb.EXPORT)
    return file_of(results.result_paper(found, issuer_of(actor)), form)
