"""Tables of a run: what units lack, totals, the lines of one unit, moves, scorings, differences."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.engines.scoring import Line
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import row_link
from shanhai.kernel.surfaces.people import people
from shanhai.registers.parties.models import Unit
from shanhai.registers.tables import table_of

from ..models import AppraisalEntry, AppraisalRun, AppraisalScoring, AppraisalUnitScore, RunStage
from ..schemes import wording
from ..schemes.drawing import number
from ..schemes.readings import Figures
from ..schemes.reports import blocks_of, rows_url
from .computing import Difference, line_of, reading_of, result_of
from .entered import Asked, Checked
from .rules import Entered
from .telling import difference_label, entered_badge, move_label

Drawn = dict[str, Any]
type Text = Mapping[str, Any]


def unit_url(run: AppraisalRun, unit: Any) -> str:
    return reverse("appraisal:run_unit", args=[run.pk, unit])


def checks_table(run: AppraisalRun, found: Sequence[Checked]) -> Drawn:
    """Unit by unit, how many items stand how; what is not counted, by name."""
    labels = (_("考核单位"), _("齐全"), _("待核实"), _("不计分"), _("还缺什么"))
    rows = []
    for one in found:
        lacks = "；".join(
            f"{asked.item['number']} {asked.item['name']}（{entered_badge(asked.stands)['label']}）"
            for asked in one.uncounted
        )
        cells = (
            one.unit.name,
            number(str(len(one.having(Entered.DONE, Entered.BY_LEDGER)))),
            number(str(len(one.having(Entered.WAITING)))),
            number(str(len(one.uncounted))),
            {"text": lacks, "kind": "long"},
        )
        rows.append((unit_url(run, one.unit.pk), cells))
    return table_of(labels, rows)


def asked_table(found: Sequence[Asked]) -> Drawn:
    """Item by item of one unit, before it is scored; opens to the self-report."""
    labels = (_("考核项"), _("计分办法"), _("须附佐证"), _("状态"))
    rows = [
        (
            row_link(one.entry) if one.entry else "",
            (
                f"{one.item['number']} {one.item['name']}",
                wording.kind_label(one.item),
                _("是") if one.item["evidence"] else "",
                {"kind": "state", "state": entered_badge(one.stands)},
            ),
        )
        for one in found
    ]
    return table_of(labels, rows)


def scores_table(
    run: AppraisalRun, scores: Sequence[AppraisalUnitScore], before: Mapping[UUID, AppraisalUnitScore]
) -> Drawn:
    """Totals, the best first; with what the last scoring changed, where there was one before."""
    text = run.release.text
    blocks = list(dict.fromkeys(one["block"] for one in text["items"]))
    changed = [_("上次总分"), _("变化"), _("上次名次")] if before else []
    labels = [_("考核单位"), _("名次"), _("总分"), _("等次"), *blocks, _("否决与保底"), *changed]
    rows = []
    for one in scores:
        sums = blocks_of(text, result_of(one.told))
        cells: list[Any] = [one.unit.name, number(str(one.place_number)), number(wording.points(one.total))]
        cells.append(shown_grade(run, one.grade))
        cells += [number(wording.points(sums[block])) for block in blocks]
        cells.append(number(wording.points(sums[""]) if "" in sums else ""))
        if before:
            cells += _changed(one, before.get(one.unit_id))
        rows.append((unit_url(run, one.unit_id), cells))
    return table_of(labels, rows)


def _changed(one: AppraisalUnitScore, before: AppraisalUnitScore | None) -> list[Any]:
    if before is None:
        return [number(""), number(""), number("")]
    delta = one.total - before.total
    said = f"{delta:+,.2f}" if delta else "—"
    return [number(wording.points(before.total)), number(said), number(str(before.place_number))]


def shown_grade(run: AppraisalRun, grade: str) -> str:
    """A grade holds when the run is final."""
    return grade if run.stage == RunStage.FINAL else _("待定案")


def unit_table(
    run: AppraisalRun, unit: Unit, told: Mapping[str, Any], before: Mapping[str, Any] | None, *, is_ours: bool
) -> Drawn:
    """Item by item: the figure opens to its rows, the indicator to its definition, evidence to the entry."""
    text, figures = run.release.text, Figures(run.side, run.year)
    items = {one["number"]: one for one in text["items"]}
    earlier = {one["number"]: Decimal(one["points"]) for one in before["lines"]} if before else {}
    labels = [_("考核项"), _("指标"), _("数据"), _("佐证"), _("得分"), _("最高分")]
    labels += [_("变化")] if before else []
    labels += [_("状态"), _("计分过程")]
    rows = []
    for kept in told["lines"]:
        line, item = line_of(kept), items.get(kept["number"])
        reading = told["readings"].get(str(line.number), {})
        cells: list[Any] = [
            f"{item['number']} {item['name']}" if item else _("总分调整"),
            _indicator_cell(run, item),
            _figure_cell(item, reading, rows_url(figures, text, item, unit) if item else ""),
            _evidence_cell(reading, is_ours=is_ours),
            number(wording.points(line.points)),
            number(wording.points(line.best) if line.best else ""),
        ]
        cells += [number(_delta(line, earlier))] if before else []
        cells += [
            {"kind": "state", "state": wording.standing_badge(line.standing)},
            {"text": wording.explained(line, item), "kind": "long"},
        ]
        rows.append(("", cells))
    return table_of(labels, rows)


def _delta(line: Line, earlier: Mapping[int, Decimal]) -> str:
    delta = line.points - earlier.get(line.number, Decimal(0))
    return f"{delta:+,.2f}" if delta else ""


def _indicator_cell(run: AppraisalRun, item: Text | None) -> Drawn:
    if item is None or not item["indicator"]:
        return {"text": ""}
    url = reverse("appraisal:indicator_definition", args=[item["indicator"]])
    return {"text": item["indicator"], "kind": "code", "url": f"{url}?period={run.year}&side={run.side}"}


def _figure_cell(item: Text | None, told: Drawn, url: str) -> Drawn:
    figure = reading_of(told).figure if told else None
    if item is None or figure is None:
        return number("")
    said = f"{wording.number(figure)} {wording.unit_of(item)}".rstrip()
    return number(said) | ({"url": url} if url else {})


def _evidence_cell(told: Mapping[str, Any], *, is_ours: bool) -> Drawn:
    """Names of the papers, opening to the self-report that carries them; to others only how many."""
    if not told or not told["entry"]:
        return {"text": ""}
    names = "、".join(name for name, _digest in told["papers"])
    if not is_ours:
        return {"text": _("%(n)s 份") % {"n": len(told["papers"])} if names else ""}
    url = row_link(AppraisalEntry(pk=UUID(told["entry"])))
    return {"text": names or _("无佐证，见自评"), "url": url, "kind": "long"}


def moves_table(run: AppraisalRun) -> Drawn:
    """Every move, the first first."""
    moves = list(run.moves.order_by("id"))
    who = people([one.moved_by for one in moves])
    labels = (_("办理事项"), _("办理时间"), _("办理人"), _("办理后阶段"), _("说明"))
    rows = [
        (
            "",
            (
                move_label(one.move),
                moment(one.moved_at),
                who[one.moved_by].name,
                str(RunStage(one.to_stage).label),
                {"text": one.note, "kind": "long"},
            ),
        )
        for one in moves
    ]
    return table_of(labels, rows)


def scorings_table(scorings: Sequence[AppraisalScoring]) -> Drawn:
    """Every scoring with its digest."""
    who = people([one.scored_by for one in scorings])
    labels = (_("评分次数"), _("评分时间"), _("评分人"), _("评分说明"), _("文本摘要"))
    rows = [
        (
            "",
            (
                _("第 %(n)s 次") % {"n": one.number},
                moment(one.scored_at),
                who[one.scored_by].name,
                {"text": one.cause, "kind": "long"},
                {"text": one.digest[:16], "kind": "code"},
            ),
        )
        for one in scorings
    ]
    return table_of(labels, rows)


def differences_table(run: AppraisalRun, found: Sequence[Difference], units: Sequence[Unit]) -> Drawn:
    """What is another by now, unit by unit."""
    names = {str(one.pk): one.name for one in units}
    items = {one["number"]: f"{one['number']} {one['name']}" for one in run.release.text["items"]}
    labels = (_("考核单位"), _("考核项"), _("哪一项"), _("评分时"), _("现在"))
    rows = [
        (
            unit_url(run, one.unit) if one.unit else "",
            (
                names.get(one.unit, _("全部单位")),
                items.get(one.number, ""),
                difference_label(one),
                {"text": one.was, "kind": "long"},
                {"text": one.now, "kind": "long"},
            ),
        )
        for one in found
    ]
    return table_of(labels, rows)
