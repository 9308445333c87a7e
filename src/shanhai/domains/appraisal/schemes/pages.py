"""试评与发布: what the drafted text would score every unit on a year, and the texts in force."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.papers import file_of, issuer_of
from shanhai.registers.tables import table_of

from ..models import AppraisalRelease, AppraisalScheme
from ..reconciling.saying import said_of_text
from . import actions, reports, wording
from .drawing import lines_table, totals_table
from .papers import trial_paper
from .texts import digest_of, items_of, problems_of, text_of
from .watching import firm_table, odd_table

Drawn = dict[str, Any]
#: Years that can be asked for.
YEARS = range(2000, 2200)


def asked_year(given: str) -> int:
    """Errors: NotVisible for what is no year."""
    if not given:
        return reports.last_year()
    year = whole_number(given)
    if year not in YEARS:
        raise NotVisible
    return year


def drafted(scheme: AppraisalScheme) -> Drawn:
    """The text its rows make now."""
    return text_of(scheme, items_of(scheme))


@require_GET
def trial(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft on a year's rows, against the release in force."""
    actor = actor_of(request)
    scheme = actions.supervised(pk, actor)
    year, text = asked_year(request.GET.get("year", "")), drafted(scheme)
    problems = problems_of(text)
    shown = _context(scheme, actor, text, problems) | {"year": str(year)}
    if not problems:
        found = reports.tried(scheme, text, year)
        shown["table"] = totals_table(scheme, found)
        shown["firm"] = firm_table(found) if len(found.units) > 1 else None
        shown["odd"] = odd_table(found)
        shown["note_on_trial"] = trial_note(found)
    return render(request, "appraisal/scheme_trial.html", shown)


def trial_note(found: reports.Trial) -> str:
    """What a trial rests on, and which of its figures the two sides have not reconciled."""
    if found.has_entries:
        said = _("按 %(year)s 年台账和已核实的自评试评；须附佐证而没有的不计分。") % {"year": found.year}
    else:
        said = _("按 %(year)s 年台账试评；定性评价未打分，佐证视为齐全。") % {"year": found.year}
    return said + said_of_text(found.text, found.year)


def _context(scheme: AppraisalScheme, actor: Actor, text: Drawn, problems: list[str]) -> Drawn:
    may = actions.may_release(scheme, actor)
    releases = list(AppraisalRelease.objects.filter(scheme=scheme).order_by("-number"))
    return {
        "title": _("试评与发布"),
        "sub": scheme.name,
        "crumbs": [crumb(scheme)],
        "actions": [] if problems else _downloads(scheme),
        "problems": problems,
        "table": None,
        "firm": None,
        "odd": None,
        "note_on_trial": "",
        "may": may,
        "digest": digest_of(text),
        "release_url": reverse("appraisal:scheme_release", args=[scheme.pk]),
        "restore_url": reverse("appraisal:scheme_restore", args=[scheme.pk]),
        "fields": [_day("valid_from", date(scheme.first_year, 1, 1).isoformat()), _note("note")],
        "releases": _releases(releases),
        "old": _restoring(releases[1:]) if may else [],
    }


def crumb(scheme: AppraisalScheme) -> Drawn:
    """The way back to the scheme."""
    url = link(registry.get(AppraisalScheme.ledger_key()), "detail", pk=scheme.pk)
    return {"label": str(scheme), "url": url}


def _downloads(scheme: AppraisalScheme) -> list[Drawn]:
    return [
        {
            "label": label,
            "url": reverse(f"appraisal:scheme_trial_{form}", args=[scheme.pk]),
            "icon": "download",
        }
        for label, form in ((_("导出 Excel"), "xlsx"), (_("导出 Word"), "docx"))
    ]


def _day(identifier: str, value: str) -> Drawn:
    field = {"name": identifier, "id": identifier, "kind": "date", "value": value, "errors": []}
    return {**field, "label": _("启用日期"), "required": True}


def _note(identifier: str) -> Drawn:
    field = {"name": identifier, "id": identifier, "kind": "text", "value": "", "errors": []}
    return {**field, "label": _("发布说明"), "required": True, "maxlength": 200, "long": True}


