"""One difference with what each side says of it, and all of them as Excel."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.indicators.reconcile import Match, Pair, pairs
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link, link_to, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import respond, see_other
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from ..asking import Asking
from ..compared import Compared
from ..indicator_exports import workbook_response
from ..models import SideOpinion
from ..reports import signed
from .actions import difference, may_opine, opine
from .standing import Opinions, opinions_of

Drawn = dict[str, Any]
_LOT = 1000
SIDES = (Side.WEST, Side.EAST)


@require_http_methods(["GET", "POST"])
def side_difference(request: HttpRequest, code: str, mark: str) -> HttpResponse:
    """Both rows field by field, what each side said, and the form of one's own side."""
    actor, asking = actor_of(request), Asking.by(request, code)
    found = Compared(asking, is_whole=request.GET.get("part") == "all")
    if request.method == "POST":
        try:
            opine(found, mark, request.POST.get("choice", ""), request.POST.get("reason", ""), actor=actor)
        except RuleViolated as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已记下本方的核对意见。"))
        return see_other(request.get_full_path())
    if not found.is_matched:
        raise NotVisible
    pair = difference(found, mark)
    found.look_at([pair])
    said = opinions_of(found.version.source, [mark]).get(mark, {})
    shown = {
        "title": _("两地差异"),
        "sub": f"{asking.indicator} · {period_label(asking.period)}",
        "crumbs": [{"label": _("两地对账"), "url": asking.url("indicator_sides", match=pair.match.value)}],
        "actions": _row_links(found, pair, actor),
        "table": _fields(found, pair),
        "effect": signed(asking.indicator, pair.effect) + str(asking.indicator.unit),
        "untold": not pair.is_told,
        "said": _said(said),
        "form": _form(said, actor) if may_opine(actor) and _is_open(pair) else [],
        "url": request.get_full_path(),
    }
    return respond(request, "appraisal/side_difference.html", "", shown)


def _is_open(pair: Pair) -> bool:
    return pair.is_told and pair.match is not Match.SAME


def _fields(found: Compared, pair: Pair) -> Drawn:
    west, east = found.rows.get(pair.west_id), found.rows.get(pair.east_id)
    rows: list[Any] = []
    for key in found.keys:
        rows.append(("", (str(key.label), *(found.text(key, one) for one in (west, east)), "")))
    for position, one in enumerate(found.fields):
        differs = pair.match is Match.DIFFERENT and position in pair.differing
        texts = [found.text(one, row) for row in (west, east)]
        rows.append(("", (str(one.label), *texts, "≠" if differs else "")))
    return table_of((_("字段"), *(side.label for side in SIDES), _("相差")), rows)


def _row_links(found: Compared, pair: Pair, actor: Actor) -> list[Drawn]:
    """To the rows; the own one is corrected there, by whoever keeps it."""
    ledger = ledgers.get(found.version.source)
    drawn = []
    for side, pk in zip(SIDES, (pair.west_id, pair.east_id), strict=True):
        row = found.rows.get(pk)
        if row is not None:
            label = _("打开本方记录") if side in actor.sides else _("打开对方记录")
            drawn.append({"label": label, "url": link(ledger, "detail", pk=row.pk), "kind": ""})
    return drawn


def _said(said: Opinions) -> Drawn:
    who = people(one.opined_by for one in said.values())
    rows: list[Any] = []
    for side in SIDES:
        one = said.get(side)
        if one is None:
            rows.append(("", (side.label, _("还没有意见"), "", "", "")))
            continue
        told = (one.get_choice_display(), {"text": one.reason, "kind": "long"}, who[one.opined_by].name)
        rows.append(("", (side.label, *told, moment(one.opined_at))))
    return table_of((_("所属方"), _("核对意见"), _("理由"), _("提出意见的人"), _("提出意见时间")), rows)


def _form(said: Opinions, actor: Actor) -> list[Drawn]:
    own = next((said[side] for side in actor.sides if side in said), None)
    chosen = own.choice if own else ""
    options = [
        {"value": value, "label": str(label), "selected": value == chosen}
        for value, label in SideOpinion.Choice.choices
    ]
    field = {"errors": [], "value": chosen, "long": True}
    return [
        {**field, "name": "choice", "id": "choice", "kind": "radio", "label": _("本方意见"), "required": True,
         "options": options},
        {**field, "name": "reason", "id": "reason", "kind": "text", "label": _("理由"), "maxlength": 200,
         "value": own.reason if own else "", "help": _("分别保留必须写明；对方会看到。")},
    ]  # fmt: skip


@require_GET
def side_differences(request: HttpRequest, code: str) -> HttpResponse:
    """Every difference the reader may open, as Excel: fields of both, what it adds, what each side says."""
    found = Compared(Asking.by(request, code), is_whole=request.GET.get("part") == "all")
    if not found.is_matched:
        raise NotVisible
    return workbook_response(*differences_book(found))


def differences_book(found: Compared) -> tuple[str, list[SheetColumn], list[Any], str]:
    """Name, columns, rows and note of the workbook."""
    asking = found.asking
    unit = str(asking.indicator.unit)
    columns = [
        SheetColumn("match", _("情况"), Kind.TEXT, width=20),
        *(SheetColumn(f"k{n}", str(one.label), Kind.TEXT, width=20) for n, one in enumerate(found.keys)),
        *(
            SheetColumn(f"{side.value}{n}", f"{side.label}·{one.label}", Kind.TEXT, width=18)
            for side in SIDES
            for n, one in enumerate(found.fields)
        ),
        SheetColumn("effect", _("受援方减帮扶方"), Kind.DECIMAL, unit=unit, decimals=4),
        *(
            SheetColumn(f"said_{side.value}", _("%(side)s意见") % {"side": side.label}, Kind.TEXT)
            for side in SIDES
        ),
    ]
    note = _("%(indicator)s，%(period)s：%(state)s只列您能打开的记录。") % {
        "indicator": asking.indicator,
        "period": asking.period.label,
        "state": found.standing.sentence,
    }
    return f"两地差异-{asking.indicator.code}-{asking.period.code}", columns, list(_lines(found)), note


def _lines(found: Compared) -> Any:
    for match in (one for one in Match if one is not Match.SAME):
        after = ""
        while True:
            lot = pairs(found.version, found.asking.period, match, only=found.only, after=after, size=_LOT)
            found.look_at(lot)
            for pair in lot:
                yield _line(found, pair)
            if len(lot) < _LOT:
                break
            after = found.place_after(lot[-1])


def _line(found: Compared, pair: Pair) -> Drawn:
    shown, said = found.shown(pair), found.standing.opinions.get(pair.mark, {})
    told: Drawn = {"match": pair.match.label, "effect": pair.effect}
    told |= {f"k{n}": found.text(one, shown) for n, one in enumerate(found.keys)}
    for side, pk in zip(SIDES, (pair.west_id, pair.east_id), strict=True):
        row = found.rows.get(pk)
        told |= {f"{side.value}{n}": found.text(one, row) for n, one in enumerate(found.fields)}
        told[f"said_{side.value}"] = opinion_text(said, side) if pair.is_told else _("本方未共享")
    return told


def opinion_text(said: Opinions, side: Side) -> str:
    """What a side says of a pair, in one cell."""
    one = said.get(side)
    if one is None:
        return ""
    return f"{one.get_choice_display()}：{one.reason}" if one.reason else str(one.get_choice_display())


def difference_url(asking: Asking, pair: Pair, **more: str) -> str:
    """Address of one difference."""
    url = link_to("appraisal:side_difference", code=asking.indicator.code, mark=pair.mark)
    return with_query(url, {**asking.query(), **more})
