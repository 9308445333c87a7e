"""Opening one sensitive value of one row, for a reason that is recorded before the value is read."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shanhai.kernel import actions, clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.restricted import is_restricted
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import Reading, Sealed, revealing, without_numbers_of_people
from shanhai.kernel.surfaces.detail_page import detail_context
from shanhai.kernel.surfaces.respond import respond
from shanhai.kernel.surfaces.urls import register_urls

from .models import FieldReading

_SHORTEST = 2


@register_urls
def unmask_urls(ledger: Ledger[Any]) -> list[URLPattern]:
    return [path("<uuid:pk>/unmask/", unmask, {"ledger": ledger}, name=f"{ledger.slug}_unmask")]


@never_cache
@require_POST
def unmask(request: HttpRequest, ledger: Ledger[Any], pk: Any) -> HttpResponse:
    """The row's page with one value in plain text, this once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = actions.get_row(ledger, pk, actor=actor, verb=Verb.UNMASK)
    name = request.POST.get("field", "")
    try:
        plain = read_field(ledger, row, name, request.POST.get("reason", ""), actor=actor)
    except RuleViolated as refused:
        shown = detail_context(request, ledger, row, refusal=str(refused))
        return respond(request, "kernel/detail.html", "", shown, status=refused.status)
    shown = detail_context(request, ledger, row)
    for fact in (fact for group in shown["groups"] for fact in group["fields"]):
        if fact["name"] == name:
            said = _("本次查看已记录：何人、何时、为何。离开本页即遮盖。")
            fact |= {"text": plain, "unmask": None, "note": said}
    return respond(request, "kernel/detail.html", "", shown)


def read_field(
    ledger: Ledger[Any],
    row: LedgerModel,
    name: str,
    reason: str,
    *,
    actor: Actor,
    is_for_its_person: bool = False,
) -> str:
    """The plain text of a sealed field of `row`, which `actor` may unmask.

    Shape: what is only stored is opened for nobody but the person it is about.
    Errors: NotVisible when the ledger has no such field, RuleViolated without a reason or a value.
    """
    fields = {f.name: f for f in ledger.model._meta.concrete_fields if isinstance(f, SealedField)}
    if name not in fields:
        raise NotVisible
    reason = without_numbers_of_people(reason.strip())[:200]
    if len(reason) < _SHORTEST:
        raise RuleViolated(_("查看敏感信息须写明理由。"), code="reason_missing")
    value = getattr(row, name)
    if is_restricted(row) and not is_for_its_person:
        raise RuleViolated(_("本人已申请停止处理其信息，这一项只保存，不再查看。"), code="restricted")
    if not isinstance(value, Sealed):
        raise RuleViolated(_("这一项没有填写。"), code="empty")
    with revealing(reason, partial(_record, row, name, actor)):
        return value.reveal()


def _record(row: LedgerModel, name: str, actor: Actor, reading: Reading) -> None:
    FieldReading.objects.create(
        side=row.side,
        ledger=row.ledger_key(),
        row_id=row.pk,
        field=name,
        value_index=reading.blind_index,
        read_at=clock.now(),
        read_by=actor.key,
        reason=reading.reason,
    )
