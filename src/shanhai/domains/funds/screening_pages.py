"""负面清单筛查: what the list and the search for repetitions found, as findings; letting one pass."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import REPORTED_STATES, Actor, covers
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.boards import field, form, long, section
from shanhai.web.checks import Checks, Found, Named, render_checks
from shanhai.web.later import answer

from . import screening
from .models import Project
from .screening_rules import DUPLICATE, NEGATIVE

PASSED = "passed"


def _find(actor: Actor) -> list[Found]:
    """Objections to the projects of the reader's sight; what was let pass last, with who and why."""
    rows = Project.objects.live().select_related("owner_unit", "place", "place__parent")
    projects = {one.pk: one for one in rows.order_by("code")}
    found = []
    for key, those in screening.judged(list(projects.values())).items():
        project = projects[key]
        for one in those:
            passed = one.passed
            sentence = one.objection.sentence
            if passed is not None:
                sentence += _("已放行：%(why)s") % {"why": passed.reason}
            other: Any = projects.get(one.objection.other)
            found.append(
                Found(
                    code=PASSED if passed else one.objection.code,
                    sentence=sentence,
                    row=_named(project),
                    unit_id=str(project.owner_unit_id),
                    unit=str(project.owner_unit),
                    others=() if other is None else (_named(other),),
                )
            )
    return sorted(found, key=lambda one: (one.code == PASSED, one.row.text))


def _named(project: Project) -> Named:
    return Named(project.ledger_key(), project.pk, f"{project.code} {project.name}")


CHECKS = Checks(
    title=gettext_lazy("负面清单筛查"),
    note=gettext_lazy(
        "按有效的负面清单和同一地点的相似项目实时筛查。未放行的不能入库；放行在项目的“项目流程”页，由核实人写明理由。"
    ),
    labels={
        NEGATIVE: gettext_lazy("负面清单"),
        DUPLICATE: gettext_lazy("疑似重复安排"),
        PASSED: gettext_lazy("已放行"),
    },
    ledger=Project.ledger_key(),
    find=_find,
)


@require_GET
def screening_page(request: HttpRequest) -> HttpResponseBase:
    return render_checks(request, CHECKS)


def screening_section(project: Project, actor: Actor) -> list[dict[str, Any]]:
    """On the path of a project: what was found, who let it pass; a form for who may."""
    found = screening.judged([project])[project.pk]
    if not found:
        return []
    may = covers(actor, Verb.VERIFY, Project.ledger_key(), project) and project.state in REPORTED_STATES
    rows = [
        ("", [long(one.objection.sentence), one.passed.passed_by if one.passed else "", _reason(one)])
        for one in found
    ]
    forms = [
        form(
            reverse("funds:let_pass", args=[project.pk]),
            _("放行"),
            fields=[
                field("reason", _("放行理由"), required=True, maxlength=300, id=f"reason-{number}"),
            ],
            hidden={"objection": one.objection.key},
            note=one.objection.sentence,
        )
        for number, one in enumerate(found)
        if may and one.passed is None
    ]
    headings = (_("筛查发现"), _("放行人"), _("放行理由"))
    return [section(_("筛查"), table_of(headings, rows), url=reverse("funds:screening"), forms=forms)]


def _reason(one: screening.Judged) -> dict[str, Any]:
    return long(one.passed.reason if one.passed else _("未放行"))


@require_POST
def let_pass(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a person who answers for one objection."""

    def record(version: int) -> None:
        sent = request.POST
        screening.let_pass(
            pk, objection=sent.get("objection", ""), reason=sent.get("reason", ""), actor=actor_of(request)
        )

    return answer(request, reverse("funds:project_path", args=[pk]), record)
