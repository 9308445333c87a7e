"""The administrators' page of damaged papers: which they are, where on the disk, and when anybody looked."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.jobs.pages import administers
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.views import actor_of

from .checking import check_again, open_damages
from .kinds import kind_of
from .models import EvidenceCheck, EvidenceDamage
from .panel import size_text
from .store import relative_path

Drawn = dict[str, Any]

register_page(MenuPage(SYSTEM, gettext_lazy("佐证检查"), "evidence_damage", order=20, is_allowed=administers))

#: After this long without a run that ended, the nightly check is not working.
_OVERDUE = timedelta(hours=36)
#: Damaged contents listed one by one; whoever has more restores the whole folder.
_SHOWN = 200


@require_GET
def damage(request: HttpRequest) -> HttpResponse:
    found = open_damages(_administrator(request).sides)
    last = EvidenceCheck.objects.filter(ended_at__isnull=False).first()
    number = found.count()
    again_url = reverse("evidence_damage_again")
    shown = {
        "title": _("佐证检查"),
        "sub": _("每夜逐份读出佐证文件，与入库时的哈希比对。这里不显示文件内容和所属记录。"),
        "crumbs": [],
        "actions": [{"label": _("再检查一遍"), "url": again_url, "method": "post"}] if number else [],
        "notices": [*_about_damage(number), _about_runs(last)],
        "table": _table(found),
        "more": max(0, number - _SHOWN),
        "empty": _nothing() if last else None,
    }
    return respond(request, "kernel/damage.html", "", shown)


def _nothing() -> Drawn:
    text = _("最近一次检查时，本方的佐证都与入库时一致。")
    return {"title": _("没有发现损坏"), "text": text, "actions": []}


def _about_damage(number: int) -> list[Drawn]:
    if not number:
        return []
    told = _("有 %(number)s 份文件损坏或丢失。请从备份取回下面列出的文件，放到原处，再点“再检查一遍”。")
    return [{"kind": "late", "text": told % {"number": f"{number:,}"}}]


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Look again at what was damaged, after it was restored."""
    mended = check_again(_administrator(request).sides)
    messages.success(request, _("已重新检查：%(number)s 份恢复正常。") % {"number": mended})
    return see_other(reverse("evidence_damage"))


def _administrator(request: HttpRequest) -> Actor:
    """Errors: NotAllowed for everybody else."""
    actor = actor_of(request)
    if not administers(actor):
        raise NotAllowed
    return actor


def _about_runs(last: EvidenceCheck | None) -> Drawn:
    if last is None or last.ended_at is None:
        return {"kind": "wait", "text": _("还没有检查过。后台任务进程运行时，每夜 1:40 自动检查。")}
    told = _("上次检查：%(at)s 完成。") % {"at": moment(last.ended_at)}
    if clock.now() - last.ended_at > _OVERDUE:
        return {"kind": "late", "text": told + _("此后没有按时检查，请确认后台任务进程在运行。")}
    return {"kind": "", "text": told}


def _table(found: QuerySet[EvidenceDamage]) -> Drawn:
    headings = (_("文件位置"), _("所属方"), _("类型"), _("大小"), _("用在"), _("发现时间"))
    standing = Count("file__links", filter=Q(file__links__removed_at__isnull=True))
    damages = found.select_related("file").annotate(rows=standing).order_by("-id")[:_SHOWN]
    return {
        "columns": [{"label": heading} for heading in headings],
        "rows": [
            {"id": str(one.pk), "label": one.file.digest, "cells": _cells(one, headings)} for one in damages
        ],
    }


def _cells(one: EvidenceDamage, headings: tuple[str, ...]) -> list[Drawn]:
    rows = getattr(one, "rows", 0)
    texts = (
        relative_path(one.file.side, one.file.digest),
        one.file.get_side_display(),
        str(kind_of(one.file.content_type).label),
        size_text(one.file.size),
        _("%(number)s 条记录") % {"number": rows},
        moment(one.found_at),
    )
    cells: list[Drawn] = [{"text": text, "label": label} for text, label in zip(texts, headings, strict=True)]
    cells[0] |= {"kind": "code"}
    return cells
