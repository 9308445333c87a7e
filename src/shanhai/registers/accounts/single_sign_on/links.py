"""Whom the providers know: accounts here and the identities there that their owners tied to them."""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.keys.places import Column, bound_to, declare
from shanhai.kernel.sealing import installed_keyring

from ..models import SignInEvent, User
from ..record import remember
from .providers import Provider

PURPOSE = "accounts.single_sign_on"
#: What people are called there: often a telephone or the number of an employee.
declare(Column(SocialAccount, "extra_data", bound_to(PURPOSE)))


def offered() -> tuple[Provider, ...]:
    found: tuple[Provider, ...] = settings.SHANHAI_PROVIDERS
    return found


def provider_of(issuer: str) -> Provider | None:
    return next((one for one in offered() if one.issuer == issuer), None)


def label_of(issuer: str) -> str:
    """In the reader's language; the issuer itself when the operator no longer offers it."""
    found = provider_of(issuer)
    return found.named(get_language() or "") if found else issuer


def links_of(user: User) -> QuerySet[Any]:
    found: QuerySet[Any] = SocialAccount.objects.filter(user=user).order_by("provider", "pk")
    return found


def name_of(link: SocialAccount) -> str:
    """What its owner is called there; "" where the provider does not say."""
    sealed = link.extra_data.get("name", "")
    return installed_keyring().open(sealed, PURPOSE) if sealed else ""


def in_words(link: SocialAccount) -> str:
    """`省统一身份认证（zhang.san）`."""
    name = name_of(link)
    told = {"label": label_of(link.provider), "name": name}
    return _("%(label)s（%(name)s）") % told if name else told["label"]


def tie(user: User, request: HttpRequest, found: SocialAccount) -> str:
    """Tie an identity that has just been proved to the account; gives the code of why not, "" when done."""
    facts = {"user": user, "extra_data": found.extra_data}
    if links_of(user).filter(provider=found.provider).exclude(uid=found.uid).exists():
        return "second"
    link, is_new = SocialAccount.objects.get_or_create(provider=found.provider, uid=found.uid, defaults=facts)
    if link.user_id != user.pk:
        return "taken"
    if is_new:
        remember(SignInEvent.Kind.LINKED, request, user=user, note=in_words(link))
    return ""


def cut(user: User, key: str, request: HttpRequest, *, reason: str = "") -> None:
    """Errors: NotVisible for a number that is none of the user's."""
    link = links_of(user).filter(pk=key).first() if key.isdecimal() and len(key) < _DIGITS else None
    if link is None:
        raise NotVisible(_("没有找到这个关联，可能已经解除。"))
    note = f"{in_words(link)}：{reason}" if reason else in_words(link)
    link.delete()
    remember(SignInEvent.Kind.UNLINKED, request, user=user, note=note)


#: More than a number of the database has.
_DIGITS = 10


def drawn(user: User) -> list[dict[str, Any]]:
    """For the owner's page: every provider, tied or not, and ties to those that are no longer offered."""
    ties = {one.provider: one for one in links_of(user)}
    known = [(one.issuer, one.key) for one in offered()]
    gone = [(issuer, "") for issuer in ties if provider_of(issuer) is None]
    return [
        {
            "label": label_of(issuer),
            "key": key,
            "pk": ties[issuer].pk if issuer in ties else "",
            "name": name_of(ties[issuer]) if issuer in ties else "",
        }
        for issuer, key in (*known, *gone)
    ]
