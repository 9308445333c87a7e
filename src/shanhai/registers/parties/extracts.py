"""The copy of all that is held on one person, as the law grants it: gathered, and handed over as a file.

What may be gathered is what the reader may see; sensitive values need the right over the whole side, and
each that is opened is recorded. Made by a job, kept sealed, fetched by who asked for it, for a time.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock, context
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.jobs.progress import Progress
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.readings.found import Wanted, drawn, readings, watched_sides
from shanhai.kernel.readings.unmask import read_field
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sealing import Sealed
from shanhai.kernel.subjects import Held, held_on
from shanhai.kernel.surfaces.customs import customs_of_row
from shanhai.kernel.surfaces.display import moment, text_of
from shanhai.kernel.surfaces.fields import COMMON, resolve
from shanhai.kernel.surfaces.history import Narrator, entries_of
from shanhai.kernel.workflow import State

from .extract_sheets import workbook
from .requests import PersonRequest, PersonRequestRule

_SUFFIX = ".zip"
#: For which a copy can be fetched where no rule says so.
_LEAST_HOURS = 24
_NOT_SIDES = frozenset({"side"})


@dataclass(frozen=True)
class Extract:
    """All of it in words. Shape: rows of a table are lists of texts below its heads."""

    facts: list[tuple[str, str]]
    #: Ledger → label of a field → text, for each row.
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    #: Ledger, row, when, who, what, from what to what, why.
    history: list[list[str]] = field(default_factory=list)
    #: Ledger, row, when, who, what, why.
    readings: list[list[str]] = field(default_factory=list)
    #: Ledger, row, name, bytes, hash, since when.
    papers: list[list[str]] = field(default_factory=list)


def request_ledger() -> Ledger[Any]:
    return registry.get(PersonRequest.ledger_key())


def held(found: PersonRequest) -> list[Held]:
    """What the side of the request holds on the person, within the reader's scope; requests as well."""
    return held_on(found.identity_number.blind_index, found.side)


def may_extract(found: PersonRequest, actor: Actor) -> bool:
    """Verified, and the reader may see every sensitive value of the side: a copy has all of them."""
    return found.state == State.VERIFIED and found.side in watched_sides(actor) and _unmasks(actor)


def _unmasks(actor: Actor) -> bool:
    return actor.allows(Verb.UNMASK, PersonRequest.ledger_key())


def start(found: PersonRequest, actor: Actor) -> Job:
    """Errors: NotAllowed; RuleViolated before another person has verified who asks."""
    if found.side not in watched_sides(actor) or not _unmasks(actor):
        raise NotAllowed
    if found.state != State.VERIFIED:
        raise RuleViolated(_("申请经另一人核实以后才能办理。"), code="not_verified")
    return runner.start(EXTRACTING, _("个人信息副本"), {"request": str(found.pk)}, actor=actor)


def _work(job: Job, actor: Actor, progress: Progress) -> dict[str, Any]:
    found = get_row(request_ledger(), job.arguments["request"], actor=actor, verb=Verb.UNMASK)
    if not may_extract(found, actor):
        raise NotAllowed
    progress.say(_("正在汇集"))
    with context.because(_("个人信息申请 %(code)s：提供副本") % {"code": found.pk.hex[-8:].upper()}):
        extract = gather(found, actor)
        job.done = job.total = sum(map(len, extract.rows.values()))
        with files.making(job.pk, _SUFFIX) as out:
            out.write_bytes(packed(extract))
    rule = PersonRequestRule.at(clock.today())
    until = clock.now() + timedelta(hours=rule.copy_hours if rule else _LEAST_HOURS)
    told = {"rows": f"{job.done:,}", "until": moment(until)}
    return {
        "text": _("下载（%(rows)s 行），%(until)s 前有效") % told,
        "path": _SUFFIX,
        "name": _("个人信息副本_%(day)s.zip") % {"day": f"{clock.now():%Y%m%d_%H%M}"},
        "until": until.isoformat(),
    }


EXTRACTING = runner.register_kind(
    runner.JobKind(
        "person_extract",
        gettext_lazy("个人信息副本"),
        _work,
        lambda job: files.remove(files.RESULTS, job.pk),
    )
)


