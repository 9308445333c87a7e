"""One bulletin as its readers see it: the document with every number a link, and what may be done."""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.documents.bound import numbers
from shanhai.kernel.documents.model import Document
from shanhai.kernel.documents.numbers import format_number
from shanhai.kernel.documents.page import write_page
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.documents.kinds import kind_of
from shanhai.registers.documents.pages import templates_of

from .bulletin_amended import AmendedFigure, amended_since_issue
from .bulletin_figures import address_of, ref_of
from .bulletin_kind import key_of
from .bulletin_list import state_of
from .bulletin_rights import can_issue
from .composing import Parts, document_of, problems_of
from .freshness import Stale, stale_figures
from .indicator_amended import told
from .models import Bulletin, BulletinReceipt
from .receipts import own_receipts
from .reconciling.saying import sides_address

Drawn = dict[str, Any]


def bulletin_context(bulletin: Bulletin, actor: Actor) -> Drawn:
    """Everything the page shows. Whether numbers are stale is asked for drafts only."""
    parts = Parts.of(bulletin)
    document = document_of(parts)
    is_writer = can_issue(actor, bulletin.side)
    stale = stale_figures(parts) if bulletin.is_draft else []
    waiting = [one for one in stale if one.is_open]
    problems = problems_of(parts) if bulletin.is_draft else []
    amended = [] if bulletin.is_draft else amended_since_issue(parts)
    kind = kind_of(key_of(bulletin.bulletin_form), actor)
    receipts = list(bulletin.receipts.select_related("unit"))
    return {
        "title": f"{period_label(bulletin.period)}{bulletin.get_bulletin_form_display()}",
        "sub": _subtitle(bulletin, document),
        "crumbs": [{"label": _("通报"), "url": link_to("appraisal:bulletins")}],
        "state": state_of(bulletin),
        "actions": _page_actions(bulletin, is_writer),
        "notices": _notices(bulletin, waiting),
        "article": _article(parts, document, stale),
        "stale": [_stale(bulletin, one) for one in stale] if is_writer else [],
        "amended": [_amended(one) for one in amended],
        "problems": problems,
        "steps": _steps(bulletin, is_ready=not waiting and not problems) if is_writer else [],
        "facts": _facts(bulletin),
        "templates": templates_of(kind, bulletin, actor),
        "templates_url": link_to("documents:templates", kind=kind.key) if is_writer else "",
        "receipts": _receipts(receipts, is_draft=bulletin.is_draft),
        "remind": is_writer and bulletin.state == Bulletin.State.ISSUED,
        "own": [] if bulletin.is_draft else _own(bulletin, actor),
        "step_url": link_to("appraisal:bulletin_step", pk=bulletin.pk),
    }


def _subtitle(bulletin: Bulletin, document: Document) -> str:
    return _("%(side)s · %(unit)s · %(number)s 处数据，点开即到所依据的记录") % {
        "side": Side(bulletin.side).label,
        "unit": document.issuer,
        "number": len(numbers(document)),
    }


def _page_actions(bulletin: Bulletin, is_writer: bool) -> list[Drawn]:
    def link(label: str, page: str, **more: Any) -> Drawn:
        return {"label": label, "url": link_to(f"appraisal:{page}", pk=bulletin.pk), "kind": "", **more}

    files = [
        link("PDF", "bulletin_pdf", icon="download"),
        link("Word", "bulletin_word", icon="download", kind="primary", main=True),
    ]
    if is_writer and bulletin.is_draft:
        files[1] |= {"kind": "", "main": False}
        files.append(link(_("改叙述"), "bulletin_edit", kind="primary", main=True))
    return files


def _notices(bulletin: Bulletin, waiting: list[Stale]) -> list[Drawn]:
    if bulletin.state == Bulletin.State.WITHDRAWN:
        text = _("本通报已由%(who)s于%(at)s撤回：%(why)s") % {
            "who": bulletin.withdrawn_by,
            "at": moment(bulletin.withdrawn_at) if bulletin.withdrawn_at else "",
            "why": bulletin.withdrawal_reason,
        }
        return [{"kind": "late", "text": text}]
    if waiting:
        text = _("有 %(number)s 处数据取数后又变了，文中已标出。更新或写明理由保留之后才能签发。")
        return [{"kind": "wait", "text": text % {"number": len(waiting)}}]
    return []


