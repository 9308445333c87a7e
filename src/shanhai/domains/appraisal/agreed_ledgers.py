"""The ledger of what agreements bind the sides to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel.declare import Column, Fields, Ledger, Sharing, register
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Unit

from .models import AgreementTarget

SCHEME = "斗委农组〔2021〕3号 四（二）"


@register
class AgreementTargetLedger(Ledger[AgreementTarget]):
    model = AgreementTarget
    source = SCHEME
    columns = (
        "agreement",
        Column("agreement__period", label=_("协议年度")),
        "code",
        "bearing_side",
        "value",
        "clause",
        Column("partner_unit", is_default=False),
    )
    filters = ("agreement", "code", "bearing_side")
    search = ("agreement__number", "code", "clause")
    ordering = ("code",)
    import_key = ("agreement", "code", "bearing_side")
    fields = ("agreement", "code", "bearing_side", "value", "clause", "partner_unit")
    panels = (Fields(_("协议指标"), ("agreement", "code", "bearing_side", "value", "clause")), Fields())
    sharing = Sharing.JOINT
    counterpart = "partner_unit"
    menu_order = 20
    example = {"code": "FUN-1", "bearing_side": "帮扶方", "value": "4500", "clause": "三（一）"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        if actor.home is None:
            return {}
        rows = Unit.objects.filter(side=actor.home.side.other, kind=Unit.Kind.COORDINATOR, valid_to=None)
        return {"partner_unit": rows.order_by("path").first()}

    def validate(self, row: AgreementTarget, previous: AgreementTarget | None) -> Mapping[str, Sequence[Any]]:
        if row.code not in registry:
            return {"code": [_("没有这个指标代码，请写指标页上的代码，如 FUN-1。")]}
        return {}
