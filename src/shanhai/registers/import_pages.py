"""The pages of an import into a register: template, upload, plan, confirmation, result."""

import json
import re
import time
from collections.abc import Callable
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.marking import mark_problems
from shanhai.kernel.sheets.problems import SheetProblem, SheetRefused
from shanhai.kernel.sheets.template import allowed, build_template

from . import uploads
from .authority import require
from .importing import LIMITS, Fate, Importer, Plan
from .tables import table_of
from .turns import wait_for_turn

Drawn = dict[str, Any]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 100


class ImportPages:
    """The views of one importer, for whom `is_allowed`, under names `<namespace>:<name>_…`."""

    def __init__(
        self,
        importer: Importer,
        *,
        name: str,
        rows_url: str,
        is_allowed: Callable[[Actor], bool],
        upload_actions: Callable[[Actor], list[Drawn]] = lambda actor: [],
    ) -> None:
        self.importer, self.is_allowed, self.upload_actions = importer, is_allowed, upload_actions
        self.name, self.rows_url = name, rows_url
        self.namespace = rows_url.partition(":")[0]

    def urlpatterns(self, prefix: str) -> list[URLPattern]:
        return [
            path(f"{prefix}import/", require_http_methods(["GET", "POST"])(self.upload), name=self.name),
            path(f"{prefix}import/template/", require_GET(self.template), name=f"{self.name}_template"),
            path(
                f"{prefix}import/<uuid:key>/",
                never_cache(require_http_methods(["GET", "POST"])(self.plan)),
                name=f"{self.name}_plan",
            ),
            path(f"{prefix}import/<uuid:key>/marked/", require_GET(self.marked), name=f"{self.name}_marked"),
        ]

    def url(self, page: str = "", **arguments: Any) -> str:
        return reverse(f"{self.namespace}:{self.name}{page}", kwargs=arguments or None)

    def _actor(self, request: HttpRequest) -> Actor:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        require(self.is_allowed(actor))
        return actor

    def template(self, request: HttpRequest) -> HttpResponse:
        columns = self.importer.columns(self._actor(request))
        return workbook(build_template(str(self.importer.label), columns), f"{self.importer.label}模板.xlsx")

    def upload(self, request: HttpRequest) -> HttpResponse:
        actor = self._actor(request)
        if request.method == "GET":
            return self._show_upload(request, actor, "")
        file = request.FILES.get("file")
        if file is None:
            return self._show_upload(request, actor, _("请先选择文件。"))
        if (file.size or 0) > LIMITS.file:
            return self._show_upload(request, actor, _limit_text())
        data = file.read()
        try:
            self.importer.plan(data, actor)
        except SheetRefused as refused:
            return self._show_upload(request, actor, refused.message)
        key = uploads.keep(_wrapped(str(file.name), data), self.importer.key, actor)
        return redirect(self.url("_plan", key=key))

    def _show_upload(self, request: HttpRequest, actor: Actor, problem: str) -> HttpResponse:
        problems = [{"label": _("文件"), "text": problem, "anchor": "file"}] if problem else []
        template = {"label": _("下载模板"), "url": self.url("_template"), "kind": "", "icon": "download"}
        shown = self._frame("upload") | {
            "actions": [*self.upload_actions(actor), template],
            "upload": {
                "url": self.url(),
                "accept": ".xlsx,.xls,.xlsm,.ods,.csv",
                "limit": LIMITS.file,
                "limit_text": _limit_text(),
                "columns": _columns_table(self.importer.columns(actor)),
                "template_url": self.url("_template"),
                "others": [],
                "problems": problems,
            },
        }
        return render(request, "kernel/import.html", shown, status=422 if problem else 200)

    def plan(self, request: HttpRequest, key: UUID) -> HttpResponse:
        actor = self._actor(request)
        name, data = _unwrapped(uploads.kept(key, self.importer.key, actor))
        if request.method == "POST":
            wait_for_turn(self.importer.key)
        plan = self.importer.plan(data, actor)
        file = {"name": name, "size": filesizeformat(len(data))}
        if request.method == "GET":
            return self._show_plan(request, key, file, plan)
        if not plan.is_right or request.POST.get("plan") != plan.fingerprint:
            why = _("系统里的数据刚刚有变，下面是现在的结果，请再核对一遍。")
            return self._show_plan(request, key, file, plan, why)
        if self.importer.needs_reason and not _reason(request):
            return self._show_plan(request, key, file, plan, _("导入必须写明原因。"), status=422)
        return self._confirmed(request, key, name, plan, actor)

    def _confirmed(
        self, request: HttpRequest, key: UUID, name: str, plan: Plan, actor: Actor
    ) -> HttpResponse:
        began = time.monotonic()
        reason = _("导入%(what)s：%(file)s") % {"what": self.importer.label, "file": name}
        if why := _reason(request):
            reason = f"{why}（{reason}）"
        with context.acting(actor, reason=reason[:500], import_id=key):
            written = self.importer.write(plan.writes, actor)
        counted, expected = self.importer.count(plan.writes), len(plan.writes)
        if counted != expected:
            raise RuleViolated(_("写入后清点的行数不对，全部没有写入。请再试一次。"), code="miscounted")
        uploads.forget(key)
        actions = self.importer.result_actions(written, actor)
        counts = {
            "created": plan.count(Fate.NEW),
            "changed": plan.count(Fate.CHANGED),
            "same": plan.count(Fate.SAME),
            "wrong": 0,
        }
        part = {**counts, "label": self.importer.label, "url": reverse(self.rows_url)}
        shown = self._frame("result") | {
            "actions": actions,
            "result": {
                **counts,
                "right": True,
                "expected": expected,
                "counted": counted,
                "parts": [part],
                "seconds": f"{time.monotonic() - began:.1f}",
                "text": _("已导入，清点无误。"),
                "again_url": self.url(),
                "import_id": key,
            },
        }
        return render(request, "kernel/import.html", shown)

    def _show_plan(
        self, request: HttpRequest, key: UUID, file: Drawn, plan: Plan, notice: str = "", status: int = 409
    ) -> HttpResponse:
        wrong = plan.count(Fate.WRONG)
        shown = self._frame("plan") | {
            "plan": {
                "file": {**file, "rows": len(plan.lines), "sheet": _sheets(plan)},
                "counts": {fate.value: plan.count(fate) for fate in Fate},
                "aside": [notice] if notice else [],
                "is_several": False,
                "parts": [self._part(plan)],
                "marked_url": self.url("_marked", key=key),
                "confirm": {
                    "url": self.url("_plan", key=key),
                    "hidden": [{"name": "plan", "value": plan.fingerprint}],
                    "label": _("确认导入 %(number)s 行") % {"number": len(plan.writes)},
                    "allowed": plan.is_right,
                    "why": _why(plan, wrong),
                    "needs_reason": self.importer.needs_reason and plan.is_right,
                },
                "cancel_url": self.url(),
            }
        }
        return render(request, "kernel/import.html", shown, status=status if notice else 200)

    def _part(self, plan: Plan) -> Drawn:
        return {
            "label": self.importer.label,
            "counts": {fate.value: plan.count(fate) for fate in Fate},
            "file": {"sheet": _sheets(plan)},
            "aside": [one.message for one in plan.table.notices],
            "problems": [_problem(one) for one in plan.problems[:_SHOWN]],
            "more_problems": max(0, len(plan.problems) - _SHOWN),
            **_differences(plan),
        }

    def marked(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """The wrong rows as a workbook to be mended."""
        actor = self._actor(request)
        name, data = _unwrapped(uploads.kept(key, self.importer.key, actor))
        plan = self.importer.plan(data, actor)
        marked = mark_problems(data, self.importer.columns(actor), plan.problems, LIMITS)
        return workbook(marked, f"{PurePath(name).stem}-待改.xlsx")

    def _frame(self, step: str) -> Drawn:
        steps = {"upload": _("上传"), "plan": _("核对"), "result": _("完成")}
        order = list(steps)
        flow = [
            {
                "label": label,
                "state": "here" if one == step else "done" if order.index(one) < order.index(step) else "",
            }
            for one, label in steps.items()
        ]
        return {
            "title": _("导入%(what)s") % {"what": self.importer.label},
            "sub": _("先看会发生什么，再确认；有一格不对，整个文件都不写入。"),
            "crumbs": [{"label": self.importer.label, "url": reverse(self.rows_url)}],
            "actions": [],
            "flow": flow,
            "step": step,
        }


def workbook(data: bytes, name: str) -> HttpResponse:
    """A download."""
    response = HttpResponse(data, content_type=_XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _sheets(plan: Plan) -> str:
    return "、".join(layout.sheet for layout in plan.table.layouts)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:300]


def _why(plan: Plan, wrong: int) -> str:
    if wrong:
        return _("有 %(number)s 行有错，改好后重新上传。") % {"number": wrong}
    return "" if plan.writes else _("没有要写入的行。")


def _problem(problem: SheetProblem) -> Drawn:
    """The sentence of a problem says both why and how to mend: it is cut in two where the second begins."""
    cut = re.search(r"。(?=请|可填)", problem.message)
    why, mend = (problem.message[: cut.end()], problem.message[cut.end() :]) if cut else (problem.message, "")
    return {
        "cell": f"{problem.letter}{problem.row}",
        "row": str(problem.row),
        "label": problem.label or _("整行"),
        "value": problem.value,
        "why": why,
        "mend": mend or _("改好这一格后重新上传。"),
    }


def _differences(plan: Plan) -> Drawn:
    changed = [line for line in plan.lines if line.fate is Fate.CHANGED]
    return {
        "differences": [
            {"label": line.label, "url": line.url, "changes": line.changes} for line in changed[:_SHOWN]
        ],
        "more_differences": max(0, len(changed) - _SHOWN),
    }


def _columns_table(columns: tuple[SheetColumn, ...]) -> Drawn:
    headings = (_("列"), _("可填内容"), _("说明"))
    return table_of(
        headings,
        [
            (
                "",
                (
                    {"text": c.header},
                    {"text": _brief(allowed(c)), "kind": "long"},
                    {"text": c.help, "kind": "long"},
                ),
            )
            for c in columns
        ],
    )


def _brief(text: str) -> str:
    longest = 60
    return text if len(text) <= longest else f"{text[:longest]}…"


def _limit_text() -> str:
    return _("文件不超过 %(size)s MB。") % {"size": LIMITS.file >> 20}


def _wrapped(name: str, data: bytes) -> bytes:
    return json.dumps(name[:120]).encode() + b"\n" + data


def _unwrapped(stored: bytes) -> tuple[str, bytes]:
    name, _line, data = stored.partition(b"\n")
    return str(json.loads(name)), data