def _article(parts: Parts, document: Document, stale: list[Stale]) -> str:
    addresses = {str(one.pk): address_of(ref_of(one)) for one in parts.figures}
    changed = {str(one.figure.pk) for one in stale if one.is_open}
    side = Side(parts.bulletin.side)
    return write_page(document, lambda bind: addresses.get(bind) or sides_address(bind, side), stale=changed)


def _stale(bulletin: Bulletin, one: Stale) -> Drawn:
    return {
        "label": one.figure.label,
        "before": one.before_text,
        "after": one.now_text,
        "url": link_to("appraisal:bulletin_figure", pk=bulletin.pk, figure=one.figure.pk),
        "rows_url": address_of(ref_of(one.figure)),
        "kept": ""
        if one.is_open
        else _("%(who)s保留原值：%(why)s") % {"who": one.figure.kept_by, "why": one.figure.kept_reason},
    }


def _amended(one: AmendedFigure) -> Drawn:
    indicator = registry.get(one.figure.code, Period.parse(one.figure.period))
    printed = format_number(one.figure.value, decimals=one.figure.decimals)
    return {
        "label": one.figure.label,
        "printed": f"{printed}{one.figure.unit}",
        "text": told(indicator, one.effect),
        "url": one.url,
    }


def _steps(bulletin: Bulletin, *, is_ready: bool) -> list[Drawn]:
    if bulletin.is_draft:
        return [
            {
                "step": "issue",
                "label": _("签发"),
                "kind": "primary",
                "is_off": not is_ready,
                "confirm": _("签发后内容不能再改，只能撤回另发。确定签发？"),
                "text": _("文本、Word 和 PDF 一并固化。") if is_ready else _("先处理上面列出的问题。"),
            },
            {
                "step": "redraft",
                "label": _("全部更新"),
                "kind": "",
                "text": _("按现有数据重新取数、排名、列表；改过的叙述不动。"),
            },
        ]
    if bulletin.state == Bulletin.State.ISSUED:
        return [{"step": "withdraw", "label": _("撤回"), "kind": "danger", "is_reasoned": True, "text": ""}]
    return []


def _facts(bulletin: Bulletin) -> list[Drawn]:
    facts = [
        (_("起草"), f"{bulletin.drafted_by} {moment(bulletin.drafted_at)}", ""),
        (_("签发"), f"{bulletin.issued_by} {moment(bulletin.issued_at)}" if bulletin.issued_at else "", ""),
        (_("文本 SHA-256"), bulletin.digest, "hash"),
        ("Word SHA-256", bulletin.word.digest if bulletin.word else "", "hash"),
        ("PDF SHA-256", bulletin.pdf.digest if bulletin.pdf else "", "hash"),
    ]
    return [{"label": label, "text": text, "kind": kind} for label, text, kind in facts if text]


def _receipts(receipts: list[BulletinReceipt], *, is_draft: bool) -> Drawn:
    got = [one for one in receipts if one.received_at]
    missing = [one for one in receipts if not one.received_at]
    note = _("%(units)s 个主送单位") if is_draft else _("%(got)s / %(units)s 已签收")
    return {
        "note": note % {"got": len(got), "units": len(receipts)},
        "missing": "" if is_draft else "、".join(str(one.unit) for one in missing),
        "addressed": "、".join(str(one.unit) for one in receipts) if is_draft else "",
        "got": [
            {
                "unit": str(one.unit),
                "who": one.received_by,
                "at": moment(one.received_at) if one.received_at else "",
                "remark": one.remark,
            }
            for one in sorted(got, key=lambda one: str(one.received_at))
        ],
    }


def _own(bulletin: Bulletin, actor: Actor) -> list[Drawn]:
    if bulletin.state != Bulletin.State.ISSUED:
        return []
    return [
        {
            "unit": str(one.unit),
            "url": link_to("appraisal:bulletin_receive", pk=bulletin.pk, unit=one.unit_id),
        }
        for one in own_receipts(bulletin, actor)
        if not one.received_at
    ]
