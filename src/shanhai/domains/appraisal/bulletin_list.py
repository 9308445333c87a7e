"""The list of bulletins, and the form that begins a new one."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link_to

from .asking import recent_periods
from .draft_parts import period_words
from .models import Bulletin
from .models.bulletins import LEDGER

Drawn = dict[str, Any]

STATE_KINDS = {"draft": "wait", "issued": "ok", "withdrawn": "void"}
#: Quarters back for which a bulletin may be begun.
OFFERED = 4


def state_of(bulletin: Bulletin) -> Drawn:
    return {"label": bulletin.get_state_display(), "kind": STATE_KINDS[bulletin.state]}


def list_context(actor: Actor) -> Drawn:
    rows = Bulletin.objects.visible_to(actor).defer("plan", "frozen")
    counted = rows.annotate(
        sent=Count("receipts"), received=Count("receipts", filter=Q(receipts__received_at__isnull=False))
    )
    found = [_row(one) for one in counted.select_related("owner_unit")]
    labels = (_("标题"), _("文号"), _("通报期"), _("签发"), _("签收"), _("状态"))
    return {
        "title": _("通报"),
        "sub": _("由指标数据起草，签发后固化，各单位签收"),
        "crumbs": [],
        "actions": [],
        "table": {"columns": [{"label": label} for label in labels], "rows": found},
        "begin": {"url": link_to("appraisal:bulletins"), "options": _options()}
        if actor.allows(Verb.ISSUE, LEDGER)
        else None,
        "empty": {
            "title": _("还没有通报"),
            "text": _("统筹部门选定季度后，由系统按已核实的数据起草；签发后在这里签收。"),
        },
    }


def _options() -> list[Drawn]:
    now = Period.of(clock.today(), PeriodKind.QUARTER)
    month, year = (Period.of(clock.today(), kind) for kind in (PeriodKind.MONTH, PeriodKind.YEAR))
    quarters = [*reversed(recent_periods(now, OFFERED))]
    halves = [one for one in quarters if one.code.endswith("Q2")]
    form = Bulletin.Form
    offered = [
        *((form.BULLETIN, one) for one in (*quarters, year)),
        *((form.DISPATCH, one) for one in (month, month.previous())),
        *((form.SUMMARY, one) for one in (*halves, year)),
    ]
    return [
        {
            "value": one.code if kind == form.BULLETIN else f"{kind.value}.{one.code}",
            "label": f"{period_words(kind, one)} {kind.label}",
            "selected": (kind, one) == (form.BULLETIN, now),
        }
        for kind, one in offered
    ]


def _row(bulletin: Any) -> Drawn:
    is_sent = bulletin.state != Bulletin.State.DRAFT
    texts = (
        ("".join(bulletin.title.split()), ""),
        (bulletin.number, ""),
        (f"{period_label(bulletin.period)} {bulletin.get_bulletin_form_display()}", ""),
        (moment(bulletin.issued_at) if bulletin.issued_at else "", "date"),
        (f"{bulletin.received} / {bulletin.sent}" if is_sent else "", ""),
    )
    labels = (_("标题"), _("文号"), _("通报期"), _("签发"), _("签收"))
    cells: list[Drawn] = [
        {"text": text, "kind": kind, "label": label}
        for (text, kind), label in zip(texts, labels, strict=True)
    ]
    cells[0]["kind"] = "long"
    cells.append({"text": "", "kind": "state", "label": _("状态"), "state": state_of(bulletin)})
    url = link_to("appraisal:bulletin", pk=bulletin.pk)
    return {"id": str(bulletin.pk), "label": texts[0][0], "url": url, "cells": cells}
