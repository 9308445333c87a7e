"""How an indicator stands between the two sides in a period, and what each side has said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.indicators.reconcile import Match, Tally, tallies
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.scope import Side

from ..models import SideOpinion

type Opinions = Mapping[Side, SideOpinion]
type Members = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Standing:
    """Of pairs both sides can see: `open` differ and are not settled, `apart` are kept apart by both."""

    tallies: Mapping[Match, Tally]
    opinions: Mapping[str, Opinions] = field(default_factory=dict)

    @property
    def open(self) -> int:
        return sum(one.open for one in self.tallies.values())

    @property
    def apart(self) -> int:
        return sum(one.apart for one in self.tallies.values())

    @property
    def untold(self) -> int:
        """Own rows that are not shared: for their side alone."""
        return sum(one.untold for one in self.tallies.values())

    @property
    def effect(self) -> Decimal:
        """West less east, in the indicator's unit."""
        return sum((one.effect for one in self.tallies.values()), Decimal(0))

    @property
    def sentence(self) -> str:
        if self.open:
            return _("两侧未核对：还有 %(open)s 处差异，其中没有算上已分别保留的 %(apart)s 处。") % {
                "open": f"{self.open:,}",
                "apart": f"{self.apart:,}",
            }
        if self.apart:
            return _("两侧已核对，%(apart)s 处写明理由分别保留。") % {"apart": f"{self.apart:,}"}
        return _("两侧已核对一致。")

    @property
    def settled_how(self) -> str:
        """For machines: open, apart, reconciled."""
        return "open" if self.open else "apart" if self.apart else "reconciled"


def standing(code: str, period: Period, only: Members = ()) -> Standing:
    """Errors: NotAllowed for who may not be told of a side."""
    said = opinions_of(own(code, period).source)
    apart = [mark for mark, found in said.items() if is_apart(found)]
    return Standing(tallies(code, period, only, apart), said)


def opinions_of(ledger: str, marks: Sequence[str] | None = None) -> dict[str, dict[Side, SideOpinion]]:
    """The last word of each side by pair."""
    rows = SideOpinion.objects.filter(ledger=ledger)
    if marks is not None:
        rows = rows.filter(pair_mark__in=marks)
    found: dict[str, dict[Side, SideOpinion]] = defaultdict(dict)
    for one in rows.order_by("id"):
        found[one.pair_mark][Side(one.side)] = one
    return dict(found)


def is_apart(found: Opinions) -> bool:
    """Both sides let the pair stand apart."""
    return all(side in found and found[side].choice == SideOpinion.Choice.APART for side in Side)
