"""Operations on the fields that units add to a ledger: read, add, change, order, retire."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.custom import managing
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.models import CustomField
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of, require_verb

from .bodies import Sent
from .doors import Door, Found, argument, on_ledger
from .naming import named

_KIND = "类型：text、long_text、integer、decimal、money、date、boolean、choice；有记录填过之后不能改。"
_MEASURE = "计量单位；只对 integer 和 decimal，有记录填过之后不能改。"
_DECIMALS = "小数位；只对 decimal，有记录填过之后不能改。"
_OPTIONS = "选项；只对 choice，还有记录在用的不能去掉。"
_REASON = "会记入历史；停用必须写明。"
_STEPS = ("retire", "restore", "earlier", "later")


class FieldAnswer(Schema):
    """A field of a unit. `key` names its value in `custom` of rows; `name` in filters, `sort`, `columns`."""

    id: str
    key: str
    name: str
    unit: str = Field(description="单位的编号")
    title: str
    kind: str = Field(description=_KIND)
    measure_unit: str = Field(description=_MEASURE)
    decimals: int | None = Field(description=_DECIMALS)
    options: list[str] = Field(description=_OPTIONS)
    help: str
    is_required: bool = Field(description="新增的记录必须填；原有的不拦。")
    is_personal: bool = Field(description="含个人信息：对方看共享的记录时隐去；只对文本。")
    is_listed: bool = Field(description="列表默认显示")
    is_retired: bool = Field(description="已停用：填过的值还能读，不再填。")


class FieldChange(Sent):
    """What is said of a field; what is left out stays as it is."""

    title: str = ""
    kind: str = Field("text", description=_KIND)
    measure_unit: str = Field("", description=_MEASURE)
    decimals: int | None = Field(None, description=_DECIMALS)
    options: list[str] = Field(default_factory=list, description=_OPTIONS)
    help: str = ""
    is_required: bool = False
    is_personal: bool = False
    is_listed: bool = True
    reason: str = Field("", max_length=200, description=_REASON)


class FieldNew(FieldChange):
    """A field to add."""

    unit: UUID = Field(description="单位的编号")


class FieldStep(Sent):
    """Why."""

    reason: str = Field("", max_length=200, description=_REASON)


def _on_field(ledger: Ledger[Any], *, manages: bool) -> Door:
    """The field of the address is one of a unit in reach; with `manages` one the caller may change."""

    def check(request: HttpRequest, actor: Actor) -> CustomField:
        require_verb(actor, Verb.VIEW, ledger)
        found = managing.get_field(ledger, argument(request, "field"), actor=actor, lock=manages)
        if manages and not managing.may_manage(ledger, found.unit, actor):
            raise NotAllowed
        return found

    return Door(check)


def add_defining(router: Router, ledger: Ledger[Any]) -> None:
    answer, seen, managed = FieldAnswer, _on_field(ledger, manages=False), _on_field(ledger, manages=True)
    may_read, may_add = on_ledger(ledger, Verb.VIEW), on_ledger(ledger, Verb.MANAGE)

    @router.get("/fields/", response=list[answer], auth=may_read, **named(ledger, "customs", "自定义字段"))  # type: ignore[valid-type]
    def list_customs(request: HttpRequest) -> list[dict[str, Any]]:
        units = managing.units_seen(ledger, actor_of(request))
        return [_told(one) for unit in units for one in managing.fields_of(ledger, unit)]

    @router.post(
        "/fields/", response={201: answer}, auth=may_add, **named(ledger, "custom_create", "新增自定义字段")
    )
    def create_custom(request: HttpRequest, body: FieldNew) -> Status[dict[str, Any]]:
        given, actor = body.dict(exclude_unset=True), actor_of(request)
        field = CustomField(unit=_unit(given.pop("unit"), actor))
        reason = given.pop("reason", "")
        return Status(201, _told(managing.save_field(ledger, field, given, actor=actor, reason=reason)))

    @router.get(
        "/fields/{uuid:field}/", response=answer, auth=seen, **named(ledger, "custom", "一个自定义字段")
    )
    def read_custom(request: Found, field: UUID) -> dict[str, Any]:
        return _told(request.auth)

    @router.patch(
        "/fields/{uuid:field}/",
        response=answer,
        auth=managed,
        **named(ledger, "custom_change", "改字段"),
    )
    def change_custom(request: Found, field: UUID, body: FieldChange) -> dict[str, Any]:
        given = body.dict(exclude_unset=True)
        reason = given.pop("reason", "")
        saved = managing.save_field(ledger, request.auth, given, actor=actor_of(request), reason=reason)
        return _told(saved)

    stepped = named(ledger, "custom_step", f"自定义字段停用、恢复、排序：{'、'.join(_STEPS)}")

    @router.post("/fields/{uuid:field}/{what}/", response=answer, auth=managed, **stepped)
    def step_custom(request: Found, field: UUID, what: str, body: FieldStep) -> dict[str, Any]:
        _take(ledger, request.auth, what, body.reason, actor_of(request))
        return _told(managing.get_field(ledger, field, actor=actor_of(request)))


def _take(ledger: Ledger[Any], field: CustomField, what: str, reason: str, actor: Actor) -> None:
    """Errors: NotVisible for a step nobody knows; as `managing`."""
    match what:
        case "retire":
            managing.retire_field(ledger, field, actor=actor, reason=reason)
        case "restore":
            managing.restore_field(ledger, field, actor=actor, reason=reason)
        case "earlier" | "later":
            managing.move_field(ledger, field, earlier=what == "earlier", actor=actor)
        case _:
            raise NotVisible


def _unit(pk: UUID, actor: Actor) -> Any:
    """Errors: NotVisible for a unit that is not of the caller's side."""
    model = apps.get_model(settings.SHANHAI_UNIT_MODEL)
    found = model._default_manager.filter(pk=pk, side__in=actor.sides).first()
    if found is None:
        raise NotVisible
    return found


def _told(field: CustomField) -> dict[str, Any]:
    said = {name: getattr(field, name) for name in managing.SAID}
    return {
        **said,
        "id": str(field.pk),
        "key": field.key,
        "name": field.name,
        "unit": str(field.unit_id),
        "is_retired": field.is_retired,
    }
