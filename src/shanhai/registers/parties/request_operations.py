"""Requests of people over the API: what is held, the copy, the answer."""

import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.api.work import JobAnswer, job_json
from shanhai.kernel.surfaces.views import actor_of

from . import erasing, extracts, request_acts
from .requests import PersonRequest


class HeldRows(Schema):
    """Rows of one ledger about the person."""

    ledger: str
    ids: list[str] = Field(description="各行的编号，按台账的接口读取、更正")


class ErasureAnswer(Schema):
    """What was done with what is held on the person."""

    kind: str = Field(description="erased 已删除；restricted 有保存期限，只保存、不再处理")
    until: datetime.date | None = Field(description="停止处理的，保存到哪天")
    source: str = Field(description="保存的依据")
    rows: int
    entries: int = Field(description="改写的历史条数，封存链仍可验证")
    papers: int


class AnswerBody(Sent):
    """What came of a request."""

    row_version: int
    outcome: str = Field("", description="granted、partly、refused；空为撤回填错的答复")
    outcome_reason: str = ""
    closed_on: datetime.date | None = None


@register_operations(PersonRequest.ledger_key())
def operations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    told = named(ledger, "held", "本人有哪些记录")

    @router.get("/{uuid:pk}/held/", response=list[HeldRows], auth=on_row(ledger, Verb.UNMASK), **told)
    def read_held(request: Found, pk: UUID) -> list[dict[str, Any]]:
        found = extracts.held(request.auth)
        return [{"ledger": one.ledger.key, "ids": [str(row.pk) for row in one.rows]} for one in found]

    told = named(ledger, "extract", "制作个人信息副本")

    @router.post("/{uuid:pk}/extract/", response={202: JobAnswer}, auth=on_row(ledger, Verb.UNMASK), **told)
    def extract_person(request: Found, pk: UUID) -> Status[dict[str, Any]]:
        return Status(202, job_json(extracts.start(request.auth, actor_of(request))))

    told = named(ledger, "erase", "删除或停止处理个人信息")

    @router.post("/{uuid:pk}/erase/", response=ErasureAnswer, auth=on_row(ledger, Verb.UNMASK), **told)
    def erase_person(request: Found, pk: UUID) -> dict[str, Any]:
        done = erasing.carry_out(request.auth, actor_of(request))
        return {name: getattr(done, name) for name in ErasureAnswer.model_fields}

    told = named(ledger, "close", "登记答复")

    @router.post("/{uuid:pk}/close/", response=row, auth=on_row(ledger, Verb.EDIT), **told)
    def close_request(request: Found, pk: UUID, body: AnswerBody) -> dict[str, Any]:
        actor = actor_of(request)
        request_acts.close(pk, actor=actor, **body.model_dump())
        return read_row(ledger, pk, actor)
