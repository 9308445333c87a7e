"""Rows a reference may point at, found by name, pinyin letters or code, within the reader's scope."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.trees import TreeNode
from shanhai.kernel.workflow import State

from .fields import resolve
from .filters import ours
from .offered import find_reference, refused_by_number, uuid_of
from .search import by_letters, search_condition
from .sorting import has_plain_field

_OFFERED, _LONGEST = 20, 40


def find_rows(key: str, text: str, actor: Actor, *, is_wide: bool = False) -> list[dict[str, str]]:
    """Matches for components/field.html's look-up. `is_wide`: places of both sides, one's own first.

    Errors: NotVisible for models never looked up.
    """
    model = _model(key)
    rows = model._default_manager.filter(_condition(model, text.strip(), actor))
    if issubclass(model, LedgerModel):
        if not actor.allows(Verb.VIEW, key):
            return []
        rows = rows.exclude(state=State.VOIDED).select_related("owner_unit")
        if getattr(model, "is_personal", False):
            rows = rows.filter(ours(actor))
    else:
        today, own = clock.today(), Q(side__in=["", *actor.sides])
        rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today)).select_related("parent")
        if is_wide and model._meta.label != settings.SHANHAI_UNIT_MODEL:
            rows = rows.order_by(Case(When(own, then=0), default=1), "path")
        else:
            rows = rows.filter(own)
    return [_offer(row) for row in rows[:_OFFERED]]


def find_by_number(key: str, name: str, number: str, actor: Actor) -> dict[str, Any]:
    """Whom the whole number names for the field of a ledger, or why nobody (ADR 0050).

    Shape: `results` as `find_rows`, one at most; its value is a ticket, which forms and the API take.
    Errors: NotVisible for a field that is not named so, or a ledger that the reader does not write.
    """
    if key not in registry or not _writes(actor, key):
        raise NotVisible
    column = next((one for one in resolve(registry.get(key)).fields if one.name == name), None)
    if column is None or column.asked is None:
        raise NotVisible
    text = number.strip()[:_LONGEST]
    row = find_reference(column, text, actor) if text and uuid_of(text) is None else None
    if row is None:
        return {"results": [], "refusal": refused_by_number(column, text, actor)}
    value = str(row.pk) if _is_within(row) else column.asked.ticket(row, actor)
    note = " · ".join(str(one) for one in (row.place, row.owner_unit) if one)
    return {"results": [{"value": value, "text": str(row), "note": note}], "refusal": ""}


def _writes(actor: Actor, key: str) -> bool:
    return any(actor.allows(verb, key) for verb in (Verb.CREATE, Verb.EDIT, Verb.IMPORT))


def _is_within(row: Any) -> bool:
    return bool(type(row)._default_manager.filter(pk=row.pk).exists())


def _model(key: str) -> type[models.Model]:
    try:
        model = apps.get_model(key)
    except (LookupError, ValueError):
        raise NotVisible from None
    if not issubclass(model, LedgerModel | TreeNode):
        raise NotVisible
    return model


def _condition(model: type[models.Model], text: str, actor: Actor) -> Q:
    if not text:
        return Q()
    if issubclass(model, LedgerModel) and model._meta.label_lower in registry:
        ledger = registry.get(model._meta.label_lower)
        if ledger.search:
            return search_condition(ledger, text, actor)
    found = Q(pk__in=[])
    for name in {"name", "short_name", "code", getattr(model, "reference_field", "")} - {""}:
        if has_plain_field(model, name):
            found |= Q(**{f"{name}__icontains": text})
    for name in ("pinyin", "initials"):
        if has_plain_field(model, name):
            found |= by_letters(model, name, text)
    return found


def _offer(row: Any) -> dict[str, str]:
    if isinstance(row, LedgerModel):
        reference = row.reference_text()
        note = reference if reference != str(row) else str(row.owner_unit)
    else:
        note = str(row.parent) if row.parent else _("顶级")
    return {"value": str(row.pk), "text": str(row), "note": note}
