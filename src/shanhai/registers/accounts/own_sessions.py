"""«我的登录»: where one is signed in, what happened lately, and ending the sessions of other devices."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shanhai.kernel.surfaces.display import moment
from shanhai.registers.tables import table_of

from . import sessions
from .models import SignInEvent, User
from .record import address_in_words, device_in_words, remember
from .single_sign_on import links

_SHOWN = 20


@never_cache
@require_http_methods(["GET", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Sessions of the reader; POST `end` ends one by its number, or all others with `others`."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    if request.method == "POST":
        _end(request, user)
        return redirect("accounts:own_sessions")
    open_ones = [_drawn(one, request) for one in sessions.own(user)]
    lately = user.sign_ins.all()[:_SHOWN]
    return render(
        request,
        "accounts/own_sessions.html",
        {
            "title": _("我的登录"),
            "sub": _("看到不认识的设备，先退出它，再改口令。"),
            "crumbs": [],
            "actions": [
                {"label": _("修改口令"), "url": reverse("account_change_password"), "kind": ""},
            ],
            "sessions": open_ones,
            "links": links.drawn(user),
            "has_others": any(not one["here"] for one in open_ones),
            "table": events_table(lately),
        },
    )


def _end(request: HttpRequest, user: User) -> None:
    asked, here = request.POST.get("end", ""), request.session.session_key or ""
    if asked == "others":
        number = sessions.end_all(user, but=here)
    else:
        found = UserSession.objects.filter(user=user, pk=asked).first() if asked.isdecimal() else None
        number = 0 if found is None or found.session_key == here else 1
        if found is not None and number:
            found.end()
    if number:
        note = _("%(number)s 个") % {"number": number}
        remember(SignInEvent.Kind.ENDED, request, user=user, note=note)


def _drawn(session: UserSession, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": session.pk,
        "device": device_in_words(session.user_agent),
        "address": address_in_words(session.ip),
        "since": moment(session.created_at),
        "seen": moment(session.last_seen_at),
        "here": session.session_key == request.session.session_key,
    }


def events_table(events: Any, *, with_account: bool = False) -> dict[str, Any]:
    """Lines of the record of sign-ins."""
    columns = [_("时间"), _("事项"), _("来自"), _("设备"), _("备注")]
    rows = []
    for event in events:
        badge = {"label": event.get_kind_display(), "kind": _COLOURS.get(event.kind, "")}
        cells: list[Any] = [
            {"text": moment(event.at), "kind": "date"},
            {"kind": "state", "state": badge},
            address_in_words(event.address),
            device_in_words(event.device),
            event.note,
        ]
        url = ""
        if with_account:
            cells.insert(1, f"{event.user}（{event.account}）" if event.user else event.account)
            url = reverse("accounts:user_detail", args=[event.user_id]) if event.user_id else ""
        rows.append((url, cells))
    if with_account:
        columns.insert(1, _("账号"))
    return table_of(columns, rows)


_COLOURS = {
    SignInEvent.Kind.SIGNED_IN: "ok",
    SignInEvent.Kind.FAILED: "wait",
    SignInEvent.Kind.LOCKED: "late",
    SignInEvent.Kind.REFUSED: "late",
    SignInEvent.Kind.SIGN_ON_REFUSED: "wait",
}
