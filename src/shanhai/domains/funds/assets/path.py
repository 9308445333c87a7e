"""From money to asset: agreement, project, payments, sources, each opening."""

from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link, row_link, with_query

from ..models import (
    Asset,
    AssetDisposal,
    AssetDistribution,
    AssetIncome,
    AssetSource,
    Payment,
    TransferReceived,
)

Drawn = dict[str, Any]
#: Distributions told beside an asset; the income has the others.
_MOST = 6


def facts_of(asset: Asset, actor: Actor) -> Drawn:
    """The way of the money, as `kernel/facts.html` takes it. What the reader may not read is left out."""
    sources = list(
        AssetSource.objects.live()
        .filter(asset=asset)
        .select_related("project__agreement")
        .order_by("project__code", "source_level")
    )
    facts: list[Drawn] = []
    for agreement in {one.project.agreement: None for one in sources if one.project.agreement}:
        if actor.allows(Verb.VIEW, TransferReceived.ledger_key()):
            came = _sum(TransferReceived.objects.live().filter(agreement=agreement, side=asset.side))
            money = with_query(_list(TransferReceived), {"agreement": agreement.pk, "side": asset.side})
            label = _("到账（%(number)s）") % {"number": agreement.number}
            facts.append({"label": label, "text": _yuan(came), "url": money})
    for project in {one.project: None for one in sources}:
        facts.append({"label": _("协作项目"), "text": project.name, "url": row_link(project)})
        if actor.allows(Verb.VIEW, Payment.ledger_key()):
            paid = _sum(Payment.objects.live().filter(project=project))
            url = with_query(_list(Payment), {"project": project.pk})
            facts.append({"label": _("已拨付"), "text": _yuan(paid), "url": url})
    total = sum((one.amount for one in sources), start=0)
    url = with_query(_list(AssetSource), {"asset": asset.pk})
    facts.append({"label": _("来源合计"), "text": _yuan(total), "url": url if sources else ""})
    facts.append({"label": _("资产原值"), "text": _yuan(asset.original_value)})
    note = "" if total == asset.original_value else _("来源合计与资产原值不相等，请补资产来源。")
    return {"title": _("资金到资产"), "facts": facts + _after(asset, actor), "ways": [], "note": note}


def _after(asset: Asset, actor: Actor) -> list[Drawn]:
    """What the asset earned, what of it was given out, and how it left the books."""
    facts: list[Drawn] = []
    if actor.allows(Verb.VIEW, AssetIncome.ledger_key()):
        came = _sum(AssetIncome.objects.live().filter(asset=asset))
        url = with_query(_list(AssetIncome), {"asset": asset.pk})
        facts.append({"label": _("资产收益"), "text": _yuan(came), "url": url if came else ""})
    if actor.allows(Verb.VIEW, AssetDistribution.ledger_key()):
        rows = AssetDistribution.objects.live().filter(asset_income__asset=asset)
        for one in rows.order_by("decision_day")[:_MOST]:
            said = _("收益分配（%(number)s）") % {"number": one.decision_number}
            facts.append({"label": said, "text": _yuan(one.amount), "url": row_link(one)})
    if actor.allows(Verb.VIEW, AssetDisposal.ledger_key()):
        for gone in AssetDisposal.objects.reported().filter(asset=asset):
            said = _("资产处置（%(number)s）") % {"number": gone.disposal_number}
            text = gone.get_disposal_way_display() if gone.decided_on else _("等待决定")
            facts.append({"label": said, "text": text, "url": row_link(gone)})
    return facts


def _list(model: Any) -> str:
    return link(registry.get(model.ledger_key()), "list")


def _sum(rows: Any) -> Any:
    return rows.order_by().aggregate(total=Sum("amount"))["total"] or 0


def _yuan(value: Any) -> str:
    return _("%(amount)s 元") % {"amount": f"{value:,}"}
