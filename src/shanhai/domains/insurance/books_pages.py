"""清算账: accounts of the place of care, what is owed by age, entries, and the advance."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.boards import Drawn, amount, choice, field, form, number, page, section

from . import bookkeeping
from .clearing_drawing import SHOWN, entries_table
from .clearing_pages import amount_sent, answered, day_sent, may_read
from .models import Account, AgeingBand, Clearing, LedgerEntry


@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """Accounts of `?side=`, what is owed by age, entries of `?account=`. Errors: NotVisible."""
    actor = actor_of(request)
    if not may_read(actor):
        raise NotVisible
    own = sorted(actor.sides)[0] if actor.sides else Side.EAST
    side = request.GET.get("side", "") if request.GET.get("side", "") in Side.values else own
    account = request.GET.get("account", "") if request.GET.get("account", "") in Account.values else ""
    asked = [choice("side", _("就医地"), [(one.value, str(one.label)) for one in Side], side)]
    accounts = [("", _("全部科目")), *((one.value, str(one.label)) for one in Account)]
    asked.append(choice("account", _("科目"), accounts, account))
    entries = LedgerEntry.objects.filter(side=side)
    chosen = bookkeeping.entries_of(entries, account)
    note = _("%(number)s 笔") % {"number": f"{chosen.count():,}"}
    listed = section(
        _("清算分录"), entries_table(chosen.order_by("-id")[:SHOWN]), note=note, empty=_("没有分录。")
    )
    shown = page(
        _("清算账"),
        sub=_("就医地与参保地之间的往来"),
        asked=asked,
        asked_button=_("查看"),
        sections=[_balances(entries, side), _ageing(side), listed, *_advance(actor, side)],
    )
    return render(request, "web/board.html", shown)


def _balances(entries: Any, side: str) -> Drawn:
    rows, sums = [], [Decimal(0), Decimal(0)]
    for account in Account:
        debits, credits = bookkeeping.turnover(entries, account).values()
        sums = [sums[0] + debits, sums[1] + credits]
        url = f"{reverse('insurance:books')}?side={side}&account={account.value}"
        rows.append((url, (str(account.label), amount(debits), amount(credits), amount(debits - credits))))
    heads = (_("科目"), _("借方合计（元）"), _("贷方合计（元）"), _("余额（元）"))
    table = table_of(heads, rows)
    total = ({"text": _("合计")}, amount(sums[0]), amount(sums[1]), amount(sums[0] - sums[1]))
    table["totals"] = [{"label": head, "kind": "", **one} for head, one in zip(heads, total, strict=True)]
    return section(_("科目余额"), table)


def _ageing(side: str) -> Drawn:
    bands = AgeingBand.objects.in_force(clock.today()).order_by("since_days")
    found = bookkeeping.ageing(side, bands.values_list("since_days", flat=True))
    rows = [
        (
            link(registry.get(Clearing.ledger_key()), "detail", pk=one.key),
            (one.number, number(one.days), band.label, amount(one.amount)),
        )
        for band in found
        for one in band.owed
    ]
    table = table_of((_("清算编号"), _("账龄（天）"), _("账龄分段"), _("应收余额（元）")), rows)
    note = "；".join(f"{band.label} {band.total:,.2f}" for band in found if band.owed)
    return section(_("账龄"), table, note=note, empty=_("没有应收的清算款。"))


def _advance(actor: Actor, side: str) -> list[Drawn]:
    """For the place of care itself."""
    if not any(grant.side == side for grant in actor.grants_for(Verb.EDIT, Clearing.ledger_key())):
        return []
    fields = [
        field("amount", _("金额"), "number", "", unit=_("元"), required=True),
        field("day", _("办理日期"), "date", clock.today().isoformat(), required=True),
        field("note", _("摘要"), maxlength=200, long=True),
    ]
    left = _("余额 %(left)s 元") % {"left": f"{bookkeeping.advance_balance(side):,.2f}"}
    note = _("收到参保地的预付金填正数，退回填负数。")
    sent = form(reverse("insurance:move_advance"), _("记入预付金"), fields=fields, note=note)
    return [section(_("预付金"), note=left, forms=[sent])]


@require_POST
def move_advance(request: HttpRequest) -> HttpResponse:
    """The advance arrives, or goes back."""

    def record(actor: Actor) -> None:
        day = day_sent(request.POST.get("day", "")) or clock.today()
        note = request.POST.get("note", "")
        bookkeeping.move_advance(amount_sent(request.POST.get("amount", "")), day, note, actor=actor)

    return answered(request, None, record)
