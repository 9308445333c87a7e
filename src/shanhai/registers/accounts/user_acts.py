"""What administrators do with one account: the acts offered on its page, and carrying them out."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.scope import Actor
from shanhai.registers.authority import ACCOUNTS, SIGN_IN, looks_after, require

from . import actions, kinds, tokens
from .attempts import locked_for
from .factors import in_words as factors_in_words
from .models import ApiToken, SignInRule, User
from .single_sign_on import links

Drawn = dict[str, Any]
#: Name, label, kind of button, and what it does in words.
type Step = tuple[str, str, str, str]

#: Before the key of a token, in the act that revokes it.
_REVOKING = "revoke:"
#: Before the number of a tie to a provider, in the act that cuts it.
_CUTTING = "unlink:"


def steps(user: User, actor: Actor) -> list[Drawn]:
    """What may be done, for `kernel/detail.html`; nothing with oneself."""
    if str(user.pk) == actor.key:
        return []
    url = reverse("accounts:user_act", args=[user.pk])
    return [
        {
            "label": label,
            "url": url,
            "hidden": [{"name": "act", "value": name}],
            "kind": kind,
            "text": text,
            "reason": True,
        }
        for name, label, kind, text in (*_of_account(user, actor), *_of_sign_in(user, actor))
    ]


def _of_account(user: User, actor: Actor) -> Iterator[Step]:
    """Put to use, shut, given a fresh password; a consent of the security administrator."""
    if not user.is_active and kinds.awaits_kind_of(user, actor):
        label = _("启用账号") if user.awaits else _("恢复账号")
        yield "reactivate", label, "primary", _("核对是本人以后启用；他随即可以登录。")
    if user.is_active and looks_after(actor, ACCOUNTS):
        yield "reset", _("重置口令"), "", _("换成一次性口令，只显示一次；他已登录的页面随即退出。")
        yield "deactivate", _("停用账号"), "danger", _("他随即不能再登录；做过的事都留着。")


def _of_sign_in(user: User, actor: Actor) -> Iterator[Step]:
    if not user.is_active or not looks_after(actor, SIGN_IN):
        return
    if locked_for(user.username, SignInRule.now()):
        yield "unlock", _("解除锁定"), "primary", _("口令输错太多次；解除后他可以马上再登录。")
    if factors_in_words(user):
        text = _("手机或密钥丢了时用：先核实是本人。他下次登录只要口令，再自己设新的。")
        yield "factors", _("重置二次验证"), "", text
    for link in links.links_of(user):
        label = _("解除“%(name)s”") % {"name": links.in_words(link)}
        text = _("他不能再从那里登录，已登录的页面随即退出；账号和口令照旧，本人可以重新关联。")
        yield f"{_CUTTING}{link.pk}", label, "danger", text
    yield from ((f"{_REVOKING}{one.pk}", *_revoking(one)) for one in tokens.good_of(user))


def _revoking(token: ApiToken) -> tuple[str, str, str]:
    """Label, kind and text of the act."""
    label = _("撤销令牌“%(name)s”") % {"name": token.name}
    return label, "danger", _("用它的程序随即不能再调用接口；本人可以另建。")


def perform(request: HttpRequest, user: User, act: str, *, actor: Actor, reason: str) -> HttpResponse:
    """One of `steps`. Errors: NotAllowed for another kind, NotVisible for no act, RuleViolated."""
    asked = ACCOUNTS if act in {"reset", "deactivate"} else SIGN_IN
    require(act == "reactivate" or looks_after(actor, asked))
    match act:
        case "reset":
            return shown_once(request, user, actions.reset_password(user, actor=actor, reason=reason))
        case "deactivate":
            actions.deactivate(user, actor=actor, reason=reason)
        case "factors":
            actions.reset_factors(user, request, actor=actor, reason=reason)
        case "unlock":
            actions.unlock(user, request, actor=actor, reason=reason)
        case "reactivate":
            actions.put_to_use(user, actor=actor, reason=reason)
        case _ if act.startswith(_CUTTING):
            actions.cut_link(user, act.removeprefix(_CUTTING), request, actor=actor, reason=reason)
        case _ if act.startswith(_REVOKING):
            actions.revoke_token(user, act.removeprefix(_REVOKING), request, actor=actor, reason=reason)
        case _:
            raise NotVisible
    return redirect("accounts:user_detail", pk=user.pk)


def shown_once(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """The one page that ever shows a one-time password; it is not kept, by us or by the browser."""
    drawn = {
        "title": _("%(name)s的初始口令") % {"name": user},
        "sub": _("只显示这一次。请当面或用电话告诉本人；首次登录必须更换。"),
        "crumbs": [
            {"label": _("用户"), "url": reverse("accounts:user_list")},
            {"label": str(user), "url": reverse("accounts:user_detail", args=[user.pk])},
        ],
        "actions": [],
        "secrets": [(_("账号"), user.username), (_("初始口令"), password)],
        "warning": _("离开这一页后，谁也看不到它了；忘了只能再重置。"),
        "done_url": reverse("accounts:user_detail", args=[user.pk]),
    }
    return render(request, "accounts/shown_once.html", drawn)
