"""行政区边界: what was imported, the form to import a GeoJSON file, the way back to tiles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.kernel.clock import CHINA
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.places.geojson import MOST_BYTES
from shanhai.registers.tables import table_of
from shanhai.web.boards import field, form, page, section

from . import boundaries


@require_http_methods(["GET", "POST"])
def boundary_page(request: HttpRequest) -> HttpResponse:
    """The towns with their boundaries; POST: a file. Nothing is kept of a file in which anything is wrong."""
    actor = actor_of(request)
    boundaries.require(actor)
    if request.method == "GET":
        return _page(request)
    source = request.POST.get("source", "")
    try:
        number = boundaries.import_boundaries(sent_file(request.FILES.get("file")), source, actor=actor)
    except RuleViolated as refused:
        return _page(request, source, refused)
    messages.success(request, _("已导入 %(number)s 个镇（街道）的边界。") % {"number": number})
    return redirect("appraisal:boundaries")


def sent_file(sent: Any) -> bytes:
    """The content of what was sent, no more than is allowed and one byte. Errors: RuleViolated."""
    if sent is None:
        raise RuleViolated(problems={"file": [_("请选择 GeoJSON 文件。")]}, code="bad_boundaries")
    return bytes(sent.read(MOST_BYTES + 1))


@require_POST
def boundary_remove(request: HttpRequest) -> HttpResponse:
    """Back to tiles."""
    number = boundaries.remove_boundaries(actor=actor_of(request))
    messages.success(request, _("已删去 %(number)s 个边界，地图改用方格。") % {"number": number})
    return redirect("appraisal:boundaries")


def _page(request: HttpRequest, source: str = "", refused: RuleViolated | None = None) -> HttpResponse:
    told = boundaries.state(actor_of(request))
    problems = (refused.problems if refused else None) or {}
    file = field("file", _("GeoJSON 文件"), "file", accept=".geojson,.json", required=True)
    whence = field("source", _("来源"), value=source, required=True, maxlength=200,
                   help=_("例如：某某测绘院 2021 年，审图号"))  # fmt: skip
    for one in (file, whence):
        one["errors"] = [str(text) for text in problems.get(one["name"], ())]
    sent = form(
        reverse("appraisal:boundaries"),
        _("导入"),
        fields=[file, whence],
        note=_(
            "每个图形的属性里要有 code（统计用区划代码），经纬度坐标，UTF-8，不超过 20 MB；边界会自动简化。"
            "一个县（区）的镇（街道）都有边界时，地图画边界，否则仍用方格。"
        ),
        is_main=True,
        takes_file=True,
    )
    forms = [sent]
    if any(one["boundary"] for one in told):
        forms.append(form(reverse("appraisal:boundary_remove"), _("删去边界，改用方格")))
    rows = [
        (
            "",
            (
                one["place"].name,
                _("有") if (kept := one["boundary"]) else "",
                kept.source if kept else "",
                f"{kept.imported_at.astimezone(CHINA):%Y-%m-%d}" if kept else "",
                kept.imported_by if kept else "",
            ),
        )
        for one in told
    ]
    table = table_of((_("镇（街道）"), _("边界"), _("来源"), _("导入时间"), _("导入人")), rows)
    context = page(
        _("行政区边界"),
        sub=_("本方 %(number)s 个镇（街道）") % {"number": len(told)},
        crumbs=[{"label": _("一张图"), "url": reverse("appraisal:map")}],
        sections=[section(_("镇（街道）"), table, forms=forms)],
    )
    return render(request, "web/board.html", context, status=422 if refused else 200)
