"""What stands around every page: menu, search box, to-dos, who is signed in, languages, the demo label."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.history import known
from shanhai.kernel.scope import ANONYMOUS, Actor
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.menu import MenuGroup, MenuItem, build_menu
from shanhai.kernel.surfaces.waiting import in_words, waits_of
from shanhai.registers.accounts.demonstration import DemoAccount, demo_accounts
from shanhai.registers.accounts.models import User
from shanhai.registers.accounts.single_sign_on.links import offered
from shanhai.registers.own import is_open, own_pages

#: Of an address, what another day does not take along: the day itself, and places on a page of rows.
_NOT_CARRIED = frozenset({known.PARAMETER, "page", "after", "before"})


def context(request: HttpRequest) -> dict[str, "Shell"]:
    """Template context processor. Nothing is asked of the database until a template shows it."""
    return {"shell": Shell(request)}


class Shell:
    """The frame of one request, as the head of web/base.html describes it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", ANONYMOUS)

    @property
    def home_url(self) -> str:
        return link_to("home")

    @property
    def demo(self) -> bool:
        return settings.SHANHAI_DEMONSTRATION_TODAY is not None

    @property
    def today(self) -> str:
        return clock.today().isoformat()

    @cached_property
    def menu(self) -> list[MenuGroup]:
        if self.actor.subject is not None:
            return [self._own_menu(self.actor.subject.kind)]
        with known.as_known_on(None):  # what waits now, also beside a page of the past
            return build_menu(self.actor, self.request.path, waits_of(self.request))

    def _own_menu(self, kind: str) -> MenuGroup:
        """Of an account bound to one person or employer."""
        found = [(page, link_to(page.url_name)) for page in own_pages(kind)]
        items = [MenuItem(str(one.label), url, one.order, self.request.path == url) for one, url in found]
        return MenuGroup("", items)

    @property
    def search(self) -> dict[str, str] | None:
        if self.actor.subject is not None:
            return None
        url = link_to("search")
        return {"url": url, "value": self.request.GET.get("q", "") if self.request.path == url else ""}

    @property
    def period(self) -> None:
        """Pages choose their own period, by their filters."""

    @cached_property
    def todo(self) -> dict[str, Any] | None:
        if not self.actor.grants or self.actor.subject is not None:
            return None
        return {"count": in_words(waits_of(self.request).numbers()), "url": self.home_url}

    @cached_property
    def _user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @cached_property
    def unit(self) -> str:
        return next((str(unit) for unit in self._user.units), "") if self._user else ""

    @cached_property
    def user(self) -> dict[str, Any] | None:
        if self._user is None:
            return None
        roles = dict.fromkeys(str(grant.role.label) for grant in self.actor.grants)
        links = [
            ("account_change_password", _("修改口令")),
            ("mfa_index", _("二次验证")),
            ("accounts:own_sessions", _("我的登录")),
            ("accounts:own_tokens", _("我的令牌")),
        ]
        if (subject := self.actor.subject) is not None:
            links = [one for one in links if is_open(one[0], subject.kind)]
        found = [{"label": str(label), "url": link_to(name)} for name, label in links]
        return {
            "name": str(self._user),
            "role": "、".join(roles) or str(self._user),
            "links": [one for one in found if one["url"]],
            "memberships": [],
            "membership_url": "",
        }

    @cached_property
    def demo_accounts(self) -> list[DemoAccount]:
        """Whom a visitor of the demonstration may sign in as; asked for by the sign-in page only."""
        return demo_accounts() if self._user is None else []

    @property
    def demo_password(self) -> str:
        return next((account.password for account in self.demo_accounts), "")

    @property
    def providers(self) -> list[dict[str, str]]:
        """Where else one may sign in; asked for by the sign-in page only."""
        language = get_language() or ""
        return [
            {
                "label": _("用%(label)s登录") % {"label": one.named(language)},
                "url": reverse("openid_connect_login", args=[one.key]),
            }
            for one in offered()
        ]

    @property
    def languages(self) -> list[dict[str, Any]]:
        here = get_language()
        return [
            {"code": code, "label": str(label), "here": code == here} for code, label in settings.LANGUAGES
        ]

    @property
    def language_url(self) -> str:
        return link_to("set_language")

    @property
    def past(self) -> dict[str, Any] | None:
        """On pages that can show a past day: the day in force, what to say, how to ask for another."""
        if not known.can_show_past(self.request):
            return None
        day, url = known.known_on(), self.request.path
        kept = {name: values for name, values in self.request.GET.lists() if name not in _NOT_CARRIED}
        carried = [(name, value) for name, values in kept.items() for value in values]
        return {
            "url": url,
            "day": day.isoformat() if day else "",
            "latest": self.today,
            "text": known.in_words(day) if day else "",
            "hidden": [{"name": name, "value": value} for name, value in carried],
            "back_url": with_query(url, kept),
        }

    @property
    def here_url(self) -> str:
        return self.request.get_full_path()

    @property
    def sign_out_url(self) -> str:
        return link_to("account_logout")
