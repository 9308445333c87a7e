"""The chain of a clause over the API, and what the chapter's checks found."""

import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.check_operations import register_checks

from .models import PolicyClause
from .policy_checks import CHECKS
from .policy_pages import asked
from .policy_reports import chain

register_checks("scheme", CHECKS)


class ChainQuery(Schema):
    """On which day."""

    day: str = Field("", description="看哪一天，YYYY-MM-DD；不写为今天")


class ChainLink(Schema):
    """A clause or task in a chain."""

    steps: int = Field(description="相隔几级：向上为正，向下为负")
    number: str = Field(description="文号")
    clause: str = Field(description="条款序号")
    clause_id: UUID
    wording: str
    stands: str = Field(description="in_force、not_yet、expired、ended")
    task: str = Field(description="依据这个条款的任务；不是任务为空")
    task_id: UUID | None = None


class ChainAnswer(Schema):
    """What a clause rests on and what rests on it, as it was on a day."""

    day: datetime.date
    stands: str = Field(description="in_force、not_yet、expired、ended")
    links: list[ChainLink]


@register_operations(PolicyClause.ledger_key())
def chains(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VIEW)

    @router.get("/{uuid:pk}/chain/", response=ChainAnswer, auth=may, **named(ledger, "chain", "条款依据链"))
    def read_chain(request: Found, pk: UUID, query: Query[ChainQuery]) -> dict[str, Any]:
        clause, day = asked(actor_of(request), pk, query.dict())
        stands, found = chain(clause, day)
        links = [
            {
                "steps": one.steps,
                "number": one.key[0],
                "clause": one.key[1],
                "clause_id": one.clause.pk,
                "wording": one.clause.wording,
                "stands": one.standing,
                "task": str(one.task.task) if one.task else "",
                "task_id": one.task.task_id if one.task else None,
            }
            for one in found
        ]
        return {"day": day, "stands": stands, "links": links}
