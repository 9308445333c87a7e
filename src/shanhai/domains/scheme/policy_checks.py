"""文件依据核查: clauses, tasks and dated rules that rest on what no longer stands."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Unit
from shanhai.web.checks import Checks, Found, Named, render_checks

from . import policy_rules as rules
from .models import ClauseBasis, PolicyDocument, TaskBasis
from .policy_reports import Shelf, rules_citing, shelf

LABELS = {
    rules.CLAUSE_GONE: gettext_lazy("条款的依据已失效"),
    rules.TASK_GONE: gettext_lazy("任务的依据已失效"),
    rules.RULE_GONE: gettext_lazy("规定所依据的文件已失效"),
}


def _find(actor: Actor) -> list[Found]:
    held, day = shelf(), clock.today()
    units = {unit.pk: str(unit) for unit in Unit.objects.filter(side__in=actor.sides)}
    found = []
    for code, rows in ((rules.CLAUSE_GONE, held.bases), (rules.TASK_GONE, held.tasks)):
        for row in rows:
            if row.side in actor.sides and _is_stale(held, row, day):
                unit = row.owner_unit_id
                named = Named(row.ledger_key(), row.pk, str(row))
                told = held.why(row.basis.key, day) + "。"
                others = _others(held, row, day)
                found.append(Found(code, told, named, str(unit), units.get(unit, ""), others))
    return [*found, *_of_rules(held, day, actor)]


def _is_stale(held: Shelf, row: ClauseBasis | TaskBasis, day: date) -> bool:
    """What rests is in force still, what it rests on is gone."""
    if isinstance(row, ClauseBasis) and held.standing(row.lower_clause.key, day) in rules.GONE:
        return False
    return held.standing(row.basis.key, day) in rules.GONE


def _others(held: Shelf, row: ClauseBasis | TaskBasis, day: date) -> tuple[Named, ...]:
    """What took the place of the basis, else the basis itself."""
    ending = rules.ending_of(row.basis.key, held.endings, day)
    after = held.documents.get(ending.by) if ending is not None else None
    if after is not None:
        return (Named(PolicyDocument.ledger_key(), after.pk, str(after)),)
    return (Named(row.basis.ledger_key(), row.basis.pk, str(row.basis)),)


def _of_rules(held: Shelf, day: date, actor: Actor) -> Iterator[Found]:
    """Rules belong to both sides: told to the coordinating unit of each reader's side."""
    stale = [one for one in rules_citing(held, day) if held.standing(one[2], day) in rules.GONE]
    if not stale:
        return
    for side in sorted(actor.sides):
        office = Unit.objects.filter(side=side, kind=Unit.Kind.COORDINATOR).order_by("path").first()
        unit_id, unit = (str(office.pk), str(office)) if office else ("", str(side.label))
        for kind, row, key in stale:
            told = _("规则汇编中“%(rule)s”写的依据是 %(source)s；%(why)s。")
            name = "·".join(filter(None, (kind.title, kind.name_of(row))))
            sentence = told % {"rule": name, "source": row.source, "why": held.why(key, day)}
            document = held.documents[key[0]]
            named = Named(PolicyDocument.ledger_key(), document.pk, str(document))
            yield Found(rules.RULE_GONE, sentence, named, unit_id, unit)


CHECKS = Checks(
    title=gettext_lazy("文件依据核查"),
    note=gettext_lazy(
        "按今天的效力实时核查：依据的文件或条款已废止、被替代、有效期已过的，逐条列出；换成新的依据后即消除。"
    ),
    labels=LABELS,
    ledger=PolicyDocument.ledger_key(),
    find=_find,
)


@require_GET
def checks(request: HttpRequest) -> HttpResponseBase:
    """What rests on what no longer stands, of the reader's own side."""
    return render_checks(request, CHECKS)
