"""A paper looked through on a page of ours: no download, no viewer of other people."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.engines.pdf import PdfUnreadable, page_count
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link as address
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of

from .attach import class_choices, find_link, require_look
from .kinds import PDF, kind_of
from .models import EvidenceLink
from .panel import person, size_text, where_text
from .store import read
from .thumbnails import can_be_drawn, pdf_page, picture

Drawn = dict[str, Any]

#: Pages of a PDF on one page of ours.
_SHOWN = 20


@require_GET
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    link, row = find_link(pk, actor=actor)
    ledger = registry.get(link.ledger)
    require_look(link, ledger, row, actor)
    download = f"{link_to('evidence_file', pk=pk)}?download"
    shown = {
        "title": link.name,
        "sub": "",
        "crumbs": _crumbs(ledger, row, actor),
        "actions": [{"label": _("下载"), "url": download, "icon": "download"}],
        "facts": _facts(link, ledger),
        **_pictures(link, whole_number(request.GET.get("page", ""))),
    }
    return respond(request, "kernel/paper.html", "", shown)


@require_GET
def page_of(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page of a PDF as a picture, numbered from 1; a picture is its own page, drawn anew."""
    actor = actor_of(request)
    link, row = find_link(pk, actor=actor)
    require_look(link, registry.get(link.ledger), row, actor)
    is_image = kind_of(link.file.content_type).is_image
    shown = picture(link.file) if is_image else pdf_page(link.file, number - 1)
    response = HttpResponse(shown, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _crumbs(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> list[Drawn]:
    return [
        {"label": ledger.label, "url": address(ledger, "list")},
        {"label": row_label(ledger, row, actor), "url": f"{address(ledger, 'detail', pk=row.pk)}#evidence"},
    ]


def _facts(link: EvidenceLink, ledger: Ledger[Any]) -> list[Drawn]:
    file = link.file
    labels = dict(class_choices(ledger))
    pairs = (
        (_("佐证类别"), labels.get(link.evidence_class, link.evidence_class)),
        (_("大小"), size_text(file.size)),
        (_("上传"), f"{person(people([link.attached_by])[link.attached_by])} · {moment(link.attached_at)}"),
        (_("拍摄时间"), moment(file.shot_at) if file.shot_at else ""),
        (_("拍摄地点"), where_text(file)),
        ("SHA-256", file.digest),
    )
    return [{"label": label, "text": text} for label, text in pairs if text]


def _pictures(link: EvidenceLink, asked: int) -> Drawn:
    kind = kind_of(link.file.content_type)
    if kind.is_image and not can_be_drawn(link.file):
        return _shown([], _("这张图片太大，不在网页上显示。请下载后打开。"))
    if kind.is_image:
        return _shown([{"url": link_to("evidence_page", pk=link.pk, number=1), "label": link.name}])
    if kind is not PDF:
        return _shown([], _("这种文件不能在网页上预览，请下载后打开。"))
    try:
        total = page_count(read(link.file))
    except PdfUnreadable:
        return _shown([], _("这份 PDF 预览不了：有打开密码，或没有传完整。请下载后核对。"))
    page = Paginator(range(1, total + 1), _SHOWN).get_page(asked or 1)
    pictures = [
        {
            "url": link_to("evidence_page", pk=link.pk, number=number),
            "label": _("第 %(number)s 页，共 %(total)s 页") % {"number": number, "total": total},
        }
        for number in page.object_list
    ]
    return _shown(pictures, pager=_pager(link, page, total) if page.has_other_pages() else None)


def _shown(pictures: list[Drawn], problem: str = "", pager: Drawn | None = None) -> Drawn:
    return {"pictures": pictures, "problem": problem, "pager": pager}


def _pager(link: EvidenceLink, page: Page[int], total: int) -> Drawn:
    url = link_to("evidence_look", pk=link.pk)
    shown = _("本页第 %(first)s–%(last)s 页") % {"first": page.start_index(), "last": page.end_index()}
    return {
        "total": _("共 %(total)s 页") % {"total": total},
        "shown": shown,
        "first": "",
        "previous": with_query(url, {"page": page.previous_page_number()}) if page.has_previous() else "",
        "next": with_query(url, {"page": page.next_page_number()}) if page.has_next() else "",
    }
