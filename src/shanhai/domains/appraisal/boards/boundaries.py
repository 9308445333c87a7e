"""Official boundaries that users import: who may, what is refused, what is kept."""

from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.authority import managed_sides
from shanhai.registers.places.geojson import GeojsonInvalid, read
from shanhai.registers.places.models import Place, PlaceBoundary


def may_import(actor: Actor) -> bool:
    return bool(managed_sides(actor))


def require(actor: Actor) -> frozenset[Side]:
    """Sides whose boundaries the actor keeps. Errors: NotAllowed."""
    sides = managed_sides(actor)
    if not sides:
        raise NotAllowed
    return sides


def towns_of(sides: frozenset[Side]) -> dict[str, Place]:
    rows = Place.objects.filter(level=Place.Level.TOWN, side__in=sides, valid_to=None).order_by("code")
    return {one.code: one for one in rows}


def import_boundaries(content: bytes, source: str, *, actor: Actor) -> int:
    """Shapes of a GeoJSON file in place of those there were; gives how many.

    Errors: NotAllowed; RuleViolated with everything that is wrong, and nothing is kept.
    """
    towns = towns_of(require(actor))
    problems: dict[str, list[str]] = {}
    if not source.strip():
        problems["source"] = [_("请写明来源，例如测绘部门、年份、审图号。")]
    try:
        shapes = read(content, towns.keys())
    except GeojsonInvalid as wrong:
        problems["file"] = list(wrong.problems)
    if problems:
        raise RuleViolated(problems=problems, code="bad_boundaries")
    with context.because(_("导入行政区边界：%(source)s") % {"source": source.strip()[:100]}):
        PlaceBoundary.objects.filter(place__code__in=[one.code for one in shapes]).delete()
        PlaceBoundary.objects.bulk_create(
            PlaceBoundary(
                place=towns[one.code],
                rings=[[list(point) for point in ring] for ring in one.rings],
                source=source.strip()[:200],
                imported_by=actor.name[:40],
                imported_at=clock.now(),
            )
            for one in shapes
        )
    return len(shapes)


def remove_boundaries(*, actor: Actor) -> int:
    """Back to tiles. Errors: NotAllowed."""
    rows = PlaceBoundary.objects.filter(place__side__in=require(actor))
    with context.because(_("删去行政区边界，改用方格")):
        number, _by_model = rows.delete()
    return int(number)


def state(actor: Actor) -> list[dict[str, Any]]:
    """Of each town of the actor's sides: whether it has a boundary, whence and since when."""
    towns = towns_of(require(actor))
    known = {one.place_id: one for one in PlaceBoundary.objects.filter(place__in=towns.values())}
    return [{"place": one, "boundary": known.get(one.pk)} for one in towns.values()]
