"""Operations on saved views of one ledger's list: read, keep, change, delete."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.saved_views import store
from shanhai.kernel.saved_views.models import SavedView
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of, require_verb

from .bodies import Sent
from .doors import Door, Found, argument, on_ledger
from .naming import named

_QUERY = "列表的参数，如 state=submitted&sort=-period；搜索词、人员姓名和号码不存。"
_AUDIENCE = "own 只有自己、unit 本单位、side 本方各单位。"
_DEFAULT = "打开这本台账时先看它。"


class ViewAnswer(Schema):
    """A saved view. Its rows are read from the list with `query`."""

    id: str
    name: str
    query: str = Field(description=_QUERY)
    audience: str = Field(description=_AUDIENCE)
    owner: str
    is_own: bool
    is_default: bool = Field(description=_DEFAULT)


class ViewNew(Sent):
    """A view to keep."""

    name: str
    query: str = Field("", description=_QUERY)
    audience: str = Field("own", description=_AUDIENCE)
    is_default: bool = Field(False, description=_DEFAULT)


class ViewChange(Sent):
    """What changes of a view; of somebody else's only `is_default`, which is the caller's own."""

    name: str = ""
    query: str = Field("", description=_QUERY)
    audience: str = Field("", description=_AUDIENCE)
    is_default: bool = Field(False, description=_DEFAULT)


def _on_view(ledger: Ledger[Any], find: Any) -> Door:
    """The list may be read, and `find` finds the view of the address for the caller."""

    def check(request: HttpRequest, actor: Actor) -> SavedView:
        require_verb(actor, Verb.VIEW, ledger)
        found: SavedView = find(ledger, argument(request, "view"), actor)
        return found

    return Door(check)


def add_viewing(router: Router, ledger: Ledger[Any]) -> None:
    answer, may = ViewAnswer, on_ledger(ledger, Verb.VIEW)
    seen, own = _on_view(ledger, store.get), _on_view(ledger, store.own)

    @router.get("/views/", response=list[answer], auth=may, **named(ledger, "views", "保存的视图"))  # type: ignore[valid-type]
    def list_views(request: HttpRequest) -> list[dict[str, Any]]:
        actor = actor_of(request)
        return [_told(view, actor) for view in store.visible(ledger, actor)]

    @router.post("/views/", response={201: answer}, auth=may, **named(ledger, "view_create", "保存视图"))
    def create_view(request: HttpRequest, body: ViewNew) -> Status[dict[str, Any]]:
        actor, given = actor_of(request), body.dict()
        is_default = given.pop("is_default")
        view = store.save(ledger, actor, **given)
        if is_default:
            store.begin(ledger, view, actor)
        return Status(201, _told(store.get(ledger, view.pk, actor), actor))

    @router.patch("/views/{uuid:view}/", response=answer, auth=seen, **named(ledger, "view_change", "改视图"))
    def change_view(request: Found, view: UUID, body: ViewChange) -> dict[str, Any]:
        actor, given = actor_of(request), body.dict(exclude_unset=True)
        found, is_default = request.auth, given.pop("is_default", None)
        if given:
            store.change(ledger, store.own(ledger, view, actor), actor, **given)
        if is_default is not None and is_default != found.is_default:
            store.begin(ledger, found if is_default else None, actor)
        return _told(store.get(ledger, view, actor), actor)

    @router.delete(
        "/views/{uuid:view}/", response={204: None}, auth=own, **named(ledger, "view_delete", "删除视图")
    )
    def delete_view(request: Found, view: UUID) -> Status[None]:
        store.delete(request.auth)
        return Status(204, None)


def _told(view: SavedView, actor: Actor) -> dict[str, Any]:
    return {
        "id": str(view.pk),
        "name": view.name,
        "query": view.query,
        "audience": view.audience,
        "owner": str(view.owner),
        "is_own": store.is_own(view, actor),
        "is_default": view.is_default,  # type: ignore[attr-defined]
    }
