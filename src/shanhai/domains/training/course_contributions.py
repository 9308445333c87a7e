"""What courses contribute to the shell: the funnel beside a class, the sheet of a day, certificates."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side, covers
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import State
from shanhai.web.later import later_panel

from . import course_operations  # noqa: F401  (importing registers)
from .book_pages import way_of
from .books import Asked
from .cohort_book import drawn_steps
from .course_pages import proof_address
from .course_reports import funnel_of
from .models import Certificate, ClassDay, TrainingClass
from .qr import qr_of


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, TrainingClass.ledger_key())


register_page(
    MenuPage("training", gettext_lazy("培训成效"), "training:cohort_book", order=66, is_allowed=_reads)
)


@register_panel("training.funnel", order=12)
def funnel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a class with a roster: how many reached each step."""
    if not isinstance(row, TrainingClass):
        return None
    found = funnel_of(row)
    if not found.enrolled:
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    year = Period.of(row.closes_on, PeriodKind.YEAR)
    asked = Asked(Side(row.side), year, row.side in actor.sides)
    way = way_of(reverse("training:cohort_book"), asked)
    chart = drawn_steps(asdict(found), str(row.pk), way)
    note = _("按已报的记录现算；就业取结业后的务工记录，期限未满的不算。")
    return RailPanel("training/funnel.html", {"title": _("培训成效"), "chart": chart, "note": note})


@register_panel("training.issue", order=16)
def issuing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reported class of one's own: certificates for whoever passed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, TrainingClass) or not may_record(ledger, row, actor):
        return None
    day = {"name": "day", "id": "issue-day", "label": _("发证日期"), "kind": "date", "required": True}
    return later_panel(
        row,
        "training:issue_certificates",
        title=_("颁发证书"),
        note=_("给考核合格而没有证书的学员编号并提交；他人核实后才能在查验页查到。"),
        button=_("颁发"),
        fields=[day | {"value": clock.today().isoformat()}],
    )


@register_panel("training.papers", order=17)
def papers(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a class of one's own side with certificates that hold: all of them on paper."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, TrainingClass) or row.side not in actor.sides:
        return None
    if not actor.allows(Verb.EXPORT, Certificate.ledger_key()):
        return None
    held = Certificate.objects.filter(
        trainee__training_class=row, state=State.VERIFIED, revoked_on__isnull=True
    ).count()
    if not held:
        return None
    label = _("打印 %(number)s 张证书和发证名册") % {"number": held}
    line = {"label": label, "url": reverse("training:print_certificates", args=[row.pk])}
    return RailPanel("training/links.html", {"title": _("打印证书"), "lines": [line]})


@register_panel("training.sheet", order=10)
def sheet(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a day of one's own: the way to its sheet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, ClassDay) or row.state == State.VOIDED:
        return None
    if not covers(actor, Verb.EDIT, ledger.key, row):
        return None
    line = {"label": _("打开签到台"), "url": reverse("training:class_sheet", args=[row.pk])}
    return RailPanel("training/links.html", {"title": _("扫码签到"), "lines": [line]})


@register_panel("training.proof", order=12)
def proof(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a certificate of one's own side: what is printed on it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Certificate) or row.side not in actor.sides:
        return None
    address = proof_address(request, row.number, row.check_code)
    note = _("核实后，扫码或凭编号和校验码可以查验。")
    context = {"title": _("证书查验"), "code": row.check_code, "qr": qr_of(address)}
    holds = row.state == State.VERIFIED and row.revoked_on is None
    paper = (
        reverse("training:print_certificate", args=[row.pk])
        if holds and covers(actor, Verb.EXPORT, ledger.key, row)
        else ""
    )
    return RailPanel(
        "training/certificate.html", context | {"address": address, "note": note, "paper": paper}
    )


@register_panel("training.revoke", order=16)
def revoking(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For whoever verifies: take a verified certificate back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Certificate) or row.state != State.VERIFIED or row.revoked_on is not None:
        return None
    if not may_record(ledger, row, actor, Verb.VERIFY):
        return None
    day = {"name": "day", "id": "revoke-day", "label": _("撤销日期"), "kind": "date", "required": True}
    reason = {"name": "reason", "id": "revoke-reason", "label": _("撤销原因"), "kind": "text", "value": ""}
    return later_panel(
        row,
        "training:revoke_certificate",
        title=_("撤销证书"),
        note=_("撤销后查验页写明已撤销，可以另发。"),
        button=_("撤销"),
        fields=[
            day | {"value": clock.today().isoformat()},
            reason | {"required": True, "maxlength": 200},
        ],
    )
