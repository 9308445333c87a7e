"""签到台, the pages of strangers, and what the forms beside classes and certificates do."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.accounts.limits import is_too_often
from shanhai.registers.tables import table_of
from shanhai.web.later import answer

from . import certificate_paper, course_actions, strangers
from .book_pages import render_book
from .cohort_book import COHORT_BOOK
from .models import Attendance, Certificate, ClassDay, Trainee
from .pages import given_day
from .qr import qr_of
from .rules import courses as rules


@require_GET
def class_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet of a day: its code to scan, who came, and boxes for whoever signed on paper."""
    actor = actor_of(request)
    day: ClassDay = get_row(registry.get(ClassDay.ledger_key()), pk, actor=actor, verb=Verb.EDIT)
    rows = Trainee.objects.live().filter(training_class=day.training_class_id).select_related("person")
    means = dict(course_actions.present_on(day).values_list("trainee_id", "means"))
    roster = sorted(rows, key=lambda one: one.person.pinyin)
    labels = dict(Attendance.Means.choices)
    came = [
        (link(registry.for_model(Trainee), "detail", pk=one.pk), one) for one in roster if one.pk in means
    ]
    address = request.build_absolute_uri(reverse("training:check_in", args=[strangers.token_of(day)]))
    context = {
        "title": _("签到台"),
        "sub": f"{day.training_class} {day.held_on}",
        "crumbs": [{"label": str(day), "url": link(registry.for_model(ClassDay), "detail", pk=day.pk)}],
        "actions": [],
        "qr": qr_of(address),
        "address": address,
        "told": _("已到 %(here)s 人，花名册 %(all)s 人。") % {"here": len(means), "all": len(roster)},
        "table": table_of(
            (_("学员"), _("签到方式")), [(url, (str(one), str(labels[means[one.pk]]))) for url, one in came]
        ),
        "field": {
            "name": "trainee",
            "id": "trainee",
            "label": _("在签到表上签了名的"),
            "kind": "multi",
            "options": [{"value": str(one.pk), "label": str(one)} for one in roster if one.pk not in means],
        },
        "mark": reverse("training:mark_present", args=[day.pk]),
    }
    return render(request, "training/sheet.html", context)


