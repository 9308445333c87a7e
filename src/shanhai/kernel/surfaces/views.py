"""The pages of every ledger: parse, call, respond. What is shown is composed in the modules beside this."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel import actions, context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated, ShanhaiError
from shanhai.kernel.history import known
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import READING, Party, Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.saved_views.menu import address as address_of_view
from shanhai.kernel.saved_views.menu import first_view, views_menu, views_of
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.workflow import EDITABLE, SUBMIT

from .bulk import bulk_bar
from .detail_page import detail_context
from .form_page import form_context, new_key, opened_key
from .forms import RowForm
from .history_page import history_context
from .links import link, own_list
from .list_menus import menu_context
from .list_page import list_context, panel_context
from .listing import Listing
from .lookup import find_by_number, find_rows
from .offered import current_period
from .respond import respond, see_other
from .typed import whole_number

Row = LedgerModel
#: `then` of a form that only asks what the unit now chosen adds to it.
_FIELDS = "fields"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; set by the accounts' middleware."""
    return request.actor  # type: ignore[attr-defined,no-any-return]


def actor_with(request: HttpRequest, verb: Verb, ledger: Ledger[Any]) -> Actor:
    """Who asks, if granted the verb on the ledger: how its pages open. Errors: as `require_verb`."""
    actor = actor_of(request)
    require_verb(actor, verb, ledger)
    return actor


def require_verb(actor: Actor, verb: Verb, ledger: Ledger[Any]) -> None:
    """Errors: NotAllowed when no membership grants the verb on the ledger, or its side does not file it."""
    if not actor.allows(verb, ledger.key):
        raise NotAllowed
    if verb not in READING and not ledger.is_kept_by(actor):
        raise NotAllowed(_("这本台账由%(side)s填报。") % {"side": ledger.sides[0].label})


