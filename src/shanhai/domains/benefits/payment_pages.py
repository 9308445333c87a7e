"""What forms beside notices, payment lists and claw-backs do; the notice as page, Word and Excel."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.actions import get_row
from shanhai.kernel.documents.page import write_page
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.typed import amount_typed
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.documents.making import file_of
from shanhai.web.later import answer

from . import notice_actions, payment_actions
from .document_kinds import NOTICE, opens
from .models import ClawBack, PublicNotice
from .notice_documents import document_of, title_of, workbook_of


def notice_of(request: HttpRequest, pk: UUID) -> PublicNotice:
    """Errors: NotVisible."""
    found: PublicNotice = get_row(registry.get(PublicNotice.ledger_key()), pk, actor=actor_of(request))
    return found


@require_GET
def notice_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """公示表: each number opens to its claim, the sum to all of them."""
    notice = notice_of(request, pk)
    url = link(registry.get(PublicNotice.ledger_key()), "detail", pk=pk)
    context = {
        "title": _("公示表"),
        "sub": title_of(notice),
        "crumbs": [{"label": notice.number, "url": url}],
        "actions": [
            {"label": "Word", "url": reverse("benefits:notice_docx", args=[pk])},
            {"label": "Excel", "url": reverse("benefits:notice_xlsx", args=[pk])},
        ],
        "article": write_page(document_of(notice), lambda bind: opens(notice, bind)),
    }
    return render(request, "benefits/notice.html", context)


@require_GET
def notice_docx(request: HttpRequest, pk: UUID) -> HttpResponse:
    notice = notice_of(request, pk)
    content, _name = file_of(NOTICE, notice, "docx", actor_of(request))
    return file_answer(content, f"{notice.number}.docx")


@require_GET
def notice_xlsx(request: HttpRequest, pk: UUID) -> HttpResponse:
    notice = notice_of(request, pk)
    return file_answer(workbook_of(notice), f"{notice.number}.xlsx")


@require_POST
def post_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a notice: put it up."""

    def record(version: int) -> None:
        notice_actions.post_notice(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("benefits:publicnotice_detail", args=[pk]), record)


@require_POST
def close_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a notice whose days are over."""

    def record(version: int) -> None:
        notice_actions.close_notice(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("benefits:publicnotice_detail", args=[pk]), record)


@require_POST
def load_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a payment list: what may be paid comes in."""

    def record(version: int) -> None:
        loaded = payment_actions.load_list(pk, actor=actor_of(request), row_version=version)
        if loaded.without_account:
            told = {"numbers": "、".join(loaded.without_account[:20])}
            messages.warning(request, _("没有收款账户，没有装入：%(numbers)s") % told)

    return answer(request, reverse("benefits:paymentlist_detail", args=[pk]), record)


@require_POST
def unload_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a payment list: what still waits goes out."""

    def record(version: int) -> None:
        payment_actions.unload_list(pk, actor=actor_of(request), row_version=version)

    return answer(request, reverse("benefits:paymentlist_detail", args=[pk]), record)


def yuan(text: str) -> Decimal:
    """Errors: RuleViolated for what is no amount."""
    found = amount_typed(text, code="bad_return")
    if found is None:
        raise RuleViolated(_("请填银行说的成功合计（元），如 1200.00。"), code="bad_return")
    return found


@require_POST
def resolve_claw_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a claw-back: the money came, or is no longer asked for."""

    def record(version: int) -> None:
        payment_actions.settle_claw_back(
            pk, standing=ended(request.POST.get("standing", "")), note=request.POST.get("note", ""),
            actor=actor_of(request), row_version=version,
        )  # fmt: skip

    return answer(request, reverse("benefits:clawback_detail", args=[pk]), record)


def ended(text: str) -> ClawBack.Standing:
    """Errors: RuleViolated for a word that ends nothing."""
    if text not in {ClawBack.Standing.RECOVERED.value, ClawBack.Standing.WAIVED.value}:
        raise RuleViolated(_("请选择已追回或不再追回。"), code="bad_claim_step")
    return ClawBack.Standing(text)
