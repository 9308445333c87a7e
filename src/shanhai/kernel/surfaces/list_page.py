"""What `kernel/list.html` shows of a listing; see the comment at the head of that template."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.exports.formats import PARAMETER, Format
from shanhai.kernel.exports.plain import openable
from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import READING, Verb
from shanhai.kernel.scope import Actor

from .fields import resolve_field
from .filters import PRESENCE, Filter, shortened
from .links import link, with_query
from .list_address import PAGE_SIZES
from .list_menus import list_menus, wished
from .listing import Listing
from .tables import groups_table, table_of

Drawn = dict[str, Any]

#: Fields named in the search box; it looks into all that the ledger declares.
_NAMED_IN_BOX = 2


def list_context(listing: Listing, bulk: Drawn | None, views: Drawn | None = None) -> Drawn:
    """The whole context of the list.

    Shape: `bulk` is the bar of what may be done with selected rows, `views` the menu of saved views.
    """
    ledger, groups = listing.ledger, listing.groups
    return {
        "title": ledger.label,
        "sub": _sub(listing),
        "crumbs": [],
        "actions": list_actions(ledger, listing.actor, listing.query(), opens=bool(openable(listing))),
        "list_url": link(ledger, "list"),
        "params": _carried(listing),
        "search": _search_box(listing) if ledger.search else None,
        "problems": listing.problems,
        "filters": [_filter(listing, one) for one in listing.filters],
        **list_menus(listing),
        "views": views,
        "arranged": _arranged(listing),
        "table": groups_table(listing, groups) if groups else table_of(listing, picks=bulk is not None),
        "bulk": None if groups else bulk,
        "pager": _groups_pager(listing, len(groups.items)) if groups else _pager(listing),
        "empty": _empty(listing),
    }


def _sub(listing: Listing) -> str:
    return f"{listing.ledger.source} · {_total(listing)}"


def _total(listing: Listing) -> str:
    return _("共 %(number)s 行") % {"number": listing.counts.text}


def list_actions(ledger: Ledger[Any], actor: Actor, query: str = "", *, opens: bool = False) -> list[Drawn]:
    """Buttons of the list: what may be done and has a page; the main one last.

    Shape: `opens` offers the export of sensitive values as they stand.
    """
    offered = (
        ("export", Verb.EXPORT, _("导出"), "download", query),
        ("import", Verb.IMPORT, _("导入 Excel"), "upload", ""),
        ("create", Verb.CREATE, _("新增"), "plus", ""),
    )
    actions: list[Drawn] = []
    for what, verb, label, icon, carried in offered:
        url = link(ledger, what)
        is_open = verb in READING or (ledger.is_kept_by(actor) and known.known_on() is None)
        if url and is_open and actor.allows(verb, ledger.key):
            action: Drawn = {"label": label, "url": url, "kind": "", "icon": icon}
            menu = _formats(ledger, url, carried, opens=opens)
            actions.append(action | ({"menu": menu} if what == "export" else {}))
    if actions and actions[-1]["icon"] == "plus":
        actions[-1] |= {"kind": "primary", "main": True}
    return actions


def _formats(ledger: Ledger[Any], url: str, query: str, *, opens: bool) -> list[Drawn]:
    """The list as a file of every kind."""
    carried = f"&{query}" if query else ""
    plain = {"label": _("含敏感信息原文…"), "url": f"{link(ledger, 'export_plain')}?{query}"}
    formats = [{"label": form.label, "url": f"{url}?{PARAMETER}={form}{carried}"} for form in Format]
    return [*formats, plain] if opens else formats


def _carried(listing: Listing) -> list[Drawn]:
    names = (listing.SORT, listing.SIZE, listing.GROUP, listing.VIEW, listing.KNOWN)
    return [{"name": n, "value": listing.params[n]} for n in names if listing.params.get(n)]


def _search_box(listing: Listing) -> Drawn:
    columns = [resolve_field(listing.ledger.model, path) for path in listing.ledger.search]
    labels = list(dict.fromkeys(str(column.label) for column in columns))
    label = _("搜%(fields)s") % {"fields": "、".join(labels[:_NAMED_IN_BOX])}
    return {"name": listing.SEARCH, "value": listing.text, "label": label}


def _filter(listing: Listing, one: Filter) -> Drawn:
    """One chip; what lies under it comes when somebody opens it, or with the page to who asks for it so."""
    summary = shortened(one.summary()) if one.is_active else ""
    is_asked = one.name in listing.params.getlist(listing.WITH)
    drawn: Drawn = {
        "label": str(one.column.label),
        "summary": summary,
        "kind": one.kind,
        "name": one.name,
        "options": [],
        "fields": [],
        "presences": [],
        "presence_name": f"{one.name}{PRESENCE}",
        "single": False,
        "open": is_asked and not one.is_active,
        "clear_url": _without(listing, one),
        "later": None if is_asked else _later(listing, one),
    }
    return drawn | filter_panel(one) if is_asked else drawn


def filter_panel(one: Filter) -> Drawn:
    """What a filter is filled in with."""
    return {
        "options": one.options() if one.kind != "fields" else [],
        "fields": one.fields() if one.kind == "fields" else [],
        "presences": one.presences(),
        "later": None,
    }


def panel_context(listing: Listing, name: str) -> Drawn:
    """What lies under one chip. Errors: NotVisible for a filter that is not there."""
    for one in listing.filters:
        if one.name == name:
            return {"filter": _filter(listing, one) | filter_panel(one)}
    raise NotVisible


def _later(listing: Listing, one: Filter) -> Drawn:
    query = wished(listing, one.name)
    return {
        "url": f"{link(listing.ledger, 'filter', column=one.name)}?{query}",
        "page": f"{link(listing.ledger, 'list')}?{query}",
        "carried": [{"name": name, "value": v} for name, values in one.chosen.items() for v in values],
    }


def _without(listing: Listing, one: Filter) -> str:
    wished = [name for name in listing.params.getlist(listing.WITH) if name != one.name]
    query = listing.query(**dict.fromkeys(one.names, ""), **{listing.WITH: wished})
    url = link(listing.ledger, "list")
    return f"{url}?{query}" if query else url


def _arranged(listing: Listing) -> list[Drawn]:
    """What a form carries that only moves a column."""
    params = {name: values for name, values in listing.params.lists() if name != listing.CURSOR}
    params[listing.COLUMNS] = [column.name for column in listing.columns]
    return [{"name": name, "value": value} for name, values in params.items() for value in values if value]


def _groups_pager(listing: Listing, number: int) -> Drawn:
    shown = ngettext("%(number)s 组", "%(number)s 组", number) % {"number": f"{number:,}"}
    count_url = (
        "" if listing.counts.is_exact else f"{link(listing.ledger, 'list')}?{listing.query(count='all')}"
    )
    return {"total": _total(listing), "count_url": count_url, "shown": shown, "is_whole": True}


def _pager(listing: Listing) -> Drawn:
    url = link(listing.ledger, "list")
    number = len(listing.page.rows)

    def at(query: str) -> str:
        return f"{url}?{query}" if query else ""

    is_first = listing.page.previous is None
    return {
        "total": _total(listing),
        "count_url": "" if listing.counts.is_exact else at(listing.query(**{listing.COUNT: "all"})),
        "shown": ngettext("本页 %(number)s 行", "本页 %(number)s 行", number) % {"number": number},
        "first": "" if is_first else (at(listing.query()) or url),
        "previous": at(listing.previous_query()),
        "next": at(listing.next_query()),
        "sizes": [
            {"label": str(s), "url": f"{url}?{listing.query(size=s)}", "here": s == listing.size}
            for s in PAGE_SIZES
        ],
    }


def _empty(listing: Listing) -> Drawn:
    ledger = listing.ledger
    if listing.is_narrowed:
        view = listing.params.get(listing.VIEW)
        url = with_query(link(ledger, "list"), {listing.VIEW: "all" if view else ""})
        clear = {"label": _("清除全部筛选"), "url": url, "kind": ""}
        text = _("没有记录符合现在的筛选。放宽筛选，或清除后再看。")
        return {"title": _("没有符合的记录"), "text": text, "icon": "search", "actions": [clear]}
    title = _("还没有%(ledger)s") % {"ledger": ledger.label}
    if not ledger.is_kept_by(listing.actor) or not listing.actor.allows(Verb.CREATE, ledger.key):
        return {"title": title, "text": _("填报单位报送后，会出现在这里。"), "actions": []}
    text = _("一条一条新增，或下载模板填好后导入。")
    actions = [a for a in list_actions(ledger, listing.actor) if a["icon"] != "download"]
    return {"title": title, "text": text, "actions": actions}
