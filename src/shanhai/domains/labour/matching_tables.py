"""The parts of a run as tables and workbooks: pairs, workers without an order, empty seats, fairness."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.surfaces.links import link
from shanhai.registers.parties.models import Person
from shanhai.registers.tables import table_of

from . import matching_acts as acts
from . import matching_rules as rules
from . import matching_wording as wording
from .matching_reports import Told, placement_points
from .models import JobOrder, MatchRun, Placement

Drawn = dict[str, Any]
_BADGES = {
    Placement.Standing.PROPOSED: "wait",
    Placement.Standing.ACCEPTED: "ok",
    Placement.Standing.HIRED: "ok",
    Placement.Standing.REFUSED: "late",
    Placement.Standing.LEFT: "void",
    Placement.Standing.LAPSED: "void",
}


@dataclass(frozen=True)
class Part:
    """One view of a run. `columns`: header and kind in the file; `values`: a row's cells; `url`: its page."""

    code: str
    label: Any
    count: Callable[[MatchRun], int]
    rows: Callable[[Told], Sequence[Any]]
    columns: Callable[[], Sequence[tuple[str, Kind]]]
    values: Callable[[Any], Sequence[Any]]
    url: Callable[[Any], str]

    def table(self, rows: Sequence[Any]) -> Drawn:
        """As components/table.html draws it."""
        columns = self.columns()
        kinds = [kind for _label, kind in columns]
        shown = [
            (self.url(row), [_cell(*cell) for cell in zip(self.values(row), kinds, strict=True)])
            for row in rows
        ]
        return table_of([label for label, _kind in columns], shown)


def _cell(value: Any, kind: Kind) -> Any:
    if kind in {Kind.INTEGER, Kind.DECIMAL}:
        return {"text": "–" if value is None else wording.number(value), "kind": "number"}
    text = str(value or "")
    return {"text": text, "kind": "long"} if len(text) > 24 else text  # noqa: PLR2004 -- wraps


def _person_url(person: Person) -> str:
    return link(registry.get(Person.ledger_key()), "detail", pk=person.pk)


def _order_url(order: JobOrder) -> str:
    return link(registry.get(JobOrder.ledger_key()), "detail", pk=order.pk)


def _order_name(order: JobOrder) -> str:
    return f"{order.code} {order.post}"


def _placement_url(row: Any) -> str:
    person, _order, placement, _terms = row
    ledger = registry.get(Placement.ledger_key())
    return link(ledger, "detail", pk=placement.pk) if placement else _person_url(person)


def _pair_columns() -> Sequence[tuple[str, Kind]]:
    return (
        (_("人员"), Kind.TEXT),
        (_("岗位需求"), Kind.TEXT),
        (_("用工单位"), Kind.TEXT),
        (_("月工资"), Kind.DECIMAL),
        (_("得分"), Kind.DECIMAL),
        (_("为什么"), Kind.TEXT),
        (_("拟配状态"), Kind.TEXT),
    )


def _pair_values(row: Any) -> Sequence[Any]:
    person, order, placement, terms = row
    return (
        person.name,
        _order_name(order),
        order.employer.name,
        order.wage,
        placement_points(terms),
        "，".join(f"{label} {value}" for label, value in wording.term_lines(terms) if value != "0"),
        placement.get_match_state_display() if placement else "",
    )


def pairs_table(rows: Sequence[Any], actor: Actor, *, may_pick: bool) -> Drawn:
    """The pairs with a badge for what became of them, and a box before those still to be decided."""
    table = PARTS["pairs"].table(rows)
    table["pick"] = may_pick
    for drawn, (_person, _order, placement, _terms) in zip(table["rows"], rows, strict=True):
        if placement is None:
            continue
        badge = {"label": placement.get_match_state_display(), "kind": _BADGES[placement.match_state]}
        drawn["cells"][-1] |= {"kind": "state", "state": badge}
        if may_pick:
            is_open = placement.match_state == Placement.Standing.PROPOSED
            drawn |= {"id": str(placement.pk), "selectable": is_open and acts.may_advance(placement, actor)}
    table["columns"][-1]["kind"] = "state"
    return table


def _fair_rows(told: Told) -> Sequence[Any]:
    return list(told.run.fairness)


def _fair_values(row: Any) -> Sequence[Any]:
    split, code, workers, matched, points = row
    return (
        str(wording.SPLITS[split]),
        wording.member(split, code),
        workers,
        matched,
        rules.share(matched, workers),
        Decimal(points),
    )


_PAIRS = Part(
    "pairs",
    gettext_lazy("拟配与已定"),
    lambda run: len(run.pairs),
    lambda told: told.pairs(),
    _pair_columns,
    _pair_values,
    _placement_url,
)
_UNMATCHED = Part(
    "unmatched",
    gettext_lazy("没配上的人"),
    lambda run: len(run.unmatched),
    lambda told: told.unmatched(),
    lambda: ((_("人员"), Kind.TEXT), (_("户籍"), Kind.TEXT), (_("怎样才能配上"), Kind.TEXT)),
    lambda row: (row[0].name, str(row[0].place or ""), row[1]),
    lambda row: _person_url(row[0]),
)
_EMPTY = Part(
    "empty",
    gettext_lazy("招不满的岗位"),
    lambda run: len(run.empty),
    lambda told: told.empty(),
    lambda: (
        (_("岗位需求"), Kind.TEXT),
        (_("用工单位"), Kind.TEXT),
        (_("还缺"), Kind.INTEGER),
        (_("怎样才能招到"), Kind.TEXT),
    ),
    lambda row: (
        f"{row[0].code} {row[0].post}",
        row[0].employer.name,
        row[1],
        row[2] or _("单改一项没有人愿意"),
    ),
    lambda row: _order_url(row[0]),
)
_FAIR = Part(
    "fairness",
    gettext_lazy("公平与优先"),
    lambda run: len(run.fairness),
    _fair_rows,
    lambda: (
        (_("分组方式"), Kind.TEXT),
        (_("项"), Kind.TEXT),
        (_("参加人数"), Kind.INTEGER),
        (_("配上人数"), Kind.INTEGER),
        (_("配上比例（%）"), Kind.DECIMAL),
        (_("平均得分"), Kind.DECIMAL),
    ),
    _fair_values,
    lambda row: "",
)
PARTS: dict[str, Part] = {one.code: one for one in (_PAIRS, _UNMATCHED, _EMPTY, _FAIR)}
