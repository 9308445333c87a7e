"""«我的令牌»: tokens of the API that one has made; making, which proves anew who one is, and revoking."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.matters import matters
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.registers.editing import form_page
from shanhai.registers.tables import table_of

from . import tokens
from .models import ApiToken, SignInRule, User
from .record import address_in_words

Drawn = dict[str, Any]


class TokenForm(forms.Form):
    """What a token is for; of ledgers those that its owner reads."""

    name = forms.CharField(
        label=lazy("用途"), max_length=40, help_text=lazy("给谁用、做什么，如：县数据中台取务工数据。")
    )
    ledgers = forms.MultipleChoiceField(label=lazy("台账"), widget=forms.CheckboxSelectMultiple)
    acts = forms.MultipleChoiceField(
        label=lazy("可以做什么"),
        choices=ApiToken.Act.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[ApiToken.Act.VIEW],
        help_text=lazy("只取您自己也有的权限；您的岗位变了，令牌随着变。"),
    )
    days = forms.IntegerField(label=lazy("多少天后到期"), min_value=1)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = SignInRule.now().token_days
        self.fields["days"].initial = min(30, longest)
        self.fields["days"].help_text = _("最多 %(days)s 天（见登录规定）。") % {"days": longest}
        offered = [(one.key, one.label) for one in matters() if actor.allows(Verb.VIEW, one.key)]
        self.fields["ledgers"].choices = offered  # type: ignore[attr-defined]


def _owner(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


@never_cache
@require_GET
def own_tokens(request: HttpRequest) -> HttpResponse:
    """The reader's tokens, newest first, with what became of those that have ended."""
    user = _owner(request)
    rule = SignInRule.now()
    found = list(user.tokens.select_related("use"))
    good = [one for one in found if tokens.is_good(one, rule)]
    new = {"label": _("新令牌"), "url": reverse("accounts:token_create"), "kind": "primary", "main": True}
    return render(
        request,
        "accounts/own_tokens.html",
        {
            "title": _("我的令牌"),
            "sub": _("给程序用的钥匙：只能调用接口，权限不超过您，也不超过令牌自己的范围。"),
            "crumbs": [],
            "actions": [{**new, "icon": "plus"}] if rule.token_days else [],
            "tokens": [_drawn(one, rule) for one in good],
            "table": tokens_table([one for one in found if one not in good], rule),
            "empty": {
                "title": _("没有有效的令牌"),
                "text": _("让程序读写台账时建一个；不用了随时撤销。")
                if rule.token_days
                else _("按现行的登录规定，不许使用接口令牌。"),
                "actions": [],
            },
        },
    )


def _drawn(token: ApiToken, rule: SignInRule) -> Drawn:
    return {
        "name": token.name,
        "ending": token.ending,
        "reach": reach_in_words(token),
        "until": moment(tokens.ends_at(token, rule)),
        "used": used_in_words(token),
        "url": reverse("accounts:token_revoke", args=[token.pk]),
    }


def reach_in_words(token: ApiToken) -> str:
    """`看、填：务工就业、项目`."""
    labels = {one.key: str(one.label) for one in matters()}
    acts = [
        str(ApiToken.Act(act).label).partition("：")[0] for act in ApiToken.Act.values if act in token.acts
    ]
    return f"{'、'.join(acts)}：{'、'.join(labels.get(key, key) for key in token.ledgers)}"


def used_in_words(token: ApiToken) -> str:
    use = token.use
    if use.last_at is None:
        return _("还没有用过")
    told = {"first": moment(use.first_at), "last": moment(use.last_at), "from": address_in_words(use.address)}
    return _("首次 %(first)s，最近 %(last)s，来自 %(from)s") % told


def tokens_table(found: list[ApiToken], rule: SignInRule) -> Drawn:
    """For administrators, and of one's own those that have ended."""
    columns = (_("用途"), _("末尾"), _("范围"), _("有效期至"), _("状态"), _("使用"))
    rows = [
        (
            "",
            (
                one.name,
                one.ending,
                {"text": reach_in_words(one), "kind": "long"},
                {"text": moment(tokens.ends_at(one, rule)), "kind": "date"},
                {"kind": "state", "state": _state(one, rule)},
                {"text": used_in_words(one), "kind": "long"},
            ),
        )
        for one in found
    ]
    return table_of(columns, rows)


def _state(token: ApiToken, rule: SignInRule) -> dict[str, str]:
    if token.revoked_at is not None:
        return {"label": _("已撤销"), "kind": "void"}
    if tokens.is_good(token, rule):
        return {"label": _("有效"), "kind": "ok"}
    return {"label": _("已到期"), "kind": "void"}


@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def token_create(request: HttpRequest) -> HttpResponse:
    """The form, and once the token: no other page ever shows it."""
    user = _owner(request)
    form = TokenForm(request.actor, request.POST or None)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            token, text = tokens.make(user, request, **form.cleaned_data)
        except RuleViolated as refused:
            form.add_error("days", str(refused))
        else:
            return _shown_once(request, token, text)
    url = reverse("accounts:own_tokens")
    crumbs = [{"label": _("我的令牌"), "url": url}]
    shown = form_page(form, title=_("新令牌"), crumbs=crumbs, cancel_url=url, submit=_("建立并显示令牌"))
    return render(request, "kernel/form.html", shown, status=422 if form.errors else 200)


def _shown_once(request: HttpRequest, token: ApiToken, text: str) -> HttpResponse:
    url = reverse("accounts:own_tokens")
    drawn = {
        "title": _("令牌“%(name)s”") % {"name": token.name},
        "sub": _("只显示这一次。请放进程序的密钥设置，不要写进代码、聊天和邮件。"),
        "crumbs": [{"label": _("我的令牌"), "url": url}],
        "actions": [],
        "secrets": [(_("令牌"), text), (_("请求头"), f"Authorization: Bearer {text}")],
        "warning": _("离开这一页后，谁也看不到它了；丢了就撤销，另建一个。"),
        "done_url": url,
    }
    return render(request, "accounts/shown_once.html", drawn)


@require_POST
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """At once and without proving anything anew: whoever fears for a token must not be held up."""
    tokens.revoke(tokens.get_token(_owner(request), pk), request)
    return redirect("accounts:own_tokens")
