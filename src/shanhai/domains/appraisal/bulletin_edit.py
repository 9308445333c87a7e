"""The page on which people write what a bulletin says; its numbers stand there by name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.kernel.documents.numbers import format_number
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.links import link_to
from shanhai.registers.parties.models import Unit

from . import actions
from .bulletin_rights import get_bulletin
from .composing import Parts
from .models import Bulletin, BulletinFigure

Drawn = dict[str, Any]
type Problems = Mapping[str, list[str]]


@require_http_methods(["GET", "POST"])
def bulletin_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Head, narratives and addressees of a draft. What is refused stays in the form."""
    actor = request.actor  # type: ignore[attr-defined]
    found = get_bulletin(pk, actor=actor, verb=Verb.ISSUE)
    if request.method == "GET":
        if not found.is_draft:
            return redirect(link_to("appraisal:bulletin", pk=pk))
        return _page(request, found, {}, 200)
    try:
        _save(request, found)
    except RuleViolated as refused:
        problems = refused.problems or {"": [str(refused)]}
        return _page(request, found, problems, refused.status, version=sent_version(request))
    except Conflict as refused:
        said = _("您打开之后，有人改过这份通报。请另开通报页对照；再次保存以这里的文字为准。")
        return _page(request, found, {"": [said]}, refused.status)
    messages.success(request, _("已保存。"))
    return redirect(link_to("appraisal:bulletin", pk=pk))


def _save(request: HttpRequest, found: Bulletin) -> None:
    sent = request.POST
    chosen = {value for value in sent.getlist("units") if _is_id(value)}
    actions.edit_bulletin(
        found,
        actor=request.actor,  # type: ignore[attr-defined]
        version=sent_version(request),
        head={name: sent[name] for name in ("title", "number", "copies") if name in sent},
        texts={name.removeprefix("slot-"): sent[name] for name in sent if name.startswith("slot-")},
        addressees=list(Unit.objects.filter(pk__in=chosen, side=found.side)),
    )


def sent_version(request: HttpRequest) -> int:
    """The version the form was opened with. Errors: NotVisible for a form that is not ours."""
    version = request.POST.get("version", "")
    if not version.isascii() or not version.isdecimal():
        raise NotVisible
    return int(version)


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _page(
    request: HttpRequest, found: Bulletin, problems: Problems, status: int, *, version: int | None = None
) -> HttpResponse:
    parts, sent = Parts.of(found), request.POST
    return render(
        request,
        "appraisal/bulletin_edit.html",
        {
            "title": _("改通报"),
            "sub": _("数字只能引用数据：点一个引用名，它就插到光标处；直接写数字会被拒绝。"),
            "crumbs": [
                {"label": _("通报"), "url": link_to("appraisal:bulletins")},
                {"label": found.title, "url": link_to("appraisal:bulletin", pk=found.pk)},
            ],
            "actions": [],
            "problems": problems.get("", []),
            "head": _head(found, sent, problems),
            "texts": [_text(one, sent, problems) for one in parts.slots],
            "units": _units(found, parts, sent),
            "groups": _groups(parts.figures),
            "version": found.version if version is None else version,
            "action": link_to("appraisal:bulletin_edit", pk=found.pk),
            "cancel": link_to("appraisal:bulletin", pk=found.pk),
            "draft_key": f"{found.pk}-{getattr(request.user, 'pk', '')}",
        },
        status=status,
    )


def _head(found: Bulletin, sent: Mapping[str, str], problems: Problems) -> list[Drawn]:
    helps = {
        "title": _("太长时可以换行，印出时按此分行。"),
        "number": _("如：湄协通〔2021〕2号。"),
        "copies": _("几个单位之间用“，”隔开。"),
    }
    return [
        {
            "name": name,
            "id": f"id-{name}",
            "label": str(Bulletin._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            "kind": "textarea" if name == "title" else "text",
            "value": sent.get(name, getattr(found, name)),
            "errors": problems.get(name, []),
            "help": text,
            "required": name != "copies",
            "maxlength": Bulletin._meta.get_field(name).max_length,  # type: ignore[union-attr]
            "long": name != "number",
        }
        for name, text in helps.items()
    ]


def _text(slot: Any, sent: Mapping[str, str], problems: Problems) -> Drawn:
    name = f"slot-{slot.key}"
    return {
        "name": name,
        "id": f"id-{name}",
        "label": slot.label,
        "kind": "textarea",
        "value": sent.get(name, slot.text),
        "errors": problems.get(slot.key, []),
        "help": _("%(who)s改过") % {"who": slot.edited_by} if slot.edited_by else "",
        "maxlength": 6000,
        "long": True,
    }


def _units(found: Bulletin, parts: Parts, sent: Any) -> Drawn:
    chosen = {str(one.pk) for one in parts.addressees}
    if sent:
        chosen = set(sent.getlist("units"))
    units = Unit.objects.filter(side=found.side).exclude(pk=found.owner_unit_id).exclude(kind="government")
    return {
        "name": "units",
        "id": "id-units",
        "label": _("主送单位"),
        "kind": "multi",
        "errors": [],
        "options": [
            {"value": str(one.pk), "label": one.name, "selected": str(one.pk) in chosen}
            for one in units.order_by("code")
        ],
    }


def _groups(figures: Any) -> list[Drawn]:
    """Figures on offer by indicator: how each is named, and its value."""
    groups: dict[str, Drawn] = {}
    for one in figures:
        head = one.label.partition("·")[0]
        group = groups.setdefault(one.code, {"label": head, "figures": []})
        group["figures"].append({"key": f"{{{one.key}}}", "label": _rest(one), "text": _value(one)})
    return list(groups.values())


def _rest(figure: BulletinFigure) -> str:
    return figure.label.partition("·")[2] or _("本期值")


def _value(figure: BulletinFigure) -> str:
    text = format_number(figure.value, decimals=figure.decimals, signed=figure.is_signed)
    return f"{text}{figure.unit}" if figure.value is not None else text
