"""资金对账 over the API: each transfer of both books, and the sums of every link."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.web.check_operations import register_checks

from .chain_rules import Entry, Fit
from .reconciling import asked_year, books_of, require_reader
from .reconciling_pages import CHECKS
from .reconciling_papers import FITS, said

register_checks("funds", CHECKS, "chain")


class BookEntry(Schema):
    """A row of one of the two books."""

    id: UUID
    voucher_number: str
    amount: Decimal
    day: date
    source_level: str


class BookPair(Schema):
    """What was sent beside what was received."""

    sent: BookEntry | None
    received: BookEntry | None
    difference: Decimal = Field(description="到账减拨出，元")
    fit: str = Field(description="、".join(f"{code.value} {label}" for code, label in FITS.items()))
    age: int | None = Field(description="没有对上的已挂几天")


class BooksAnswer(Schema):
    """The books of a year."""

    period: str
    note: str
    sent: Decimal
    received: Decimal
    pairs: list[BookPair]
    chain: dict[str, Decimal] = Field(description="环节 → 元")
    by_level: dict[str, dict[str, Decimal]] = Field(description="环节 → 资金来源 → 元")
    by_use: dict[str, dict[str, Decimal]] = Field(description="环节 → 资金用途 → 元")


class BooksQuery(Schema):
    """Of which year."""

    period: str = Field("", description="年度，如 2021；空为今年")


def _read(request: HttpRequest, actor: Actor) -> Actor:
    require_reader(actor)
    return actor


def _entry(one: Entry | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "id": one.id,
        "voucher_number": one.voucher,
        "amount": one.amount,
        "day": one.day,
        "source_level": one.level,
    }


@register_routes("/funds/")
def routes() -> Router:
    router = Router(tags=["funds"])

    @router.get(
        "/reconciliation/",
        response=BooksAnswer,
        **called("funds_reconciliation", "资金对账", auth=Door(_read)),
    )
    def read_reconciliation(request: HttpRequest, asked: Query[BooksQuery]) -> dict[str, Any]:
        books = books_of(asked_year(asked.period))
        return {
            "period": str(books.year),
            "note": said(books),
            "sent": books.sent,
            "received": books.received,
            "pairs": [
                {
                    "sent": _entry(one.sent),
                    "received": _entry(one.received),
                    "difference": one.difference,
                    "fit": Fit(one.fit).value,
                    "age": one.age(books.today),
                }
                for one in books.pairs
            ],
            "chain": dict(books.chain),
            "by_level": books.by_level,
            "by_use": books.by_use,
        }

    return router
