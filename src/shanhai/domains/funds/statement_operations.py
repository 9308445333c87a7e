"""流水核对 over the API: a file of a bank or treasury held against the books; nothing is written."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import FORM, Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .chain_rules import Fit, Pair
from .reconciling import require_reader
from .statement_books import check_statement
from .statement_pages import fit_label


class StatementEntry(Schema):
    """An entry of the file."""

    row: int = Field(description="文件行")
    day: date
    amount: Decimal = Field(description="元，收入为正、支出为负")
    reference: str
    text: str


class StatementMatch(Schema):
    """An entry of the file beside a row of the books."""

    line: StatementEntry | None
    ledger: str
    id: UUID | None = Field(description="台账行的编号；空为台账没有")
    voucher_number: str
    difference: Decimal
    fit: str = Field(description="、".join(code.value for code in Fit))
    label: str


class StatementAnswer(Schema):
    """A file held against the books."""

    opening: Decimal | None
    closing: Decimal | None
    total: Decimal
    problems: list[str] = Field(description="读不懂的行、对不上的余额，逐条")
    matches: list[StatementMatch]


def _read(request: HttpRequest, actor: Actor) -> Actor:
    require_reader(actor)
    return actor


def _told(pair: Pair) -> dict[str, Any]:
    line: Any = pair.received.id if pair.received else None
    names = ("row", "day", "amount", "reference", "text")
    return {
        "line": {name: getattr(line, name) for name in names} if line else None,
        "ledger": pair.sent.level if pair.sent else "",
        "id": pair.sent.id if pair.sent else None,
        "voucher_number": pair.sent.voucher if pair.sent else "",
        "difference": pair.difference,
        "fit": pair.fit.value,
        "label": fit_label(pair.fit),
    }


@register_routes("/funds/")
def routes() -> Router:
    router = Router(tags=["funds"])

    told = called("funds_statement", "流水核对", auth=Door(_read, takes=FORM))

    @router.post("/statement/", response=StatementAnswer, **told)
    def check_bank_statement(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
        found = check_statement(file.read(), actor_of(request))
        return {
            "opening": found.statement.opening,
            "closing": found.statement.closing,
            "total": found.statement.total,
            "problems": list(found.statement.problems),
            "matches": [_told(one) for one in found.pairs],
        }

    return router
