"""Answering the questions of a version."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.registers.parties.models import Unit

from . import actions
from .access import get_version
from .asking import actor_of, attempt, version_url
from .models import SchemeVersion


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One answer: this unit, these units, or all is well."""
    version = get_version(actor_of(request), pk)
    answers = {"unit": _unit, "group": _group, "checked": _checked}
    chosen = answers.get(request.POST.get("answer", ""))

    def act() -> str:
        if chosen is None:
            raise RuleViolated(_("请选择一个答复。"))
        return chosen(request, version)

    return attempt(request, act, f"{version_url(version)}#questions")


def _unit(request: HttpRequest, version: SchemeVersion) -> str:
    name, written = request.POST.get("name", ""), request.POST.get("unit", "").strip()
    unit = Unit.resolve_references([written]).get(written) if written else None
    if unit is None:
        raise RuleViolated(
            _("没有找到单位“%(name)s”。请从列表中选，或先在单位登记中增加。") % {"name": written}
        )
    number = actions.answer_unit(version, name, unit, actor=actor_of(request))
    return _("已确认：“%(name)s”即%(unit)s，%(number)s 处责任已对上。") % {
        "name": name,
        "unit": unit,
        "number": number,
    }


def _group(request: HttpRequest, version: SchemeVersion) -> str:
    name = request.POST.get("name", "")
    codes = request.POST.getlist("units")
    units = list(Unit.objects.filter(code__in=codes, side=version.scheme.side).order_by("path"))
    actions.answer_group(version, name, units, actor=actor_of(request))
    return _("已确认：“%(name)s”包括 %(number)s 个单位。") % {"name": name, "number": len(units)}


def _checked(request: HttpRequest, version: SchemeVersion) -> str:
    ids = [one for one in request.POST.getlist("ids") if _is_key(one)]
    number = actions.answer_checked(version, ids, actor=actor_of(request))
    return _("已核对 %(number)s 处。") % {"number": number}


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
