"""The menu: ledgers enter it by themselves, other pages by `register_page` from a `contributions` module."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .links import link, link_to, own_list
from .waiting import Waits, in_words

#: Groups that are not a chapter: before all chapters, without a heading, and after them.
TOP, SYSTEM = "", "system"
#: Lines that stand on a screen; of a longer menu only the chapter where one is shows its lines unasked.
_SHORT = 24


def _everyone(actor: Actor) -> bool:
    return bool(actor.user_id)


@dataclass(frozen=True)
class MenuPage:
    """A page in the menu that no ledger declares."""

    #: App label of a chapter, TOP or SYSTEM.
    group: str
    label: Any
    url_name: str
    order: int = 100
    is_allowed: Callable[[Actor], bool] = _everyone
    #: What waits there, shown beside the label; must be cheap, it runs with every page.
    count: Callable[[Actor], int] | None = None


_pages: dict[str, MenuPage] = {}


def register_page(page: MenuPage) -> MenuPage:
    """Errors: ValueError when the page is in the menu already."""
    if page.url_name in _pages:
        raise ValueError(f"{page.url_name} is in the menu already")
    _pages[page.url_name] = page
    return page


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu as the shell shows it."""

    label: str
    url: str
    order: int
    here: bool = False
    #: Numbers of what waits there.
    waiting: Sequence[int] = ()

    @property
    def count(self) -> str:
        """How much waits there, in words; "" for nothing."""
        return in_words(self.waiting)


@dataclass(frozen=True)
class MenuGroup:
    """A heading with its lines; the first group has none."""

    label: str
    items: list[MenuItem]
    #: Whether its lines are shown unasked.
    is_open: bool = True

    @property
    def count(self) -> str:
        """How much waits in all of it, in words."""
        return in_words(chain.from_iterable(item.waiting for item in self.items))


def build_menu(actor: Actor, path: str, waits: Waits) -> list[MenuGroup]:
    """What `actor` may open. `path`: of the page shown."""
    ledgers = registry.by_app()
    found = {
        group: sorted(
            [*_ledger_items(ledgers.get(group, ()), actor, path, waits), *_page_items(group, actor, path)],
            key=lambda item: item.order,
        )
        for group in _group_keys()
    }
    is_short = sum(map(len, found.values())) <= _SHORT
    return [
        MenuGroup(str(_label(group)), items, is_short or any(item.here for item in items))
        for group, items in found.items()
        if items
    ]


def _group_keys() -> list[str]:
    """Chapters as they are installed; `menu_order` of an application (0 unless said) moves it back."""
    configs = sorted(apps.get_app_configs(), key=lambda config: getattr(config, "menu_order", 0))
    return [TOP, *(config.label for config in configs), SYSTEM]


def _label(group: str) -> Any:
    if group == TOP:
        return ""
    return _("系统") if group == SYSTEM else apps.get_app_config(group).verbose_name


def destinations(actor: Actor) -> Iterator[tuple[str, str]]:
    """Name and address of all that is in the menu of `actor`, without asking what waits there."""
    for ledger, _url in _open_ledgers(registry, actor):
        yield str(ledger.label), own_list(ledger, actor)
    for page, url in _open_pages(_pages.values(), actor):
        yield str(page.label), url


def _open_ledgers(ledgers: Iterable[Ledger[Any]], actor: Actor) -> Iterator[tuple[Ledger[Any], str]]:
    for ledger in ledgers:
        url = link(ledger, "list")
        if url and actor.allows(Verb.VIEW, ledger.key):
            yield ledger, url


def _open_pages(pages: Iterable[MenuPage], actor: Actor) -> Iterator[tuple[MenuPage, str]]:
    for page in pages:
        url = link_to(page.url_name)
        if url and page.is_allowed(actor):
            yield page, url


def _ledger_items(
    ledgers: Iterable[Ledger[Any]], actor: Actor, path: str, waits: Waits
) -> Iterator[MenuItem]:
    for ledger, url in _open_ledgers(ledgers, actor):
        here, waiting = path.startswith(url), waits.numbers(ledger.key)
        yield MenuItem(ledger.label, own_list(ledger, actor), ledger.menu_order, here, waiting)


def _page_items(group: str, actor: Actor, path: str) -> Iterator[MenuItem]:
    for page, url in _open_pages((one for one in _pages.values() if one.group == group), actor):
        here = path == url if url == "/" else path.startswith(url)
        waiting = [page.count(actor)] if page.count else []
        yield MenuItem(str(page.label), url, page.order, here, waiting)
