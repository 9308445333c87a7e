"""The roll-up over the API, and the rows behind one county's number."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shanhai.engines.exchange import RolledUp, rows_of
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called

from .pages import SIZE, package_of, reader
from .reports import Board, board, periods
from .taking import file_of


class RolledCell(Schema):
    """A county's value; `package` is null where the county has not sent."""

    sender: str
    value: str | None
    counted: int
    package: str | None


class RolledLine(Schema):
    """One indicator over the counties."""

    code: str
    name: str
    unit: str
    total: str | None
    sent: int = Field(description="合计是几个县的")
    cells: list[RolledCell]


class RollUp(Schema):
    """A period over all counties."""

    period: str
    periods: list[str]
    missing: list[str] = Field(description="没有报送的，合计不含")
    lines: list[RolledLine]


class SentRow(Schema):
    """A row of a package."""

    id: str
    weight: str
    columns: dict[str, Any]
    papers: list[str] = Field(description="佐证的 SHA-256")


def _line(found: Board, line: RolledUp) -> dict[str, Any]:
    cells = [
        {
            "sender": sender.code,
            "value": None if cell.value is None else str(cell.value),
            "counted": cell.counted,
            "package": str(found.packages[sender.code].pk) if cell.is_there else None,
        }
        for sender, cell in zip(found.senders, line.cells, strict=True)
    ]
    figure = line.figure
    total = None if line.total is None else str(line.total)
    told = {"code": figure.code, "name": figure.name, "unit": figure.unit}
    return {**told, "total": total, "sent": line.sent, "cells": cells}


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    return reader(request)


def _package(request: HttpRequest, actor: Actor) -> Any:
    reader(request)
    return package_of(argument(request, "pk"), argument(request, "code"))


@register_routes("/exchange/")
def routes() -> Router:
    router = Router(tags=["exchange"])
    told = called("rollup", "上报汇总：指标、各县、合计", auth=Door(_reading))

    @router.get("/", response=RollUp, **told)
    def read_roll_up(request: HttpRequest, period: str = "") -> dict[str, Any]:
        known = periods()
        chosen = period if period in known else (known[0] if known and not period else "")
        if not chosen:
            return {"period": period, "periods": known, "missing": [], "lines": []}
        found = board(chosen)
        lines = [_line(found, one) for one in found.lines]
        return {"period": chosen, "periods": known, "missing": found.missing, "lines": lines}

    told = called("sent_rows", "一个县报送的行", auth=Door(_package))

    @router.get("/{uuid:pk}/{code}/", response=list[SentRow], **told)
    def list_sent_rows(request: Found, pk: UUID, code: str, first: int = 0) -> list[dict[str, Any]]:
        package, figure = request.auth
        if figure.parts is not None:
            return []
        found = rows_of(file_of(package), figure, max(0, first), SIZE)
        return [
            {"id": one.id, "weight": f"{one.weight:f}", "columns": one.columns, "papers": list(one.papers)}
            for one in found
        ]

    return router
