"""What policy documents contribute: their page of checks, and what stands beside documents and clauses."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of

from . import policy_operations  # noqa: F401  (importing registers)
from . import policy_rules as rules
from .access import visible_schemes
from .models import PolicyClause, PolicyDocument
from .policy_reports import STANDINGS, rules_citing, shelf

#: Rules named beside a document; the checks name all that must be renewed.
SHOWN = 12


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, PolicyDocument.ledger_key())


register_page(MenuPage("scheme", gettext_lazy("文件依据核查"), "scheme:checks", order=45, is_allowed=_reads))


@register_panel("scheme.standing", order=6)
def standing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a document or clause: whether it is in force today, and why not; the way to its chain."""
    if not isinstance(row, PolicyDocument | PolicyClause):
        return None
    held, today = shelf(), clock.today()
    key = row.key if isinstance(row, PolicyClause) else (row.number, "")
    document = row.document if isinstance(row, PolicyClause) else row
    held.documents.setdefault(document.number, document)
    stands = held.standing(key, today)
    facts: list[dict[str, Any]] = [{"label": _("效力"), "text": str(STANDINGS[stands])}]
    if isinstance(row, PolicyDocument):
        facts += _beside(held, row, actor_of(request))
    note = held.why(key, today) if stands in rules.GONE else ""
    ways = []
    if isinstance(row, PolicyClause):
        ways = [{"label": _("条款依据链"), "url": link_to("scheme:chain", pk=row.pk)}]
    shown = {"title": _("今天的效力"), "facts": facts, "ways": ways, "note": note}
    return RailPanel("kernel/facts.html", shown, is_first=True)


def _beside(held: Any, row: PolicyDocument, actor: Actor) -> list[dict[str, Any]]:
    """The scheme of the same number, and the dated rules that name the document."""
    found = [
        {"label": _("方案"), "text": scheme.title, "url": link_to("scheme:scheme", pk=scheme.pk)}
        for scheme in visible_schemes(actor).filter(number=row.number)[:1]
    ]
    citing = [one for one in rules_citing(held, clock.today()) if one[2][0] == row.number]
    for kind, rule, key in citing[:SHOWN]:
        url = link_to("rulebook:rule", label=kind.label, pk=rule.pk)
        found.append({"label": kind.title, "text": key[1] or _("见规则汇编"), "url": url})
    return found
