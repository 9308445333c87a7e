"""What a pack may be about, read from what was asked, and the parts it has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.indicators.asked import Question, asked_period, dimensions
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.registry import filed_by
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.indicators.scopes import IndicatorScope, told
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.registers.parties.models import Unit

from ..asking import Asking
from ..models import AppraisalEntry, AppraisalScheme, EvidencePack
from ..naming import scope_text
from ..schemes import actions as scheme_actions
from ..schemes.entries import told_item
from ..schemes.pages import asked_year, drafted
from ..schemes.readings import Figures, dimension_of, subjects_of, whom
from ..schemes.texts import release_for
from .parts import Part, entry_part, figure_part

type Asked = Mapping[str, str]
type Text = Mapping[str, Any]
About = EvidencePack.About


class Subject(Protocol):
    """`label` names it to people; `parts` are told anew to whoever acts, one at a time."""

    @property
    def label(self) -> str: ...
    @property
    def period(self) -> Period: ...
    def parts(self) -> Iterator[Part]: ...


def subject_of(asked: Asked, actor: Actor) -> Subject:
    """Errors: NotVisible for what is not there, NotAllowed for who may not be told of it."""
    if actor.home is None:
        raise NotAllowed
    match asked.get("about", ""):
        case About.INDICATOR:
            return OfIndicator.asked(asked, actor)
        case About.UNIT:
            return OfUnit.asked(asked)
        case About.ENTRY:
            return OfEntry.asked(asked, actor)
        case About.SCHEME:
            return OfScheme.asked(asked, actor)
    raise NotVisible


@dataclass(frozen=True)
class OfIndicator:
    """One figure, as its page shows it."""

    asking: Asking

    @classmethod
    def asked(cls, asked: Asked, actor: Actor) -> "OfIndicator":
        found = Question.of(actor, asked, asked.get("code", ""))
        told(own(found.indicator, found.period).model, found.scope.side)
        return cls(Asking(found.indicator, found.scope, found.period, actor))

    @property
    def period(self) -> Period:
        return self.asking.period

    @property
    def label(self) -> str:
        return f"{self.asking.indicator} · {self._whose()} · {period_label(self.period)}"

    def _whose(self) -> str:
        return scope_text(self.asking, dimensions(self.asking.indicator, self.period))

    def parts(self) -> Iterator[Part]:
        yield figure_part(self.asking.indicator, self.asking.scope, self.period, self._whose())


@dataclass(frozen=True)
class OfUnit:
    """Every indicator that counts something of a unit and those below it."""

    unit: Unit
    period: Period

    @classmethod
    def asked(cls, asked: Asked) -> "OfUnit":
        period = asked_period(asked)
        found = Unit.objects.select_related("place").filter(pk=_key(asked.get("unit", ""))).first()
        if found is None:
            raise NotVisible
        if not any(_counts(one, found, period) for one in indicators):
            raise NotAllowed
        return cls(found, period)

    @property
    def label(self) -> str:
        return f"{self.unit.name} · {period_label(self.period)}"

    def parts(self) -> Iterator[Part]:
        for newest in indicators:
            if not _counts(newest, self.unit, self.period):
                continue
            one = indicators.get(newest.code, self.period)
            part = figure_part(one, _scope(one, self.unit), self.period, self.unit.name)
            if part.ids:
                yield part


def _counts(newest: Indicator, unit: Unit, period: Period) -> bool:
    """Whether the indicator has rows of its own of which the unit's can be told to the asker.

    A ratio has none: its numerator is an indicator itself.
    """
    one, side = indicators.get(newest.code, period), Side(unit.side)
    if one.is_ratio or one.source not in ledgers or not filed_by(one, side):
        return False
    if period.kind.months < one.period_kind.months or dimension_of(unit, _splits(one)) not in _splits(one):
        return False
    try:
        told(one.model, side)
    except NotAllowed:
        return False
    return True


def _splits(one: Indicator) -> Mapping[str, Any]:
    return one.all_dimensions()


def _scope(one: Indicator, unit: Unit) -> IndicatorScope:
    side = Side(unit.side)
    if dimension_of(unit, _splits(one)) == "place":
        return IndicatorScope(side, place=unit.place_id)
    return IndicatorScope(side, unit=unit.pk)


@dataclass(frozen=True)
class OfEntry:
    """A self-report: its own papers, and those of the rows behind its indicator."""

    entry: AppraisalEntry

    @classmethod
    def asked(cls, asked: Asked, actor: Actor) -> "OfEntry":
        pk = _key(asked.get("pk", ""))
        return cls(get_row(ledgers.get(AppraisalEntry.ledger_key()), pk, actor=actor))

    @property
    def period(self) -> Period:
        return Period.parse(self.entry.period)

    @property
    def label(self) -> str:
        return f"{self.entry} · {self.entry.owner_unit.name}"

    def parts(self) -> Iterator[Part]:
        entry, item = self.entry, told_item(self.entry)
        release = release_for(entry.scheme, self.period.year)
        text: Text = release.text if release else {"level": entry.scheme.level}
        yield from item_parts(text, item or _unknown(entry), entry.owner_unit, entry, self.period)


def _unknown(entry: AppraisalEntry) -> Text:
    """The item of an entry that no text has."""
    return {"number": entry.item_number, "name": "", "indicator": "", "evidence": True, "clause": ""}


@dataclass(frozen=True)
class OfScheme:
    """A whole appraisal: every unit, every item of the text that holds for the year, else of the draft."""

    scheme: AppraisalScheme
    period: Period

    @classmethod
    def asked(cls, asked: Asked, actor: Actor) -> "OfScheme":
        scheme = scheme_actions.supervised(_key(asked.get("pk", "")), actor)
        return cls(scheme, Period.parse(str(asked_year(asked.get("year", "")))))

    @property
    def label(self) -> str:
        return _("%(name)s · %(year)s 年") % {"name": self.scheme.name, "year": self.period.year}

    def parts(self) -> Iterator[Part]:
        release = release_for(self.scheme, self.period.year)
        text: Text = release.text if release else drafted(self.scheme)
        entries = AppraisalEntry.objects.filter(scheme=self.scheme, period=self.period.code).live()
        by_key = {(one.owner_unit_id, one.item_number): one for one in entries}
        for unit in subjects_of(text, self.scheme.side, self.period.year, self.scheme.owner_unit):
            for item in text["items"]:
                yield from item_parts(text, item, unit, by_key.get((unit.pk, item["number"])), self.period)


def item_parts(
    text: Text, item: Text, unit: Unit, entry: AppraisalEntry | None, period: Period
) -> Iterator[Part]:
    """What backs one item of one unit: its self-report, and the rows of its indicator."""
    code, name = f"{item['number']:02}", str(item["name"])
    if entry is not None:
        yield entry_part(entry, code=code, name=name, whose=unit.name, needs_evidence=bool(item["evidence"]))
    elif item["evidence"]:
        yield Part(code, name, unit.name, clause=item["clause"], lacks=_("没有自评，也没有佐证"))
    if item["indicator"]:
        indicator = indicators.get(item["indicator"], period)
        scope = Figures(unit.side, period.year).scope(indicator.code, whom(text, unit))
        yield figure_part(indicator, scope, period, unit.name, code=code, name=f"{name}（{indicator}）")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None
