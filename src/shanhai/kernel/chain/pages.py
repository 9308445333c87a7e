"""The auditor's page: how far history is sealed, when it was last verified, and the anchors to take away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.erasing.models import ErasedEntry
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.readings.found import watched_sides
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.menu import SYSTEM, MenuPage, register_page
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.views import actor_of

from .anchors import NAME
from .findings import tell
from .models import ArchivedMonth, ChainCheck, SealBlock
from .state import State, state

Drawn = dict[str, Any]

_SHOWN = 20
#: The worker seals every minute and verifies every night: after this long it does not.
_LATE_SEAL, _LATE_CHECK = timedelta(minutes=10), timedelta(hours=36)


def watches(actor: Actor) -> bool:
    """Whether the seal is shown to `actor`: to those who watch over what others read."""
    return bool(watched_sides(actor))


register_page(MenuPage(SYSTEM, gettext_lazy("历史封存"), "chain", order=30, is_allowed=watches))


def auditor(request: HttpRequest) -> Actor:
    """Errors: NotAllowed for everybody else."""
    actor = actor_of(request)
    if not watches(actor):
        raise NotAllowed
    return actor


@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    auditor(request)
    found = state()
    anchors = [{"label": _("下载锚点"), "url": reverse("chain_anchors"), "kind": "", "icon": "download"}]
    shown = {
        "title": _("历史封存"),
        "sub": _("每次写入和每次查看敏感信息，都封进一条前后相扣的链；改动、删除、插入都会被验证发现"),
        "crumbs": [],
        "actions": anchors if (settings.SHANHAI_ANCHORS / NAME).exists() else [],
        "notices": [_about_seal(found), *_about_waiting(found), *_about_check(found.check)],
        "tables": [
            {"title": _("最近的验证"), "table": _checks(), "empty": _("还没有验证过。")},
            {"title": _("最近的区块"), "table": _blocks(), "empty": _("还没有封存过。")},
            {"title": _("归档的月份"), "table": _archived(), "empty": _("历史全在库里。")},
            {"title": _("依申请删除"), "table": _erased(), "empty": _("没有依本人申请删除过个人信息。")},
        ],
    }
    return respond(request, "kernel/chain.html", "", shown)


@require_GET
def chain_anchors(request: HttpRequest) -> FileResponse:
    """The file of anchors as it stands. Errors: NotVisible before the first."""
    auditor(request)
    path = settings.SHANHAI_ANCHORS / NAME
    if not path.exists():
        raise NotVisible
    return FileResponse(path.open("rb"), as_attachment=True, filename=NAME, content_type="application/jsonl")


def _about_seal(found: State) -> Drawn:
    if found.last is None:
        return {"kind": "wait", "text": _("还没有封存过。后台任务进程运行时，每分钟自动封存。")}
    told = {
        "number": f"{found.last.number:,}",
        "entries": f"{found.entries:,}",
        "at": moment(found.last.sealed_at),
    }
    return {"kind": "", "text": _("已封存 %(number)s 块、%(entries)s 条，最后一块封存于 %(at)s。") % told}


def _about_waiting(found: State) -> list[Drawn]:
    if not found.unsealed or found.unsealed_since is None:
        return [{"kind": "", "text": _("没有等待封存的历史。")}]
    told = {"number": f"{found.unsealed:,}", "since": moment(found.unsealed_since)}
    waiting = {"kind": "", "text": _("等待封存 %(number)s 条，最早 %(since)s。") % told}
    if clock.now() - found.unsealed_since <= _LATE_SEAL:
        return [waiting]
    late = _("封存晚了十分钟以上：有写入的事务一直没有结束，或后台任务进程没有运行。")
    return [waiting, {"kind": "late", "text": late}]


def _about_check(last: ChainCheck | None) -> list[Drawn]:
    if last is None:
        return [{"kind": "wait", "text": _("还没有验证过。后台任务进程运行时，每夜 2:20 自动验证。")}]
    if not last.is_whole:
        told = {"at": moment(last.checked_at), "finding": tell(last.finding)}
        return [{"kind": "late", "text": _("%(at)s 验证：断链。%(finding)s") % told}]
    told = {"at": moment(last.checked_at), "number": f"{last.blocks:,}"}
    verified = {"kind": "", "text": _("%(at)s 验证到第 %(number)s 块，完好。") % told}
    if clock.now() - last.checked_at <= _LATE_CHECK:
        return [verified]
    return [verified, {"kind": "late", "text": _("此后没有按时验证，请确认后台任务进程在运行。")}]


def _checks() -> Drawn:
    headings = (_("验证时间"), _("结果"), _("区块"), _("条数"), _("用时（秒）"))
    rows = [
        (
            str(one.pk),
            (
                moment(one.checked_at),
                _("完好") if one.is_whole else tell(one.finding),
                f"{one.blocks:,}",
                f"{one.entries:,}",
                f"{one.seconds:.1f}",
            ),
        )
        for one in ChainCheck.objects.all()[:_SHOWN]
    ]
    return _table(headings, rows)


def _blocks() -> Drawn:
    headings = (_("区块"), _("封存时间"), _("条数"), _("算法"), _("哈希"))
    rows = [
        (
            str(one.number),
            (
                f"{one.number:,}",
                moment(one.sealed_at),
                f"{one.entries:,}",
                one.get_algorithm_display(),
                bytes(one.hash).hex(),
            ),
        )
        for one in SealBlock.objects.defer("marks")[:_SHOWN]
    ]
    return _table(headings, rows)


def _archived() -> Drawn:
    headings = (_("月份"), _("文件名"), _("条数"), _("归档时间"), _("文件哈希"))
    rows = [
        (one.month, (one.month, one.name, f"{one.entries:,}", moment(one.archived_at), one.digest))
        for one in ArchivedMonth.objects.all()
    ]
    return _table(headings, rows)


def _erased() -> Drawn:
    """By the act: many entries go at once."""
    headings = (_("删除时间"), _("删除人"), _("历史条数"), _("理由"))
    acts = ErasedEntry.objects.values("erased_at", "erased_by", "reason").annotate(entries=Count("pk"))
    found = list(acts.order_by("-erased_at")[:_SHOWN])
    known = people(one["erased_by"] for one in found)
    rows = [
        (
            one["erased_at"].isoformat(),
            (moment(one["erased_at"]), known[one["erased_by"]].name, f"{one['entries']:,}", one["reason"]),
        )
        for one in found
    ]
    return _table(headings, rows)


def _table(headings: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> Drawn:
    return {
        "columns": [{"label": heading} for heading in headings],
        "rows": [
            {
                "id": key,
                "label": texts[0],
                "cells": [
                    {"text": text, "label": label} for text, label in zip(texts, headings, strict=True)
                ],
            }
            for key, texts in rows
        ],
    }
