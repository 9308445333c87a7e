"""The form beside a row that says what became true later, and its answer: done, or why not."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.surfaces.rail import RailPanel
from shanhai.kernel.surfaces.typed import whole_number


def later_panel(
    row: LedgerModel, url_name: str, *, title: str, note: str, button: str, fields: Sequence[dict[str, Any]]
) -> RailPanel:
    """The form beside `row`, sent to `url_name` with its key. Shape: `fields` as field.html takes them."""
    action = reverse(url_name, args=[row.pk])
    shown = {"title": title, "note": note, "action": action, "button": button, "fields": fields}
    return RailPanel("web/later.html", shown | {"row_version": row.row_version})


def answer(request: HttpRequest, address: str, record: Callable[[int], Any]) -> HttpResponse:
    """Call `record` with the version the reader saw; refusals are told on the row's page."""
    try:
        record(whole_number(request.POST.get("row_version", "")))
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已登记。"))
    return redirect(address)
