"""推送对象: the list that a unit ticks off as it tells people, as a workbook, and who knows of it."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.leads import PERSON
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import row_link
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of
from shanhai.kernel.workflow import EDITABLE
from shanhai.registers.tables import table_of
from shanhai.web.later import answer

from . import own, push_actions
from .models import PushRecipient
from .push_pages import MOST_SHOWN, Drawn, excel, found_of, require_reading, rows_url, wanted_of
from .push_reports import WHAT, Recipient, Wanted


def labels_of_what() -> dict[str, str]:
    told = (
        _("全部"),
        _("待通知"),
        _("已通知"),
        _("已知晓"),
        _("本人账号知晓"),
        _("已申领"),
        _("通知后未申领"),
    )
    return dict(zip(WHAT, told, strict=True))


@require_GET
def push_recipients(request: HttpRequest) -> HttpResponse:
    """Recipients as narrowed, to be ticked off by those who tell them."""
    actor = actor_of(request)
    require_reading(actor)
    wanted = wanted_of(request.GET)
    found = found_of(wanted)
    tabs = [
        {"label": label, "url": rows_url(Wanted(**{**vars(wanted), "what": what})),
         "here": what == wanted.what}
        for what, label in labels_of_what().items()
    ]  # fmt: skip
    shown = found[:MOST_SHOWN]
    table = _recipients(shown, actor)
    is_open = any(row["selectable"] for row in table["rows"])
    context = {
        "title": _("推送对象"),
        "sub": _head_of(wanted, found),
        "crumbs": [{"label": _("推送成效"), "url": reverse("benefits:pushes")}],
        "actions": [excel("benefits:push_recipients_xlsx", wanted)],
        "tabs": tabs,
        "table": table if shown else None,
        "note": _("%(number)s 个") % {"number": f"{len(found):,}"},
        "fields": _telling() if is_open else [],
        "tell_url": reverse("benefits:tell"),
        "back": rows_url(wanted),
    }
    return render(request, "benefits/recipients.html", context)


def _head_of(wanted: Wanted, found: Sequence[Recipient]) -> str:
    """What the list is narrowed to, by its own first row."""
    if not found:
        return ""
    row, parts = found[0].row, []
    parts += [str(row.push.policy)] if wanted.policy or wanted.push else []
    parts += [row.push.number] if wanted.push else []
    parts += [str(row.owner_unit)] if wanted.unit else []
    parts += [found[0].post.told] if wanted.station and found[0].post else []
    parts += [str(found[0].town or "")] if wanted.town else []
    return " · ".join(parts)


def _recipients(found: Sequence[Recipient], actor: Actor) -> Drawn:
    labels = (
        _("名称"),
        _("政策"),
        _("由谁通知"),
        _("符合情况"),
        _("通知截止"),
        _("通知"),
        _("已知晓"),
        _("已申领"),
    )
    rows = [
        (
            row_link(one.row),
            (
                str(one.row),
                str(one.row.push.policy),
                {"text": _by_whom(one), "kind": "long"},
                {"text": one.row.lacking or one.row.get_fit_display(), "kind": "long"},
                {"text": one.row.push.tell_by.isoformat(), "kind": "date"},
                {"kind": "state", "state": _told(one.row)},
                _read(one.row),
                {"text": one.acted_on.isoformat() if one.acted_on else "", "kind": "date"},
            ),
        )
        for one in found
    ]
    table = table_of(labels, rows)
    key = PushRecipient.ledger_key()
    for drawn, one in zip(table["rows"], found, strict=True):
        is_open = one.row.told_on is None and one.row.state in EDITABLE
        drawn |= {"id": str(one.row.pk), "selectable": is_open and covers(actor, Verb.EDIT, key, one.row)}
    return table | {"pick": True}


def _by_whom(one: Recipient) -> str:
    """The unit, and the station whose people go there."""
    return " · ".join([str(one.row.owner_unit), *([one.post.told] if one.post else [])])


def _read(row: PushRecipient) -> str:
    """The day, and whether the account itself said so."""
    day = row.read_on.isoformat() if row.read_on else ""
    return _("%(day)s 本人账号") % {"day": day} if row.is_read_by_self else day


def _told(row: PushRecipient) -> Drawn:
    if row.told_on:
        return {"label": f"{row.get_told_way_display()} {row.told_on:%m-%d}", "kind": "ok"}
    is_late = row.push.tell_by < clock.today()
    return {"label": _("逾期未通知") if is_late else _("待通知"), "kind": "late" if is_late else "wait"}


def _telling() -> list[Drawn]:
    today = clock.today().isoformat()
    options = [{"value": value, "label": label} for value, label in PushRecipient.Way.choices]
    return [
        {"name": "way", "id": "tell-way", "label": _("通知方式"), "kind": "select", "options": options},
        {"name": "told_on", "id": "tell-day", "label": _("通知日期"), "kind": "date", "value": today,
         "max": today, "required": True},
    ]  # fmt: skip


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """The form under the list: who is ticked was told."""
    actor = actor_of(request)
    if not actor.allows(Verb.EDIT, PushRecipient.ledger_key()):
        raise NotAllowed
    try:
        keys = [UUID(key) for key in request.POST.getlist("ids")]
        told_on = date.fromisoformat(request.POST.get("told_on", ""))
        number = push_actions.tell(keys, way=request.POST.get("way", ""), told_on=told_on, actor=actor)
    except ValueError:
        messages.error(request, _("日期请写成 2021-09-24。"))
    except (Conflict, RuleViolated) as refused:
        messages.error(request, _sentence(refused))
    else:
        messages.success(request, _("已记下通知了 %(number)s 个。") % {"number": number})
    return redirect(_own_list(request.POST.get("back", "")))


def _sentence(refused: Conflict | RuleViolated) -> str:
    if isinstance(refused, Conflict):
        return str(refused)
    return "".join(str(one) for told in refused.problems.values() for one in told) or str(refused)


def _own_list(back: str) -> str:
    """Back to the list as it was narrowed; nowhere else."""
    own = reverse("benefits:push_recipients")
    return back if back == own or back.startswith(f"{own}?") else own


@require_POST
def know(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a recipient who was told."""

    def record(version: int) -> None:
        push_actions.know(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("benefits:pushrecipient_detail", args=[pk]), record)


