"""All accounts that await the reader, put to use at once: made or imported by the other administrator."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.kernel.scope import Actor
from shanhai.registers.authority import is_administrator, require
from shanhai.registers.editing import form_page, reason_field

from . import actions, kinds
from .roles import ROLES

#: Accounts named one by one; of more only the number is told.
_NAMED = 50


class ReasonForm(forms.Form):
    """Why they are put to use, for the history."""

    reason = reason_field()


@require_http_methods(["GET", "POST"])
def users_put_to_use(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(is_administrator(actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = actions.put_all_to_use(actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("已启用 %(number)s 个账号。") % {"number": number})
        return redirect("accounts:user_list")
    url = reverse("accounts:user_list")
    found = list(kinds.awaiting(actions.users_of(actor), actor))
    shown = form_page(
        form,
        title=_("启用 %(number)s 个账号") % {"number": len(found)},
        crumbs=[{"label": _("用户"), "url": url}],
        cancel_url=url,
        sub="、".join(f"{user.name}（{_held(user)}）" for user in found[:_NAMED]),
        submit=_("核对无误，启用"),
    )
    return render(request, "kernel/form.html", shown, status=422 if form.errors else 200)


def _held(user: object) -> str:
    return "、".join(sorted(str(ROLES[role].label) for role in kinds.held_by(user)))  # type: ignore[arg-type]
