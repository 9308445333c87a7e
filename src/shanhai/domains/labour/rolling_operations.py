"""The nightly run over the API: whether it is on, and switching it."""

import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import on_ledger
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of

from . import rolling
from .models import Placement


class RollingBody(Sent):
    """Whether the side is matched every night."""

    is_on: bool


class RollingAnswer(Schema):
    """Whether the side is matched every night, and what came of the last look."""

    is_on: bool
    switched_at: datetime.datetime | None
    last_looked_at: datetime.datetime | None
    said: str


@register_operations(Placement.ledger_key())
def rolling_operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_run, may_read = on_ledger(ledger, Verb.MANAGE), on_ledger(ledger, Verb.VIEW)

    @router.get(
        "/rolling/", response=RollingAnswer, auth=may_read, **named(ledger, "rolling", "每夜自动匹配")
    )
    def read_rolling(request: HttpRequest) -> dict[str, Any]:
        return _switched(rolling.setting_of(next(iter(sorted(actor_of(request).sides)), "")))

    @router.post(
        "/rolling/",
        response=RollingAnswer,
        auth=may_run,
        **named(ledger, "switch_rolling", "开启或停用每夜自动匹配"),
    )
    def switch_rolling(request: HttpRequest, body: RollingBody) -> dict[str, Any]:
        return _switched(rolling.switch(actor_of(request), is_on=body.is_on))


def _switched(row: Any) -> dict[str, Any]:
    names = ("is_on", "switched_at", "last_looked_at", "said")
    empty = {"is_on": False, "switched_at": None, "last_looked_at": None, "said": ""}
    return {name: getattr(row, name) for name in names} if row else empty
