"""Units and places in the search over everything: known to everyone who has a role, and no ledgers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.authority import is_member
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place
from shanhai.web.search import Hit, HitGroup, register_provider


@register_provider(order=60)
def units(actor: Actor, text: str, limit: int) -> Sequence[HitGroup]:
    if not is_member(actor):
        return []
    by_name = Q(short_name__icontains=text) | Q(aliases__name__icontains=text)
    rows = list(Unit.objects.filter(_fits(text) | by_name).distinct()[: limit + 1])
    hits = [_hit(unit, "parties:unit_detail", unit.get_kind_display()) for unit in rows[:limit]]
    return [_group(_("单位"), hits, "parties:unit_list", text, has_more=len(rows) > limit)]


@register_provider(order=70)
def places(actor: Actor, text: str, limit: int) -> Sequence[HitGroup]:
    if not is_member(actor):
        return []
    rows = list(Place.objects.filter(_fits(text)).order_by("path")[: limit + 1])
    hits = [_hit(place, "places:place_detail", place.code) for place in rows[:limit]]
    return [_group(_("地区"), hits, "places:place_list", text, has_more=len(rows) > limit)]


def _fits(text: str) -> Q:
    """By name, or by the letters of its pinyin: 永兴镇 is looked for as `yxz` and as `yongxing`."""
    letters = text.lower()
    return Q(name__icontains=text) | Q(pinyin__startswith=letters) | Q(initials__startswith=letters)


def _hit(node: Any, page: str, note: str) -> Hit:
    side = node.get_side_display() if node.side else ""
    return Hit(node.name, link_to(page, pk=node.pk), " · ".join(filter(None, (note, side))))


def _group(label: str, hits: list[Hit], page: str, text: str, *, has_more: bool) -> HitGroup:
    return HitGroup(label, hits, with_query(link_to(page), {"q": text}), has_more=has_more)
