"""What `kernel/form.html` shows of a form; see the comment at the head of that template."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor

from .detail_page import row_label
from .display import moment, text_of_value
from .forms import RowForm
from .links import link, own_list
from .people import people

Drawn = dict[str, Any]


def new_key(ledger: Ledger[Any], actor: Actor) -> str:
    """The id the new row will have, signed into the form: sending the form twice cannot make two rows."""
    return signing.dumps(str(uuid7()), salt=_salt(ledger, actor))


def opened_key(signed: str, ledger: Ledger[Any], actor: Actor) -> UUID:
    """Errors: RuleViolated for a key that is not of this form and this reader."""
    try:
        return UUID(signing.loads(signed, salt=_salt(ledger, actor)))
    except (signing.BadSignature, ValueError):
        raise RuleViolated(_("这张表单已经失效，请重新打开后再填。"), code="form_expired") from None


def _salt(ledger: Ledger[Any], actor: Actor) -> str:
    return f"new:{ledger.key}:{actor.key}"


def form_context(
    form: RowForm, *, key: str = "", conflict: Conflict | None = None, values: Mapping[str, Any] | None = None
) -> Drawn:
    """The whole context of a form. `key`: of a new row; `conflict` and `values` typed: a stale save."""
    ledger, row = form.ledger, form.row
    now = _saved(form, row) if row is not None and conflict is not None else row
    draft, groups = _draft(form), form.groups()
    hidden = [{"name": "draft", "value": draft}, {"name": "key", "value": key}] if row is None else [
        {"name": "draft", "value": draft},
        {"name": "row_version", "value": now.row_version if now else ""},
    ]  # fmt: skip
    return {
        "title": _title(form),
        "sub": ledger.source,
        "crumbs": _crumbs(form),
        "actions": [],
        "url": link(ledger, "edit", pk=row.pk) if row else link(ledger, "create"),
        "hidden": hidden,
        "groups": [group for group in groups if not group.get("is_custom")],
        "customs": {
            "groups": [group for group in groups if group.get("is_custom")],
            "carried": form.laid_by(),
        },
        "problems": form.problem_list(),
        "conflict": _conflict(form, now, conflict, values or {}) if now and conflict else None,
        "draft": draft,
        "submits": _submits(form),
        "cancel_url": link(ledger, "detail", pk=row.pk) if row else own_list(ledger, form.actor),
    }


def _title(form: RowForm) -> str:
    if form.row is None:
        return _("新增%(ledger)s") % {"ledger": form.ledger.label}
    return _("修改：%(row)s") % {"row": row_label(form.ledger, form.row, form.actor)}


def _crumbs(form: RowForm) -> list[Drawn]:
    crumbs = [{"label": form.ledger.label, "url": own_list(form.ledger, form.actor)}]
    if form.row is not None:
        label = row_label(form.ledger, form.row, form.actor)
        crumbs.append({"label": label, "url": link(form.ledger, "detail", pk=form.row.pk)})
    return crumbs


def _draft(form: RowForm) -> str:
    return f"{form.actor.key}:{form.ledger.key}:{form.row.pk if form.row else 'new'}"


def _submits(form: RowForm) -> list[Drawn]:
    submits = [{"label": _("存为草稿"), "name": "then", "value": "draft", "kind": ""}]
    if form.actor.allows(Verb.SUBMIT, form.ledger.key):
        submits.append({"label": _("保存并提交"), "name": "then", "value": "submit", "kind": "primary"})
    else:
        submits[0]["kind"] = "primary"
    return submits


def _saved(form: RowForm, row: LedgerModel) -> LedgerModel:
    """The row as it is now, whatever the form was drawn from."""
    current: LedgerModel = form.ledger.model._default_manager.select_related("owner_unit").get(pk=row.pk)
    return current


def _conflict(form: RowForm, row: LedgerModel, conflict: Conflict, values: Mapping[str, Any]) -> Drawn:
    """Who changed what meanwhile, beside what was typed."""
    columns = {column.name: column for column in form.columns}
    fields = []
    for one in conflict.fields:
        column = columns.get(one.name)
        if column is not None:
            mine, theirs = (
                text_of_value(column, value) for value in (values.get(one.name), column.value(row))
            )
            fields.append({"name": one.name, "label": column.heading, "mine": mine, "theirs": theirs})
    entries = HistoryEntry.objects.filter(table_name=row._meta.db_table, row_id=row.pk)
    latest = entries.order_by("-id").first()
    who = people([latest.actor])[latest.actor] if latest else None
    by = f"{who.name}（{who.unit}）" if who and who.unit else who.name if who else ""
    return {"by": by, "at": moment(latest.at if latest else None), "fields": fields}
