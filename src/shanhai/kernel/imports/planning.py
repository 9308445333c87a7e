"""What an upload would do, looked at before anything is written, and kept for its page."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.jobs import files
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.marking import Marked, mark_all

from .batch import Batch
from .columns import read_file
from .drawing import draw_plan
from .mapping import Reading, read_or_ask, written_questions
from .models import Import
from .parts import Tables, linked, permitted
from .plan import FilePlan, plan_file
from .uploads import MARKED, QUESTIONS, Part, kept_file, ledger_of, mappings_of, set_parts
from .values import wrong_cells

#: Told in words what is being done; may raise to stop.
type Tell = Callable[[str], None]


def silent(_what: str) -> None:
    """For work that nobody watches."""


def plan(found: Import, actor: Actor, tell: Tell = silent) -> None:
    """Look what the file would do; keep that for the page, and the workbook of the wrong rows beside it."""
    content = kept_file(found)
    tell(_("正在读取文件"))
    reading = _read(found, content, actor)
    if not reading.tables:
        found.state = Import.State.MAPPING
        set_parts(found, actor, [_part(key, reading) for key in reading.questions])
        found.save(update_fields=["state"])
        return
    tell(_("正在核对 %(rows)s 行") % {"rows": f"{rows_of(reading.tables):,}"})
    planned = plan_file(reading.tables, actor, hears=lambda batch: _tell_cells(batch, tell))
    parts = [_part(part.ledger.key, reading, draw_plan(part)) for part in planned.parts]
    set_parts(found, actor, parts)
    found.plan_digest, found.state = planned.digest, Import.State.PLANNED
    found.save(update_fields=["plan_digest", "state"])
    _mark(found, content, planned, tell)


def _tell_cells(batch: Batch, tell: Tell) -> None:
    """How many lines have cells that are wrong whatever is stored, and the first of them."""
    wrong = wrong_cells(batch)
    if wrong:
        told = {"rows": f"{len(batch):,}", "wrong": f"{len(wrong):,}", "first": wrong[min(wrong)].place}
        tell(_("正在核对 %(rows)s 行；已发现 %(wrong)s 行有错，如%(first)s") % told)


def rows_of(tables: Tables) -> int:
    return sum(map(len, tables.values()))


def _part(key: str, reading: Reading, plan: dict[str, Any] | None = None) -> Part:
    return Part(key, reading.mappings.get(key, {}), key in reading.remembered, plan or {})


def _mark(found: Import, content: bytes, planned: FilePlan, tell: Tell) -> None:
    files.path_of(files.UPLOADS, found.pk, MARKED).unlink(missing_ok=True)
    wrong = [part for part in planned.parts if part.wrong]
    if wrong:
        tell(_("正在标出有错的单元格"))
        is_one = len(planned.parts) == 1
        marked = [Marked(one.columns, one.problems, "" if is_one else one.ledger.label) for one in wrong]
        files.keep(files.UPLOADS, found.pk, mark_all(content, marked), MARKED)


def _read(found: Import, content: bytes, actor: Actor) -> Reading:
    """The tables of an upload; none when its headings must be asked about."""
    ledgers = linked(ledger_of(found))
    if any(part.mapping and not part.is_mapping_remembered for part in found.parts.all()):
        mappings = mappings_of(found)
        return Reading(permitted(read_file(ledgers, content, mappings), actor), mappings)
    reading = read_or_ask(ledgers, content, actor)
    if reading.questions:
        files.keep(files.UPLOADS, found.pk, written_questions(reading.questions), QUESTIONS)
    return reading