@require_POST
def mark_present(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The boxes of the sheet."""
    try:
        keys = [UUID(text) for text in request.POST.getlist("trainee")]
    except ValueError:
        raise NotVisible from None
    try:
        made = course_actions.mark_present(pk, keys, actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已补签 %(number)s 人。") % {"number": len(made)})
    return redirect("training:class_sheet", pk=pk)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """On the trainee's own telephone: name and identity number, checked against the roster of the day."""
    sheet = strangers.sheet_of(token)
    shown: dict[str, Any] = {"title": _("上课签到"), "text": "", "done": "", "fields": []}
    if sheet is None:
        shown["problem"] = _(
            "这个码不完整，或这天的课已经取消。请对准再扫一次；还不行，请在签到表上签名，由班主任补签。"
        )
        return render(request, "training/check_in.html", shown, status=404)
    shown |= {
        "text": f"{sheet.name} {sheet.held_on} {sheet.topic}",
        "submit": _("签到"),
        "fields": _who(),
        "problem": "",
    }
    if not sheet.is_today:
        shown |= {"problem": _out_of_day(sheet), "fields": []}
        return render(request, "training/check_in.html", shown, status=200)
    if request.method != "POST":
        return render(request, "training/check_in.html", shown)
    if is_too_often(request, "check_in"):
        shown["problem"] = _("这里试得太频繁了，请过一分钟再试。")
        return render(request, "training/check_in.html", shown, status=429)
    found = strangers.check_in(token, request.POST.get("name", ""), request.POST.get("number", ""))
    if found is None:
        shown["problem"] = _("还没有签上：花名册上没有这个姓名和身份证号。请核对后再签，或请班主任补签。")
        return render(request, "training/check_in.html", shown, status=422)
    sentence = _("%(name)s 已经签过到了。") if found.was_there else _("%(name)s 签到成功。")
    shown |= {"done": sentence % {"name": found.name}, "fields": []}
    return render(request, "training/check_in.html", shown)


def _out_of_day(sheet: strangers.Sheet) -> str:
    told = {"day": sheet.held_on}
    if sheet.is_over:
        return _("这个码是 %(day)s 的，已经过期，请扫今天的码。那天忘了签的，请班主任按签到表补签。") % told
    return _("这个码是 %(day)s 的，还没到那天，请到时再扫。") % told


def _who() -> list[dict[str, Any]]:
    name = {"name": "name", "id": "name", "label": _("姓名"), "kind": "text", "value": "", "required": True}
    number = {"name": "number", "id": "number", "label": _("身份证号"), "kind": "text", "value": ""}
    more = {"required": True, "maxlength": 20, "autocomplete": "off", "sensitive": True}
    return [name | {"maxlength": 40, "autocomplete": "name"}, number | more]


@login_not_required
@require_GET
def prove_certificate(request: HttpRequest) -> HttpResponse:
    """For anybody: whether a certificate holds, by its number and check code."""
    number, code = request.GET.get("number", ""), request.GET.get("code", "")
    shown: dict[str, Any] = {"number": number, "code": code, "kind": "", "told": "", "facts": []}
    if not (number and code):
        return render(request, "training/prove.html", shown)
    if is_too_often(request, "prove"):
        shown |= {"kind": "late", "told": _("这里试得太频繁了，请过一分钟再试。")}
        return render(request, "training/prove.html", shown, status=429)
    found = strangers.prove(number, code)
    if found is None:
        told = _("没有这张证书，请核对证书编号和校验码；刚发的证书核实后才查得到。")
        return render(request, "training/prove.html", shown | {"kind": "late", "told": told}, status=404)
    kind, told = _standing(found)
    facts = [
        {"label": _("培训项目"), "text": found.course},
        {"label": _("培训班"), "text": found.class_name},
        {"label": _("姓名"), "text": found.name},
        {"label": _("发证日期"), "text": found.issued_on.isoformat()},
    ]
    return render(request, "training/prove.html", shown | {"kind": kind, "told": told, "facts": facts})


def _standing(found: strangers.Proved) -> tuple[str, str]:
    match found.standing:
        case rules.VALID:
            return "ok", _("证书有效")
        case rules.EXPIRED:
            return "wait", _("证书已过有效期：有效期到 %(day)s 为止。") % {"day": found.valid_to}
        case _:
            return "late", _("证书已撤销，自 %(day)s 起无效，请勿采信。") % {"day": found.revoked_on}


@require_GET
def print_certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A certificate on paper. Errors: NotVisible, NotAllowed."""
    try:
        row = certificate_paper.certificate_to_print(pk, actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("training:certificate_detail", pk=pk)
    return certificates_pdf(request, [row], row.number)


@require_GET
def print_certificates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All certificates of a class that hold, with the list they are handed out on."""
    try:
        rows = certificate_paper.certificates_to_print(pk, actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect("training:trainingclass_detail", pk=pk)
    return certificates_pdf(request, rows, rows[0].number.rpartition("-")[0], with_list=True)


def certificates_pdf(
    request: HttpRequest, rows: Sequence[Certificate], name: str, *, with_list: bool = False
) -> HttpResponse:
    """The paper as an answer; each code to scan leads to this installation."""

    def address(one: Certificate) -> str:
        return proof_address(request, one.number, one.check_code)

    content = certificate_paper.paper_of(rows, address, with_list=with_list)
    response = HttpResponse(content, content_type="application/pdf")
    shown = _("%(name)s 证书.pdf") % {"name": name}
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(shown)}"
    return response


@require_GET
def cohort_book(request: HttpRequest) -> HttpResponseBase:
    """The report of a year."""
    return render_book(request, COHORT_BOOK)


@require_POST
def issue_certificates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a class."""
    try:
        made = course_actions.issue_certificates(pk, day=given_day(request), actor=actor_of(request))
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已编号并提交 %(number)s 张证书，待核实。") % {"number": len(made)})
    return redirect("training:trainingclass_detail", pk=pk)


@require_POST
def revoke_certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a certificate."""

    def record(version: int) -> None:
        course_actions.revoke_certificate(
            pk,
            day=given_day(request),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("training:certificate_detail", args=[pk]), record)


def proof_address(request: HttpRequest, number: str, code: str) -> str:
    """Where anybody looks a certificate up."""
    address = with_query(reverse("training:prove_certificate"), {"number": number, "code": code})
    return request.build_absolute_uri(address)
