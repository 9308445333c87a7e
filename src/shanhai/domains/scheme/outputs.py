"""The tasks of a version as a table to hand out: Excel and Word."""

import io
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.inline import line, recognise, row
from shanhai.kernel.documents.model import Align, Column, Document, Kind, Ordinal, Paragraph, Table
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.sheets.columns import Kind as CellKind
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.lots import ValueRow
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.respond import file_answer

from .access import get_version
from .asking import actor_of
from .models import Duty, SchemeVersion, Task
from .reports import tasks_of

LONGEST_TITLE = 100


@require_GET
def tasks_xlsx(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = get_version(actor_of(request), pk)
    return file_answer(workbook(version), f"{_name(version)}.xlsx")


@require_GET
def tasks_docx(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = get_version(actor_of(request), pk)
    return file_answer(write_docx(document(version)), f"{_name(version)}.docx")


def workbook(version: SchemeVersion) -> bytes:
    """One line per task."""
    columns = [
        SheetColumn("path", _("条款号"), CellKind.TEXT, width=12),
        SheetColumn("title", _("任务"), CellKind.TEXT, width=24),
        SheetColumn("lead", _("牵头单位"), CellKind.TEXT, width=30),
        SheetColumn("support", _("配合单位"), CellKind.TEXT, width=50),
        SheetColumn("due_on", _("完成期限"), CellKind.DATE, width=12),
        SheetColumn("frequency", _("进展频次"), CellKind.TEXT, width=10),
        SheetColumn("ledgers", _("关联台账"), CellKind.TEXT, width=24),
        SheetColumn("indicators", _("关联指标"), CellKind.TEXT, width=24),
        SheetColumn("text", _("条文"), CellKind.LONG_TEXT, width=80),
    ]
    rows: list[ValueRow] = [
        {
            "path": task.path,
            "title": task.title,
            "lead": units_of(task, Duty.Role.LEAD),
            "support": units_of(task, Duty.Role.SUPPORT),
            "due_on": task.due_on,
            "frequency": str(task.get_frequency_display()),
            "ledgers": "、".join(ledgers.get(key).label for key in task.ledgers if key in ledgers),
            "indicators": "、".join(str(indicators.get(c).name) for c in task.indicators if c in indicators),
            "text": task.section.text,
        }
        for task in tasks_of(version)
    ]
    out = io.BytesIO()
    write_xlsx(columns, rows, _note(version), out, title=str(_("任务表")))
    return out.getvalue()


def document(version: SchemeVersion) -> Document:
    """The same as a table on landscape paper, without the words of the clauses."""
    scheme = version.scheme
    heads = (_("序号"), _("条款"), _("任务"), _("牵头单位"), _("配合单位"), _("期限与频次"))
    columns = tuple(Column(line(head), Align.CENTER if head == heads[0] else Align.LEFT) for head in heads)
    rows = tuple(
        row(
            Ordinal(str(number)),
            recognise(task.path),
            recognise(task.title),
            recognise(units_of(task, Duty.Role.LEAD)),
            recognise(units_of(task, Duty.Role.SUPPORT)),
            recognise(_when(task)),
        )
        for number, task in enumerate(tasks_of(version), start=1)
    )
    blocks = (Paragraph(recognise(_note(version)), is_flush=True), Table(columns, rows))
    return Document(
        kind=Kind.TABLE,
        issuer=scheme.issuer or str(scheme.get_side_display()),
        title=_("%(title)s任务分解表") % {"title": scheme.title[:LONGEST_TITLE]},
        date=clock.today(),
        blocks=blocks,
        labels=(_("演示数据"),) if settings.SHANHAI_DEMONSTRATION_TODAY else (),
        is_landscape=True,
    )


def units_of(task: Task, role: str) -> str:
    """Units of a role, as written, with what they stand for where that is another name."""
    found = []
    for duty in task.duties.all():
        if duty.role == role:
            known = duty.unit.name if duty.unit else ""
            found.append(f"{duty.name}（{known}）" if known and known != duty.name else duty.name)
    return "、".join(found)


def _when(task: Task) -> str:
    due = f"{task.due_on.isoformat()}，" if task.due_on else ""
    return f"{due}{task.get_frequency_display()}"


def _note(version: SchemeVersion) -> str:
    return _("%(source)s %(version)s（%(state)s）") % {
        "source": version.scheme.source,
        "version": version,
        "state": version.get_state_display(),
    }


def _name(version: SchemeVersion) -> str:
    return f"任务表-{version.scheme.source[:40]}-v{version.ordinal}"
