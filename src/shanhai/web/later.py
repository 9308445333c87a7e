"""Answers the form of `web/later.html`: do it and go back to the row, or say there why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.surfaces.typed import whole_number


def answer(request: HttpRequest, address: str, record: Callable[[int], Any]) -> HttpResponse:
    """Call `record` with the version the reader saw; refusals are told on the row's page."""
    try:
        record(whole_number(request.POST.get("row_version", "")))
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已登记。"))
    return redirect(address)
