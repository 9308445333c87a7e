"""What the map can show: an indicator by place, or findings. Values of towns add up to the figure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period
from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import asked_period, asked_scope
from shanhai.kernel.indicators.declare import Indicator, Ratio
from shanhai.kernel.indicators.figures import Member, breakdown, display
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import with_query
from shanhai.registers.places.models import Place, PlaceBoundary, PlacePairing

from ..asking import Asking
from ..reports import Areas, by_area
from . import alarms

#: Shown as chips, in this order; every other indicator by place is one choice away.
CHIEF = {
    "FUN-2B": gettext_lazy("协作项目"),
    "FUN-2A": gettext_lazy("资金拨付"),
    "LAB-1": gettext_lazy("帮助就业"),
}
ALARMS = "alarms"


def has_places(indicator: Indicator, period: Period) -> bool:
    """Whether the indicator says of its rows where they lie."""
    version = registry.get(indicator.code, period)
    if isinstance(version.measure, Ratio):
        parts = (version.measure.numerator, version.measure.denominator)
        return all(has_places(registry.get(code), period) for code in parts)
    return bool(version.place_path)


def may_be_told(actor: Actor, indicator: Indicator, verb: Verb = Verb.VIEW) -> bool:
    """Whether the verb is granted on the ledgers behind the indicator."""
    if isinstance(indicator.measure, Ratio):
        parts = (indicator.measure.numerator, indicator.measure.denominator)
        return all(may_be_told(actor, registry.get(code), verb) for code in parts)
    return actor.allows(verb, indicator.source)


def offered(actor: Actor, period: Period) -> list[Indicator]:
    """Indicators by place that the reader may be told."""
    return [one for one in registry if has_places(one, period) and may_be_told(actor, one)]


@dataclass(frozen=True)
class Shown:
    """A layer of one side and period.

    Shape: `values` by id of a town; `elsewhere` is what lies in no town; `urls` lead to the rows, by id, that
    of all under "".
    """

    code: str
    name: str
    unit: str
    values: Mapping[str, Decimal | None]
    texts: Mapping[str, str]
    urls: Mapping[str, str]
    total: str
    elsewhere: Member | None
    elsewhere_text: str
    note: str


@dataclass(frozen=True)
class MapAsked:
    """What of the map is asked for."""

    actor: Actor
    side: Side
    period: Period
    layer: str

    @classmethod
    def read(cls, actor: Actor, query: Mapping[str, str]) -> "MapAsked":
        """Errors: NotAllowed for who belongs to no side; NotVisible for an unknown layer, side or period."""
        period = asked_period(query)
        side = asked_scope(actor, query).side
        indicators = offered(actor, period)
        if not indicators and not alarms.readable(actor):
            raise NotAllowed
        known_codes = [one.code for one in indicators]
        layer = query.get("layer") or next((one for one in CHIEF if one in known_codes), ALARMS)
        if layer == ALARMS:
            if not alarms.readable(actor) or side not in actor.sides:
                raise NotVisible
        elif layer not in known_codes:
            raise NotVisible
        return cls(actor, side, period, layer)

    def query(self, **changes: Any) -> dict[str, str]:
        now = {"layer": self.layer, "side": str(self.side), "period": self.period.code} | changes
        return {**now, **known.query()}

    def url(self, **changes: Any) -> str:
        return with_query(reverse("appraisal:map"), self.query(**changes))

    @cached_property
    def areas(self) -> Areas:
        return Areas.of(IndicatorScope(self.side))


def shown(asked: MapAsked) -> Shown:
    """The layer as it stands now."""
    return _alarms(asked) if asked.layer == ALARMS else _indicator(asked)


def _indicator(asked: MapAsked) -> Shown:
    indicator = registry.get(asked.layer, asked.period)
    asking = Asking(indicator, IndicatorScope(asked.side), asked.period, asked.actor)
    found = breakdown(indicator, asking.scope, asked.period, ["place"])
    members = {one.code: one for one in by_area(found, asked.areas)}
    codes = [str(place.pk) for place in asked.areas.heads.values()]
    is_filed = filed_by(indicator, asked.side)
    values = {code: members[code].value if code in members else Decimal(0) for code in codes if is_filed}
    nowhere = members.get("")
    page = "indicator" if isinstance(indicator.measure, Ratio) else "indicator_rows"
    more = {} if page == "indicator" else {"reason": "counted"}
    return Shown(
        code=indicator.code,
        name=str(indicator),
        unit=str(indicator.unit),
        values=values,
        texts={code: display(indicator, value) for code, value in values.items()},
        urls={"": asking.url(page, **more)}
        | {code: asking.within(place=UUID(code)).url(page, **more) for code in codes},
        total=found.figure.display,
        elsewhere=nowhere,
        elsewhere_text=display(indicator, nowhere.value) if nowhere else "",
        note="" if is_filed else _("%(side)s不填报这项指标的台账。") % {"side": asked.side.label},
    )


def _alarms(asked: MapAsked) -> Shown:
    found = alarms.alarms(asked.actor)
    numbers = Counter(_town(one.place, asked.areas) for one in found)
    codes = [str(place.pk) for place in asked.areas.heads.values()]
    address = reverse("appraisal:alarms")
    nowhere = numbers.get("", 0)
    values: dict[str, Decimal | None] = {code: Decimal(numbers.get(code, 0)) for code in codes}
    return Shown(
        code=ALARMS,
        name=_("预警"),
        unit=_("项"),
        values=values,
        texts={code: f"{value:,}" for code, value in values.items()},
        urls={"": address} | {code: with_query(address, {"place": code}) for code in codes},
        total=f"{len(found):,}",
        elsewhere=Member("", "", Decimal(nowhere), nowhere) if nowhere else None,
        elsewhere_text=f"{nowhere:,}",
        note=_("您能看到的各台账现在的核查发现，按相关记录的所在地计。"),
    )


def _town(place: UUID | None, areas: Areas) -> str:
    head = areas.head_of(str(place)) if place else None
    return str(head.pk) if head else ""


@dataclass
class MapFound:
    """What page, file and API tell of a map."""

    asked: MapAsked
    shown: Shown
    #: Towns by county, in the order of their codes.
    counties: list[tuple[Place, list[Place]]] = field(default_factory=list)
    #: Code of a town → number of its pairing (that of the eastern town) and the names of its partners.
    pairs: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    #: Code of a town → its imported boundary.
    rings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def most(self) -> Decimal:
        return max((one for one in self.shown.values.values() if one is not None), default=Decimal(0))


def found(asked: MapAsked) -> MapFound:
    """The layer with the towns of both counties. Shape: queries of the layer, and four for places."""
    told = shown(asked)
    towns = sorted(asked.areas.heads.values(), key=lambda one: one.code)
    counties = Place.objects.filter(level=Place.Level.COUNTY).exclude(side="").order_by("-side", "code")
    listed = [(one, [town for town in towns if town.parent_id == one.pk]) for one in counties]
    return MapFound(asked, told, [(one, below) for one, below in listed if below], pairs(towns), rings())


def rings() -> dict[str, Any]:
    """Boundaries as users imported them, by code."""
    return dict(PlaceBoundary.objects.values_list("place__code", "rings"))


def pairs(towns: Sequence[Place]) -> dict[str, tuple[int, str]]:
    """Pairings in force today: towns that share a number are paired, numbered by the eastern town."""
    names = {one.code: one.name for one in towns}
    rows = PlacePairing.objects.in_force(clock.today()).order_by("east_code", "west_code")
    western: dict[str, list[str]] = {}
    for west, east in rows.values_list("west_code", "east_code"):
        if west in names and east in names:
            western.setdefault(east, []).append(west)
    found: dict[str, tuple[int, str]] = {}
    for number, (east, own) in enumerate(western.items(), 1):
        found[east] = (number, "、".join(names[west] for west in own))
        found |= dict.fromkeys(own, (number, names[east]))
    return found
