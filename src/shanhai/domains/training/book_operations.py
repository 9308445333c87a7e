"""A report as an answer of the API: what the page shows, and the rows behind one of its numbers."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import text_of

from .book_pages import behind
from .books import Book


class BookColumn(Schema):
    """A column of a report."""

    name: str
    label: str
    unit: str


class BookRow(Schema):
    """A row behind a number."""

    ledger: str
    id: str
    name: str
    said: str
    counts: str = Field(description="计入多少；比率为其平均")


class BookAnswer(Schema):
    """A report of a period: columns, and lines whose values are texts as the page shows them."""

    note: str
    period: str
    columns: list[BookColumn]
    lines: list[dict[str, str]] = Field(
        description="列名 → 值；id 为所指台账行的编号，可为空；key 用来问某个数后面的行；末行 key 空为合计"
    )
    rows: list[BookRow] = Field(description="所问的数后面的行；没有问为空")


class BookQuery(Schema):
    """Which period and side; which number to open."""

    period: str = Field("", description="报告期；空为上一期")
    side: str = Field("", description="east 或 west；空为本方")
    line: str = Field("", description="打开哪一行的数：该行的 key；空为合计")
    column: str = Field("", description="打开哪一列的数：列名；空为不打开")


def add_operation(router: Router, path: str, book: Book) -> None:
    """`GET <path>` answers what the page of the report shows."""

    def check(request: HttpRequest, actor: Actor) -> Actor:
        book.require(actor)
        return actor

    @router.get(
        path, response=BookAnswer, **called(f"training_{book.code}", str(book.title), auth=Door(check))
    )
    def read_book(request: HttpRequest, asked: Query[BookQuery]) -> dict[str, Any]:
        found = book.asked(actor_of(request), {"period": asked.period, "side": asked.side})
        columns = book.columns()
        rows = behind(book, found, asked.line, asked.column)[0] if asked.column else []
        return {
            "note": book.said(found),
            "period": found.period.code,
            "columns": [
                {"name": one.name, "label": str(one.label), "unit": str(one.unit or "")} for one in columns
            ],
            "lines": [
                {"id": str(line.get("id") or ""), "key": line.get("key", "")}
                | {one.name: text_of(line[one.name]) for one in columns}
                for line in book.all_lines(book.lines(found))
            ],
            "rows": [
                {
                    "ledger": one.ledger,
                    "id": str(one.pk),
                    "name": one.name,
                    "said": one.said,
                    "counts": text_of(one.counts),
                }
                for one in rows
            ],
        }
