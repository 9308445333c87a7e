"""Pages of schemes and their versions: list, import, one version, saving it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.respond import respond

from . import actions, uploads
from .access import get_scheme, get_version, managed_sides, manages, require_manager
from .asking import Drawn, action, actor_of, attempt, crumbs, version_url, whole
from .models import Scheme, SchemeVersion
from .plan_form import read_day
from .scheme_list import list_context
from .tree import tree_context

State = SchemeVersion.State


@require_GET
def schemes(request: HttpRequest) -> HttpResponse:
    return respond(request, "scheme/schemes.html", "", list_context(actor_of(request)))


@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """A file, or the sample that ships with the product, as the draft of a new scheme."""
    actor = actor_of(request)
    sides = managed_sides(actor)
    if not sides:
        raise NotAllowed
    problems: list[str] = []
    if request.method == "POST":
        side = request.POST.get("side") if request.POST.get("side") in sides else sides[0]
        sharing = request.POST.get("sharing")
        try:
            version = actions.import_scheme(
                uploads.document_of(request),
                actor=actor,
                side=str(side),
                sharing=sharing if sharing in Sharing.values else Sharing.PRIVATE,
            )
            return redirect(version_url(version))
        except RuleViolated as error:
            problems = [str(error)]
    return _import_page(request, None, problems, sides)


@require_http_methods(["GET", "POST"])
def import_newer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A newer text of the same scheme; leads to what it changes."""
    actor = actor_of(request)
    scheme = get_scheme(actor, pk)
    require_manager(actor, scheme)
    problems: list[str] = []
    if request.method == "POST":
        try:
            version = actions.import_newer(scheme, uploads.document_of(request), actor=actor)
            return redirect("scheme:difference", pk=version.pk)
        except RuleViolated as error:
            problems = [str(error)]
    return _import_page(request, scheme, problems, [])


def _import_page(
    request: HttpRequest, scheme: Scheme | None, problems: list[str], sides: list[str]
) -> HttpResponse:
    back = link_to("scheme:scheme", pk=scheme.pk) if scheme else link_to("scheme:schemes")
    shown: Drawn = {
        "title": _("导入新文本") if scheme else _("导入方案"),
        "sub": scheme.title if scheme else _("把印发的文件变成任务和责任单位；原文一字不改地保存。"),
        "crumbs": crumbs((_("方案"), link_to("scheme:schemes"))),
        "actions": [],
        "problems": problems,
        "accept": uploads.ACCEPTED,
        "is_new": scheme is None,
        "sides": [{"value": side, "label": Side(side).label} for side in sides],
        "sharings": [
            {"value": Sharing.SHARED.value, "label": _("两地共享：生效后对方可以查看")},
            {"value": Sharing.PRIVATE.value, "label": _("仅本方")},
        ],
        "cancel": back,
    }
    return render(request, "scheme/import.html", shown, status=422 if problems else 200)


@require_GET
def scheme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The version in force, or the draft for those who manage it."""
    actor = actor_of(request)
    found = get_scheme(actor, pk)
    versions = {version.state: version for version in found.versions.all()}
    version = versions.get(State.IN_FORCE) or versions.get(State.DRAFT)
    return redirect(version_url(get_version(actor, version.pk)))  # type: ignore[union-attr]


@require_GET
def version(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_version(actor, pk)
    shown = tree_context(actor, found, whole(request.GET.get("part"), 0))
    shown |= {"actions": version_actions(found, manages(actor, found.scheme))}
    return respond(request, "scheme/version.html", "", shown)


def version_actions(found: SchemeVersion, is_manager: bool) -> list[Drawn]:
    """What may be done with a version, the main thing last."""
    if not found.is_draft:
        matrix = action(
            _("责任矩阵"), link_to("scheme:matrix", pk=found.pk), kind="primary", main=True, icon="columns"
        )
        return [*(_next_versions(found) if is_manager else []), matrix]
    hidden = [{"name": "edition", "value": found.edition}]
    discard = action(
        _("放弃"),
        link_to("scheme:discard", pk=found.pk),
        kind="danger",
        method="post",
        hidden=hidden,
        confirm=_("放弃这一版？已做的修改不再保留。"),
    )
    if found.ordinal > 1 and found.scheme.versions.filter(state=State.IN_FORCE).exists():
        url = link_to("scheme:difference", pk=found.pk)
        return [discard, action(_("看差别，再生效"), url, kind="primary", main=True)]
    return [discard, save_action(found)]


def save_action(found: SchemeVersion) -> Drawn:
    return action(
        _("存为现行版本"),
        link_to("scheme:save", pk=found.pk),
        kind="primary",
        main=True,
        method="post",
        hidden=[{"name": "edition", "value": found.edition}],
        confirm=_("生效后，责任单位即按此报送进展。确定吗？"),
    )


def _next_versions(found: SchemeVersion) -> list[Drawn]:
    if found.state != State.IN_FORCE:
        return []
    pk = found.scheme_id
    draft = found.scheme.versions.filter(state=State.DRAFT).first()
    if draft is not None:
        return [action(_("继续修订"), version_url(draft), icon="edit")]
    return [
        action(_("导入新文本"), link_to("scheme:newer", pk=pk), icon="upload"),
        action(_("开始修订"), link_to("scheme:correct", pk=pk), method="post", icon="edit"),
    ]


@require_POST
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_scheme(actor, pk)

    def act() -> str:
        actions.start_correction(found, actor=actor)
        return _("已复制现行版本，可以修改了。")

    answer = attempt(request, act, link_to("scheme:scheme", pk=pk))
    draft = found.versions.filter(state=State.DRAFT).first()
    return redirect(version_url(draft)) if draft else answer


@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_version(actor, pk)

    def act() -> str:
        actions.save_version(found.pk, actor=actor, edition=whole(request.POST.get("edition")))
        return _("已生效。责任单位的进展应报事项已经建立。")

    return attempt(request, act, version_url(found))


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = get_version(actor, pk)

    def act() -> str:
        actions.discard_draft(found.pk, actor=actor, edition=whole(request.POST.get("edition")))
        return _("已放弃这一版。")

    return attempt(request, act, link_to("scheme:schemes"))


@require_POST
def terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sharing, and since when and how soon progress is owed."""
    actor = actor_of(request)
    found = get_scheme(actor, pk)

    def act() -> str:
        values: dict[str, Any] = {
            "sharing": request.POST.get("sharing", ""),
            "reports_since": read_day(request.POST.get("reports_since", "")),
            "due_days": whole(request.POST.get("due_days")),
        }
        if values["sharing"] not in Sharing.values or values["reports_since"] is None:
            raise RuleViolated(_("请填写共享范围和起报日期。"))
        actions.set_terms(found, actor=actor, reason=_("修改报送要求"), **values)
        return _("已保存报送要求。")

    return attempt(request, act, link_to("scheme:scheme", pk=pk))
