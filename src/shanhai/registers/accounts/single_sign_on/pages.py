"""The addresses: to the provider, back from it, tying and cutting one's own identity, and out again.

Pages lead to the provider by a page of ours and not by answering a form with a redirect, so that forms may be
sent to this site alone (`form-action 'self'`), whatever chain of sites a government's sign-on is made of.
"""

from typing import Any
from urllib.parse import urlencode

import requests
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..models import User
from ..sessions import end_all
from . import links
from .protocol import SignOnAdapter, SignOnProvider
from .providers import is_protected
from .refusals import NotProven, refuse


@never_cache
@login_not_required
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the sign-in page to the provider."""
    return _leave(request, _provider(request, provider_id), AuthProcess.LOGIN, get_next_redirect_url(request))


@never_cache
@login_not_required
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    _provider(request, provider_id)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(SignOnAdapter(request, provider_id))(request)
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def link(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Ties an identity there to the account of who has just proved anew who they are here."""
    provider = _provider(request, provider_id)
    if request.method == "POST":
        return _leave(request, provider, AuthProcess.CONNECT)
    label = _label(provider)
    drawn = {
        "title": _("关联%(label)s") % {"label": label},
        "text": _("将转到那边，请用您自己的身份登录；回来以后，就可以从那里登录山海。"),
        "submit": _("去关联"),
        "links": [{"label": _("取消"), "url": reverse("accounts:own_sessions")}],
    }
    return render(request, "web/public_form.html", drawn)


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """At once and without proving anything anew; sessions elsewhere end, as they may have come that way."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    links.cut(request.user, str(pk), request)
    end_all(request.user, but=request.session.session_key or "")
    return redirect("accounts:own_sessions")


@never_cache
@login_not_required
@require_GET
def sign_out_there(request: HttpRequest, provider_id: str) -> HttpResponse:
    """After signing out here: on to the provider's own sign-out, which comes back to our sign-in page."""
    provider = _provider(request, provider_id)
    home = reverse("account_login")
    try:
        there = SignOnAdapter(request, provider_id).openid_config.get("end_session_endpoint")
    except (requests.RequestException, NotProven):
        there = None
    if not (provider.ours.signs_out and isinstance(there, str) and is_protected(there)):
        return redirect(home)
    back = {
        "client_id": provider.ours.client_id,
        "post_logout_redirect_uri": request.build_absolute_uri(home),
    }
    return _leading_to(request, f"{there}?{urlencode(back)}", _("已退出山海，正在退出%(label)s"), provider)


def _leave(
    request: HttpRequest, provider: SignOnProvider, process: str, following: str | None = None
) -> HttpResponse:
    try:
        answer = provider.redirect(request, process, following)
    except NotProven as error:
        return refuse(request, provider.ours, error.code, why=error.why)
    except requests.RequestException as error:
        return refuse(request, provider.ours, "unreachable", why=type(error).__name__)
    return _leading_to(request, answer["Location"], _("正在转到%(label)s"), provider)


def _leading_to(request: HttpRequest, url: str, title: str, provider: SignOnProvider) -> HttpResponse:
    drawn: dict[str, Any] = {"title": title % {"label": _label(provider)}, "url": url}
    return render(request, "accounts/sign_on_leaving.html", drawn)


def _provider(request: HttpRequest, provider_id: str) -> SignOnProvider:
    if provider_id not in {one.key for one in links.offered()}:
        raise Http404
    try:
        found: SignOnProvider = get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return found


def _label(provider: SignOnProvider) -> str:
    return provider.ours.named(get_language() or "")


urlpatterns = [
    path("oidc/<slug:provider_id>/login/", begin, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", callback, name="openid_connect_callback"),
    path("oidc/<slug:provider_id>/link/", link, name="sign_on_link"),
    path("oidc/<slug:provider_id>/out/", sign_out_there, name="sign_on_out"),
    path("oidc/unlink/<int:pk>/", unlink, name="sign_on_unlink"),
]
