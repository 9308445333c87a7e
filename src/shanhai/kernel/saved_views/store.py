"""Rules of saved views: who sees which, what one keeps, who changes it."""

from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.listing import Listing

from .models import SavedView, ViewDefault

Audience = SavedView.Audience

#: Views one user may keep of one ledger.
MOST = 50
_LONGEST_QUERY = 4_000


def visible(ledger: Ledger[Any], actor: Actor) -> QuerySet[SavedView]:
    """Views that `actor` may use, with `is_default`: own ones, those shared with the unit or the side."""
    grants = actor.grants_for(Verb.VIEW, ledger.key)
    units, sides = [grant.unit_id for grant in grants], [grant.side for grant in grants]
    shared = Q(audience=Audience.UNIT, unit__in=units) | Q(audience=Audience.SIDE, side__in=sides)
    mine = Q(owner=_user(actor))
    default = ViewDefault.objects.filter(view=OuterRef("pk"), user=_user(actor))
    found = SavedView.objects.filter(mine | (shared & Q(owner__is_active=True)), ledger=ledger.key)
    return found.annotate(is_default=Exists(default)).select_related("owner").order_by("name", "id")


def get(ledger: Ledger[Any], pk: UUID, actor: Actor) -> SavedView:
    """Errors: NotVisible."""
    found = visible(ledger, actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def own(ledger: Ledger[Any], pk: UUID, actor: Actor) -> SavedView:
    """A view that `actor` may change. Errors: NotVisible, NotAllowed when it is somebody else's."""
    found = get(ledger, pk, actor)
    if not is_own(found, actor):
        raise NotAllowed(
            _("这个视图是%(who)s保存的，只有本人可以改。您可以另存一个。") % {"who": found.owner}
        )
    return found


def _user(actor: Actor) -> Any:
    """Key of the user who acts."""
    return actor.user_id


def is_own(view: SavedView, actor: Actor) -> bool:
    return bool(view.owner_id == actor.user_id)


def audiences(ledger: Ledger[Any], actor: Actor) -> list[Audience]:
    """With whom `actor` may share: as far as one's membership reaches."""
    grants = actor.grants_for(Verb.VIEW, ledger.key)
    reaches_side = bool(grants) and grants[0].role.reach is Reach.SIDE
    return [Audience.OWN, *([Audience.UNIT] if grants else []), *([Audience.SIDE] if reaches_side else [])]


def kept_names(listing: Listing) -> set[str]:
    """Parameters a view keeps. Names and numbers of persons are no way of looking: they stay out."""
    filters = {
        n for n, column in listing.narrowing.items() if not (column.is_sensitive or column.is_personal)
    }
    return filters | Listing.LASTING


def kept(listing: Listing) -> str:
    """What a view keeps of the parameters of a list, each with its values in their order."""
    params, names, found = listing.params, kept_names(listing), QueryDict(mutable=True)
    for name in sorted(set(params) & names):
        if values := [value for value in params.getlist(name) if value.strip()]:
            found.setlist(name, values)
    return found.urlencode()


def left_out(listing: Listing) -> bool:
    """Whether something that narrows the list is not kept."""
    narrow = {Listing.SEARCH, *listing.narrowing} - kept_names(listing)
    return any(value.strip() for name in narrow for value in listing.params.getlist(name))


@transaction.atomic
def save(
    ledger: Ledger[Any], actor: Actor, *, name: str, query: str, audience: str = Audience.OWN
) -> SavedView:
    """Keep the parameters under a name. Errors: RuleViolated."""
    if SavedView.objects.filter(owner=_user(actor), ledger=ledger.key).count() >= MOST:
        text = _("一本台账最多存 %(most)s 个视图。请先删去不用的。") % {"most": MOST}
        raise RuleViolated(text, code="too_many_views")
    view = SavedView(ledger=ledger.key, owner_id=_user(actor))
    return _write(ledger, view, actor, {"name": name, "query": query, "audience": audience})


@transaction.atomic
def change(ledger: Ledger[Any], view: SavedView, actor: Actor, **values: str) -> SavedView:
    """Give the view another name, query or audience; what is not given stays. Errors: RuleViolated."""
    return _write(ledger, view, actor, values)


def _write(ledger: Ledger[Any], view: SavedView, actor: Actor, values: dict[str, str]) -> SavedView:
    problems = _problems(ledger, actor, values)
    if problems:
        raise RuleViolated(code="bad_view", problems=problems)
    if "name" in values:
        view.name = values["name"].strip()
    if "query" in values:
        view.query = kept(Listing(ledger, QueryDict(values["query"]), actor))
    if "audience" in values:
        view.audience = values["audience"]
        grant = actor.grants_for(Verb.VIEW, ledger.key)[0]
        view.unit_id, view.side = grant.unit_id, grant.side
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        text = _("您已有同名的视图“%(name)s”。请换个名称，或先打开那个视图再更新它。") % {"name": view.name}
        raise RuleViolated(code="bad_view", problems={"name": [text]}) from error
    return view


def _problems(ledger: Ledger[Any], actor: Actor, values: dict[str, str]) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    longest = SavedView._meta.get_field("name").max_length or 0
    if "name" in values and not 0 < len(values["name"].strip()) <= longest:
        problems["name"] = [_("请填名称，不超过 %(most)s 个字。") % {"most": longest}]
    if values.get("audience", Audience.OWN) not in audiences(ledger, actor):
        problems["audience"] = [_("您只能共享到自己的岗位管得到的范围。")]
    if "query" in values:
        problems |= _query_problems(ledger, actor, values["query"])
    return problems


def _query_problems(ledger: Ledger[Any], actor: Actor, query: str) -> dict[str, list[str]]:
    """A view is kept only while its filters can be read."""
    if len(query) > _LONGEST_QUERY:
        return {"query": [_("筛选太长，存不下。请减少所选的项。")]}
    if "\0" in unquote(query):
        return {"query": [_("筛选里有不能存的字符。")]}
    unread = Listing(ledger, QueryDict(query), actor).problems
    return {"query": unread} if unread else {}


def delete(view: SavedView) -> None:
    """Whoever began with it begins with all rows again."""
    view.delete()


def begin(ledger: Ledger[Any], view: SavedView | None, actor: Actor) -> None:
    """The actor's list opens with `view` from now on, or with all rows."""
    if view is None:
        ViewDefault.objects.filter(user=_user(actor), ledger=ledger.key).delete()
    else:
        given = {"user_id": _user(actor), "ledger": ledger.key}
        ViewDefault.objects.update_or_create(**given, defaults={"view": view})