@require_GET
@known.shows_past
def list_rows(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    actor = actor_with(request, Verb.VIEW, ledger)
    listing = Listing(ledger, request.GET, actor)
    if Listing.MOVE in request.GET:
        return HttpResponseRedirect(f"{link(ledger, 'list')}?{listing.moved()}")
    views = views_of(listing)
    if not request.GET and (first := first_view(views)):
        return HttpResponseRedirect(address_of_view(ledger, first))
    bulk = None if known.known_on() else bulk_bar(listing)
    shown = list_context(listing, bulk, views_menu(listing, views))
    query = listing.here()
    address = f"{link(ledger, 'list')}?{query}" if query else link(ledger, "list")
    return respond(request, "kernel/list.html", "table", shown, address=address)


@require_GET
@known.shows_past
def filter_one(request: HttpRequest, ledger: Ledger[Any], column: str) -> HttpResponse:
    """What lies under the chip of one filter of the list, as the address of the list fills it."""
    actor = actor_with(request, Verb.VIEW, ledger)
    shown = panel_context(Listing(ledger, request.GET, actor), column)
    return render(request, "kernel/list.html#panel", shown)


@require_GET
@known.shows_past
def list_menu(request: HttpRequest, ledger: Ledger[Any], menu: str) -> HttpResponse:
    """A box of the list, drawn when somebody opens it."""
    actor = actor_with(request, Verb.VIEW, ledger)
    return render(
        request, f"kernel/list.html#{menu}", menu_context(Listing(ledger, request.GET, actor), menu)
    )


@require_GET
@known.shows_past
def detail(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    row = actions.get_row(ledger, pk, actor=actor_of(request))
    return respond(request, "kernel/detail.html", "", detail_context(request, ledger, row))


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    actor = actor_with(request, Verb.CREATE, ledger)
    if request.method == "POST" and request.POST.get("then") == _FIELDS:
        return _fields_of_unit(request, RowForm(ledger, actor, data=request.POST))
    if request.method == "POST":
        return _create(request, ledger, actor)
    initial = {**current_period(ledger), **ledger.initial(actor), **_given(ledger, request)}
    form = RowForm(ledger, actor, initial=actions.fill_defaults(ledger, initial, actor))
    return respond(request, "kernel/form.html", "", form_context(form, key=new_key(ledger, actor)))


def _fields_of_unit(request: HttpRequest, form: RowForm) -> HttpResponse:
    """Another unit was chosen in the form: what that unit adds, with what was typed."""
    return respond(
        request, "kernel/form.html", "customs", form_context(form, key=request.POST.get("key", ""))
    )


def _given(ledger: Ledger[Any], request: HttpRequest) -> dict[str, Any]:
    """What a link to the form fills in: `?workshop=…` from the page of a workshop."""
    known = {column.name for column in RowForm(ledger, actor_of(request)).columns if not column.is_sensitive}
    return {name: value for name, value in request.GET.items() if name in known}


def _create(request: HttpRequest, ledger: Ledger[Any], actor: Actor) -> HttpResponse:
    signed = request.POST.get("key", "")
    key = opened_key(signed, ledger, actor)
    if saved := _saved_before(ledger, key):
        return _after_saving(request, ledger, saved, actor)
    form = RowForm(ledger, actor, data=request.POST)
    values = form.values()
    try:
        _refuse_problems(form)
        row = actions.create_row(ledger, {**values, "id": key}, actor=actor)
        return _after_saving(request, ledger, row, actor)
    except RuleViolated as refused:
        if saved := _saved_before(ledger, key):
            return _after_saving(request, ledger, saved, actor)
        return _show_refused(request, form, refused, key=signed)


def _saved_before(ledger: Ledger[Any], key: UUID) -> Row | None:
    """The row that an earlier sending of the same form made."""
    row: Row | None = ledger.model._default_manager.filter(pk=key).first()
    return row


def _refuse_problems(form: RowForm) -> None:
    if form.problems:
        raise RuleViolated(problems=form.problems)


def _show_refused(
    request: HttpRequest, form: RowForm, refused: RuleViolated, *, key: str = ""
) -> HttpResponse:
    form.problems = dict(refused.problems) or {"": [str(refused)]}
    return respond(request, "kernel/form.html", "", form_context(form, key=key), status=refused.status)


def _after_saving(request: HttpRequest, ledger: Ledger[Any], row: Row, actor: Actor) -> HttpResponse:
    """Submit as well when that was asked; a row that cannot be submitted stays a saved draft and says why."""
    said, level = _("已保存。"), messages.SUCCESS
    if request.POST.get("then") == "submit" and row.state in EDITABLE:
        try:
            actions.step_row(ledger, row, SUBMIT, actor=actor)
            said = _("已保存并提交，等待核实。")
        except RuleViolated as refused:
            said, level = _("已保存为草稿，还不能提交：%(why)s") % {"why": refused}, messages.WARNING
    draft = request.POST.get("draft", "")
    messages.add_message(request, level, said, extra_tags=f"draft:{draft}" if draft else "")
    return _to_row(ledger, row)


def _to_row(ledger: Ledger[Any], row: Row) -> HttpResponse:
    return see_other(link(ledger, "detail", pk=row.pk))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    row = actions.get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    actions.require_open(ledger, row)
    if request.method == "POST" and request.POST.get("then") == _FIELDS:
        return _fields_of_unit(request, RowForm(ledger, actor, row, data=request.POST))
    if request.method == "POST":
        return _edit(request, ledger, row, actor)
    return respond(request, "kernel/form.html", "", form_context(RowForm(ledger, actor, row)))


def _edit(request: HttpRequest, ledger: Ledger[Any], row: Row, actor: Actor) -> HttpResponse:
    form = RowForm(ledger, actor, row, data=request.POST)
    values = form.values()
    try:
        _refuse_problems(form)
        kept = {name: v for name, v in values.items() if request.POST.get(f"take-{name}") != "theirs"}
        with context.because(request.POST.get("reason", "").strip()):
            saved = actions.save_row(ledger, row, kept, actor=actor, row_version=_version(request))
        return _after_saving(request, ledger, saved, actor)
    except Conflict as conflict:
        shown = form_context(form, conflict=conflict, values=values)
        return respond(request, "kernel/form.html", "", shown, status=conflict.status)
    except RuleViolated as refused:
        return _show_refused(request, form, refused)


def _version(request: HttpRequest) -> int:
    """The version of the row that the form was drawn from; 0 when it does not say, which is always stale."""
    return whole_number(request.POST.get("row_version", ""))


@require_POST
def step(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """One step of row life. The row must still be as the reader saw it."""
    actor = actor_of(request)
    transition = ledger.life.by_name.get(request.POST.get("step", ""))
    if transition is None:
        raise NotVisible
    row = actions.get_row(ledger, pk, actor=actor, verb=transition.verb, party=transition.party)
    reason = request.POST.get("reason", "").strip()
    try:
        locked = ledger.model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.row_version != _version(request):
            raise Conflict(_("您打开之后，这条记录有了变化，这一步没有办理。请核对现在的内容。"))
        actions.step_row(ledger, locked, transition, actor=actor, reason=reason)
    except (Conflict, RuleViolated) as refused:
        return _show_row(request, ledger, pk, refused)
    messages.success(request, _("已%(step)s。") % {"step": transition.label})
    is_gone = transition.party is Party.COUNTERPART and transition.target not in REPORTED_STATES
    return see_other(own_list(ledger, actor)) if is_gone else _to_row(ledger, row)


def _show_row(request: HttpRequest, ledger: Ledger[Any], pk: UUID, refused: ShanhaiError) -> HttpResponse:
    row = actions.get_row(ledger, pk, actor=actor_of(request))
    shown = detail_context(request, ledger, row, refusal=str(refused))
    return respond(request, "kernel/detail.html", "", shown, status=refused.status)


@require_GET
def history(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    row = actions.get_row(ledger, pk, actor=actor_of(request))
    shown: Mapping[str, Any] = history_context(ledger, row, actor_of(request), request.GET)
    return respond(request, "kernel/history.html", "entries", shown)


@require_GET
def lookup(request: HttpRequest, key: str) -> HttpResponse:
    """Rows a reference may point at, for the boxes that search while one types."""
    is_wide = request.GET.get("wide") == "1"
    rows = find_rows(key, request.GET.get("q", ""), actor_of(request), is_wide=is_wide)
    return JsonResponse({"results": rows})


@require_POST
def lookup_by_number(request: HttpRequest) -> HttpResponse:
    """One person by the whole number: sent in the body, for numbers of people stand in no address."""
    ledger, field, number = (request.POST.get(name, "") for name in ("ledger", "field", "number"))
    return JsonResponse(find_by_number(ledger, field, number, actor_of(request)))
