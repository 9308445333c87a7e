"""The reports of insurance over the API: as values, and as the files of the page."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.doors import on_ledger
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of

from .models import MedicalVisit
from .report_files import paper_of
from .report_pages import asked_report


class ReportAsked(Schema):
    """From which day to which; this year until today without."""

    first: str = ""
    last: str = ""
    person: str = Field("", description="只看这个人员的结算（结算明细）")


class ReportFileAsked(ReportAsked):
    """In which form."""

    format: Literal["xlsx", "docx"] = "xlsx"


class ReportAnswer(Schema):
    """A report. Amounts in yuan."""

    title: str
    columns: list[str]
    rows: list[list[Any]]
    note: str


@register_operations(MedicalVisit.ledger_key())
def reporting(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may, may_export = on_ledger(ledger, Verb.VIEW), on_ledger(ledger, Verb.EXPORT)
    told = named(ledger, "report", "医保报表：settlements、filings、clearings、high_self_pay")

    @router.get("/reports/{name}/", response=ReportAnswer, auth=may, **told)
    def read_report(request: HttpRequest, name: str, asked: Query[ReportAsked]) -> dict[str, Any]:
        found = asked_report(actor_of(request), name, asked.first, asked.last, asked.person)
        heads = [f"{one.label}（{one.unit}）" if one.unit else str(one.label) for one in found.columns]
        rows = [list(line.cells) for line in found.lines]
        return {"title": found.title, "columns": heads, "rows": rows, "note": found.note}

    told = named(ledger, "report_file", "医保报表的 Excel、Word")

    @router.get("/reports/{name}/file/", auth=may_export, **told)
    def read_report_file(request: HttpRequest, name: str, asked: Query[ReportFileAsked]) -> HttpResponse:
        actor = actor_of(request)
        found = asked_report(actor, name, asked.first, asked.last, asked.person)
        return file_of(paper_of(found, actor), asked.format)