@require_POST
def acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who was brought a policy says in the own account that they know of it."""
    actor = actor_of(request)
    own.own_push(pk, actor)

    def record(version: int) -> None:
        own.acknowledge(pk, actor=actor, row_version=version)

    kind = actor.subject.kind if actor.subject else ""
    return answer(request, reverse("parties:mine" if kind == PERSON else "parties:firm"), record)


@require_GET
def push_recipients_xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook, all of them: the list of who must be told."""
    require_reading(actor_of(request), Verb.EXPORT)
    found = found_of(wanted_of(request.GET))
    columns = [
        SheetColumn("unit", _("由谁通知"), Kind.TEXT, width=24),
        SheetColumn("station", _("服务站"), Kind.TEXT, width=24),
        SheetColumn("staff", _("站点人员"), Kind.TEXT, width=20),
        SheetColumn("town", _("乡镇"), Kind.TEXT, width=14),
        SheetColumn("number", _("对象编号"), Kind.TEXT, width=20),
        SheetColumn("name", _("名称"), Kind.TEXT, width=20),
        SheetColumn("policy", _("政策"), Kind.TEXT, width=30),
        SheetColumn("fit", _("符合情况"), Kind.TEXT),
        SheetColumn("amount", _("可享金额"), Kind.MONEY, unit=_("元")),
        SheetColumn("lacking", _("还差什么"), Kind.TEXT, width=30),
        SheetColumn("tell_by", _("通知截止"), Kind.DATE),
        SheetColumn("told_on", _("通知日期"), Kind.DATE),
        SheetColumn("told_way", _("通知方式"), Kind.TEXT),
        SheetColumn("read_on", _("知晓日期"), Kind.DATE),
        SheetColumn("by_self", _("本人账号知晓"), Kind.BOOLEAN),
        SheetColumn("acted_on", _("申领日期"), Kind.DATE),
    ]
    rows: list[Any] = [_line(one) for one in found]
    out = io.BytesIO()
    write_xlsx(columns, rows, _("政策推送对象，按通知单位。"), out, title=_("推送对象"))
    return file_answer(out.getvalue(), "recipients.xlsx")


def _line(one: Recipient) -> Drawn:
    row = one.row
    return {
        "unit": str(row.owner_unit),
        "station": one.post.name if one.post else "",
        "staff": "、".join(one.post.staff) if one.post else "",
        "town": str(one.town or ""),
        "number": row.number,
        "name": str(row),
        "policy": str(row.push.policy),
        "fit": row.get_fit_display(),
        "amount": row.amount,
        "lacking": row.lacking,
        "tell_by": row.push.tell_by,
        "told_on": row.told_on,
        "told_way": row.get_told_way_display(),
        "read_on": row.read_on,
        "by_self": row.is_read_by_self,
        "acted_on": one.acted_on,
    }
