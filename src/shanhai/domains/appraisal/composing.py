"""The document of a bulletin, made of plan, figures and narratives; and what may not be printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.documents.bound import check_bound
from shanhai.kernel.documents.charts import bar
from shanhai.kernel.documents.follows import check_follows
from shanhai.kernel.documents.inline import compose, line, number_headings, paragraphs, recognise
from shanhai.kernel.documents.model import (
    Align,
    Block,
    Code,
    Column,
    Document,
    DocumentInvalid,
    Heading,
    Imprint,
    Kind,
    Line,
    Number,
    RatioOf,
    Row,
    Signature,
    Table,
    Text,
)
from shanhai.kernel.documents.stored import load
from shanhai.kernel.installation import is_demonstration
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .bulletin_ratios import ratios_of
from .models import Bulletin, BulletinFigure, NarrativeSlot
from .reconciling.saying import said_in_document
from .rules import placeholders

type Json = dict[str, Any]

DEMONSTRATION = "演示数据"
TOWN = Unit.Kind.TOWN


@dataclass(frozen=True)
class Parts:
    """A bulletin with everything that makes its document, read once."""

    bulletin: Bulletin
    figures: Sequence[BulletinFigure]
    slots: Sequence[NarrativeSlot]
    addressees: Sequence[Unit]

    @classmethod
    def of(cls, bulletin: Bulletin) -> "Parts":
        receipts = bulletin.receipts.select_related("unit").order_by("unit__code")
        return cls(
            bulletin,
            list(bulletin.figures.order_by("ordinal")),
            list(bulletin.slots.order_by("ordinal")),
            [one.unit for one in receipts],
        )

    def with_text(self, key: str, text: str) -> "Parts":
        """The same with another narrative, to try it."""
        slots = [_copy(one, text) if one.key == key else one for one in self.slots]
        return replace(self, slots=slots)


def _copy(slot: NarrativeSlot, text: str) -> NarrativeSlot:
    return NarrativeSlot(key=slot.key, label=slot.label, ordinal=slot.ordinal, text=text)


def document_of(parts: Parts) -> Document:
    """What was issued, word for word; for a draft, what would be issued now.

    Errors: DocumentInvalid when a narrative names a figure that does not exist.
    """
    if parts.bulletin.frozen:
        return load(parts.bulletin.frozen)
    return compose_document(parts, clock.today())


def compose_document(parts: Parts, day: date) -> Document:
    """The bulletin as an official document of that day."""
    bulletin, issuer = parts.bulletin, full_name(parts.bulletin.owner_unit)
    blocks = (*number_headings(_blocks(parts)), *said_in_document(_printed(parts)))
    return Document(
        kind=Kind.BULLETIN,
        issuer=issuer,
        title=bulletin.title,
        date=day,
        number=bulletin.number,
        recipients=_recipients(bulletin.side, parts.addressees),
        blocks=(*blocks, Signature((issuer,), day)),
        imprint=Imprint(tuple(bulletin.copies.split("，")) if bulletin.copies else (), issuer, day),
        labels=(DEMONSTRATION,) if is_demonstration() else (),
    )


def number_of(figure: BulletinFigure, ratio_of: RatioOf | None = None) -> Number:
    """The figure as it is printed, bound to its snapshot."""
    return Number.of(
        figure.value,
        bind=str(figure.pk),
        unit=figure.unit,
        decimals=figure.decimals,
        signed=figure.is_signed,
        name=figure.key,
        ratio_of=ratio_of,
    )


def problems_of(parts: Parts) -> list[str]:
    """Why the bulletin cannot be printed as it stands: digits nobody bound, figures that do not exist."""
    known = {one.key for one in parts.figures}
    missing = [
        _("“%(part)s”中的 {%(key)s} 没有对应的数据，请从引用名表中选取。") % {"part": slot.label, "key": key}
        for slot in parts.slots
        for key in dict.fromkeys(placeholders(slot.text))
        if key not in known
    ]
    if missing:
        return missing
    try:
        document = compose_document(parts, clock.today())
    except DocumentInvalid as error:
        return [str(error)]
    typed = [
        _("“%(context)s”中的“%(digits)s”是直接写的数字。请改为引用数据：把它换成引用名，如 {LAB-1}。")
        % {"context": one.context, "digits": one.digits}
        for one in check_bound(document)
    ]
    return typed + [str(one) for one in check_follows(document)]


def _blocks(parts: Parts) -> Iterator[Block]:
    ratios = ratios_of(parts.figures)
    numbers = {one.key: number_of(one, ratios.get(one.key)) for one in parts.figures}
    slots = {one.key: one for one in parts.slots}
    for part in parts.bulletin.plan:
        if "heading" in part:
            yield Heading(1, recognise(part["heading"]))
        elif "slot" in part:
            yield from paragraphs(slots[part["slot"]].text, numbers, slot=slots[part["slot"]].label)
        else:
            yield _table(part["table"], numbers)


def _printed(parts: Parts) -> list[tuple[str, str]]:
    """Code and period of the figures that stand in the document; the others are only on offer."""
    used = used_keys(parts)
    return list(dict.fromkeys((one.code, one.period) for one in parts.figures if one.key in used))


def used_keys(parts: Parts) -> set[str]:
    """Names of the figures that stand in the document."""
    told = {key for slot in parts.slots for key in placeholders(slot.text)}
    tables = (part["table"] for part in parts.bulletin.plan if "table" in part)
    cells = (cell for table in tables for row in table["rows"] for cell in row)
    return told | {cell["figure"] for cell in cells if "figure" in cell}


def _table(data: Json, numbers: Mapping[str, Number]) -> Table:
    columns = tuple(Column(line(one["title"]), Align(one["align"]), one["unit"]) for one in data["columns"])
    rows = tuple(Row(tuple(_cell(cell, numbers) for cell in row)) for row in data["rows"])
    return Table(columns, rows, caption=recognise(data["caption"]), slot=data["slot"])


def _cell(cell: Json, numbers: Mapping[str, Number]) -> Line:
    """A figure stands without its unit, which the head or a column of its own says; names are names."""
    if "figure" in cell:
        return (replace(numbers[cell["figure"]], unit=""),)
    if "bar" in cell:  # of a figure in per cent
        rate = numbers[cell["bar"]].value
        return line(bar(None if rate is None else Decimal(rate) / 100))
    text = cell["text"]
    if any(character.isdigit() for character in text):
        return compose(text, {}) if "{" not in text else (Code(text),)
    return (Text(text),) if text else ()


def _recipients(side: str, units: Sequence[Unit]) -> tuple[str, ...]:
    """Towns together where all of them are addressed, as 主送 is written; the others by name."""
    towns = [one for one in units if one.kind == TOWN]
    every = Unit.objects.filter(side=side, kind=TOWN).count()
    together = len(towns) > 1 and len(towns) == every
    named = [one.name for one in units if not (together and one.kind == TOWN)]
    return (*(("各镇（街道）",) if together else ()), *named)


def full_name(unit: Unit) -> str:
    """The unit's name as the head of a document writes it: 县乡村振兴局 becomes 湄潭县乡村振兴局."""
    county = Place.objects.filter(side=unit.side, level=Place.Level.COUNTY).order_by("code").first()
    if county is None or not county.name or unit.name.startswith(county.name):
        return unit.name
    kind = county.name[-1]
    return county.name + unit.name.removeprefix(kind) if unit.name.startswith(kind) else unit.name