def gather(found: PersonRequest, actor: Actor) -> Extract:
    """Everything, with a record of each sensitive value that is opened for it."""
    extract = Extract(_facts(found, actor))
    for one in held(found):
        extract.rows[one.ledger.label] = [_values(one.ledger, row, actor) for row in one.rows]
        for row in one.rows:
            _add_history(extract, one.ledger, row, actor)
        papers = EvidenceLink.objects.for_rows(one.ledger.key, [row.pk for row in one.rows])
        for paper in papers.select_related("file"):
            head = [one.ledger.label, str(paper.row_id)[-8:], paper.name]
            told = [f"{paper.file.size:,}", paper.file.digest, moment(paper.attached_at)]
            extract.papers.append(head + told)
    return extract


def _facts(found: PersonRequest, actor: Actor) -> list[tuple[str, str]]:
    return [
        (_("本人"), found.name),
        (_("申请事项"), str(PersonRequest.Kind(found.kind).label)),
        (_("收到日期"), found.arrived_on.isoformat()),
        (_("提供方"), str(Side(found.side).label)),
        (_("制作"), f"{actor.name} {moment(clock.now())}"),
        (_("依据"), request_ledger().source),
        (
            _("范围"),
            _("本方台账中与本人有关的全部记录，其修改历史、查阅记录、佐证清单。对方所持的向对方申请。"),
        ),
    ]


def _values(ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> dict[str, str]:
    resolved = resolve(ledger)
    common = [one for one in resolved.columns if one.name in COMMON and one.name not in _NOT_SIDES]
    columns = {one.name: one for one in (*resolved.fields, *resolved.columns, *common)}
    told = {_("记录"): str(row.pk)[-8:]}
    for column in (*columns.values(), *customs_of_row(ledger, row)):
        is_own = column.expression is None or column.custom is not None
        if "__" in column.name or not is_own:
            continue
        value = column.value(row)
        if isinstance(value, Sealed):
            text = read_field(ledger, row, column.name, _reason(), actor=actor, is_for_its_person=True)
        else:
            text = text_of(column, row, actor)
        if text:
            told[column.heading] = text
    return told


def _reason() -> str:
    current = context.current()
    return current.reason if current else ""


def _add_history(extract: Extract, ledger: Ledger[Any], row: LedgerModel, actor: Actor) -> None:
    head = [ledger.label, str(row.pk)[-8:]]
    entries = list(entries_of(row, actor).order_by("id"))
    for entry in Narrator(ledger, entries, is_ours=True).drawn():
        changes = "；".join(map(_change, entry["changes"]))
        told = [entry["at"], f"{entry['who']}（{entry['unit']}）", entry["verb"], changes, entry["reason"]]
        extract.history.append(head + told)
    wanted = Wanted(sides=[Side(row.side)], ledger=ledger.key, row_id=row.pk)
    for entry in drawn(list(readings(wanted)), actor, with_rows=False):
        told = [entry["at"], f"{entry['who']}（{entry['unit']}）", entry["verb"], entry["reason"]]
        extract.readings.append(head + told)


def _change(change: dict[str, Any]) -> str:
    return f"{change['label']}：{change['before'] or '—'} → {change['after'] or '—'}"


def packed(extract: Extract) -> bytes:
    """A zip of a workbook to be read and the same as JSON."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("个人信息副本.xlsx"), workbook(tables(extract)))
        archive.writestr(_("个人信息副本.json"), json.dumps(asdict(extract), ensure_ascii=False, indent=1))
    return out.getvalue()


def tables(extract: Extract) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """Sheets: title, heads, rows. The first explains the others."""
    counted = [[label, str(len(rows))] for label, rows in extract.rows.items()]
    yield _("说明"), [_("项目"), _("内容")], [*map(list, extract.facts), *counted]
    for label, rows in extract.rows.items():
        heads = list(dict.fromkeys(name for row in rows for name in row))
        yield label, heads, [[row.get(name, "") for name in heads] for row in rows]
    at = [_("台账"), _("记录"), _("时间"), _("何人")]
    yield _("修改历史"), [*at, _("做了什么"), _("改动"), _("理由")], extract.history
    yield _("查阅记录"), [*at, _("看了什么"), _("理由")], extract.readings
    papers = [_("台账"), _("记录"), _("文件名"), _("字节"), "SHA-256", _("上传时间")]
    yield _("佐证清单"), papers, extract.papers
