"""Bulletins in the menu, on the workbench, and in the search over everything."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.statements import counted
from shanhai.kernel.surfaces.display import moment, period_label
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page
from shanhai.web.cards import Card, register_card
from shanhai.web.search import Hit, HitGroup, register_provider

from .models import Bulletin, BulletinReceipt
from .models.bulletins import LEDGER

Drawn = dict[str, Any]


def _reads(actor: Actor) -> bool:
    return any(grant.role.reads_shared for grant in actor.grants_for(Verb.VIEW, LEDGER))


def _unreceived(actor: Actor) -> Any:
    """Receipts that units of the actor still owe."""
    units = {grant.unit_id for verb in (Verb.SUBMIT, Verb.VERIFY) for grant in actor.grants_for(verb, LEDGER)}
    return BulletinReceipt.objects.filter(
        unit__in=units, received_at__isnull=True, bulletin__state=Bulletin.State.ISSUED
    )


def _waiting(actor: Actor) -> int:
    (number,) = counted(("bulletins to receive", actor.rights), lambda: _unreceived(actor))
    return int(number)


register_page(
    MenuPage(
        TOP,
        gettext_lazy("通报"),
        "appraisal:bulletins",
        order=40,
        is_allowed=_reads,
        count=_waiting,
    )
)


@register_card(40)
def bulletin_card(request: HttpRequest) -> Card | None:
    """What the reader owes a bulletin: a draft to finish, this quarter's to begin, one to receive."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not _reads(actor):
        return None
    lines = [_to_receive(one) for one in _unreceived(actor).select_related("bulletin", "unit")[:5]]
    action = None
    if actor.allows(Verb.ISSUE, LEDGER):
        drafts = Bulletin.objects.visible_to(actor).filter(state=Bulletin.State.DRAFT)
        lines += [_line(one, _("起草中")) for one in drafts.defer("plan", "frozen")[:5]]
        action = _begin(actor)
    if not lines and action is None:
        return None
    context = {"lines": lines, "action": action}
    return Card(
        title=_("通报"),
        template="appraisal/bulletin_card.html",
        context=context,
        note=_("全部通报"),
        url=link_to("appraisal:bulletins"),
    )


def _to_receive(receipt: BulletinReceipt) -> Drawn:
    at = receipt.reminded_at
    note = _("待签收，%(at)s 催") % {"at": moment(at)} if at else _("待签收")
    return _line(receipt.bulletin, note)


def _line(bulletin: Bulletin, note: str) -> Drawn:
    return {
        "label": "".join(bulletin.title.split()),
        "url": link_to("appraisal:bulletin", pk=bulletin.pk),
        "note": note,
    }


def _begin(actor: Actor) -> Drawn | None:
    """This quarter's bulletin, while nobody has begun it."""
    period = Period.of(clock.today(), PeriodKind.QUARTER)
    known = (
        Bulletin.objects.visible_to(actor)
        .filter(period=period.code, bulletin_form="bulletin")
        .exclude(state="withdrawn")
    )
    if known.exists():
        return None
    return {"label": _("起草本季通报"), "url": link_to("appraisal:bulletins")}


@register_provider(30)
def find_bulletins(actor: Actor, text: str, limit: int) -> Sequence[HitGroup]:
    """Bulletins by title and number."""
    wanted = Q(title__icontains=text) | Q(number__icontains=text)
    rows = Bulletin.objects.visible_to(actor).filter(wanted).defer("plan", "frozen")
    found = list(rows[: limit + 1])
    hits = [
        Hit(
            "".join(one.title.split()),
            link_to("appraisal:bulletin", pk=one.pk),
            " · ".join(filter(None, (one.number, period_label(one.period), one.get_state_display()))),
        )
        for one in found[:limit]
    ]
    return [HitGroup(_("通报"), hits, link_to("appraisal:bulletins"), has_more=len(found) > limit)]