def _restoring(old: list[AppraisalRelease]) -> list[Drawn]:
    """Which earlier text, since when, and why; nothing where there is none."""
    options = [{"value": str(one.number), "label": f"V{one.number}", "selected": False} for one in old]
    field = {"name": "number", "id": "number", "kind": "select", "value": "", "errors": []}
    choice = {**field, "label": _("恢复旧版本"), "options": options, "required": True}
    return [choice, _day("restored_from", ""), _note("why")] if old else []


def _releases(releases: list[AppraisalRelease]) -> Drawn:
    who = people([one.released_by for one in releases])
    labels = (_("版本"), _("启用日期"), _("发布时间"), _("发布人"), _("发布说明"), _("恢复自"), _("考核项数"))
    rows = [
        (
            "",
            (
                f"V{one.number}",
                {"text": one.valid_from.isoformat(), "kind": "date"},
                moment(one.released_at),
                who[one.released_by].name,
                {"text": one.release_note, "kind": "long"},
                f"V{one.restores}" if one.restores else "",
                {"text": str(len(one.text["items"])), "kind": "number"},
            ),
        )
        for one in releases
    ]
    return table_of(labels, rows)


@require_GET
def trial_unit(request: HttpRequest, pk: UUID, unit: UUID) -> HttpResponse:
    """One unit item by item: reading, rule, points, and the rows behind each."""
    scheme = actions.supervised(pk, actor_of(request))
    year, text = asked_year(request.GET.get("year", "")), drafted(scheme)
    if problems := problems_of(text):
        raise RuleViolated(problems={"": problems}, code="not_computable")
    found = reports.tried(scheme, text, year)
    one = found.of(unit)
    if one is None:
        raise NotVisible
    own, result = one
    back = with_query(reverse("appraisal:scheme_trial", args=[scheme.pk]), {"year": str(year)})
    shown = {
        "title": own.name,
        "sub": _("%(name)s · %(year)s 年试评") % {"name": scheme.name, "year": year},
        "crumbs": [crumb(scheme), {"label": _("试评与发布"), "url": back}],
        "actions": [],
        "figures": [
            _figure(_("总分"), wording.points(result.total), _("分"), result.grade),
            _figure(_("名次"), str(result.place), "", _("共 %(n)s 个单位") % {"n": len(found.units)}),
        ],
        "table": lines_table(text, found.readings[unit], result, lambda item: found.rows_url(item, own)),
    }
    return render(request, "appraisal/scheme_unit.html", shown)


def _figure(name: str, value: str, unit: str, note: str) -> Drawn:
    return {"name": name, "value": value, "unit": unit, "note": note}


@require_GET
def trial_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The trial as Excel or Word."""
    actor = actor_of(request)
    scheme = actions.supervised(pk, actor)
    if not actor.allows(Verb.EXPORT, AppraisalScheme.ledger_key()):
        raise NotVisible
    text = drafted(scheme)
    if problems := problems_of(text):
        raise RuleViolated(problems={"": problems}, code="not_computable")
    found = reports.tried(scheme, text, asked_year(request.GET.get("year", "")))
    return file_of(trial_paper(scheme, found, trial_note(found), issuer_of(actor)), form)


@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form under the trial."""
    given = request.POST
    return _decided(
        request,
        pk,
        lambda actor: actions.release_scheme(
            pk,
            digest=given.get("digest", ""),
            valid_from=day_of(given.get("valid_from", "")),
            note=given.get("note", ""),
            actor=actor,
        ),
    )


@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An old text again."""
    given = request.POST
    return _decided(
        request,
        pk,
        lambda actor: actions.restore_scheme(
            pk,
            number=whole_number(given.get("number", "")),
            valid_from=day_of(given.get("restored_from", "")),
            note=given.get("why", ""),
            actor=actor,
        ),
    )


def day_of(given: str) -> date | None:
    """A day as a form sends it; None for none. Errors: RuleViolated."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise RuleViolated(_("日期写成 2021-09-01 这样。"), code="bad_date") from None


def _decided(request: HttpRequest, pk: UUID, decide: Callable[[Actor], AppraisalRelease]) -> HttpResponse:
    try:
        made = decide(actor_of(request))
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("第 %(number)s 版已发布。") % {"number": made.number})
    return redirect("appraisal:scheme_trial", pk)
