"""«规定与数值»: what documents set, by chapter, each with its days and its source; changes by two people."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shanhai.kernel import clock
from shanhai.kernel.dated import DatedRule
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.kernel.surfaces.narration import HISTORY_URL, history_page
from shanhai.kernel.surfaces.respond import see_other
from shanhai.registers.editing import Editing
from shanhai.registers.papers import FORMS, file_of
from shanhai.registers.tables import in_force_badge, table_of, validity

from . import changing
from .book import Rule, book, in_words, reader, rule_of
from .change_pages import entries
from .forms import EndForm, setting_form
from .models import RuleChange
from .paper import paper

Drawn = dict[str, Any]
_DAY = timedelta(days=1)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """All rules in force or to come, by chapter; with `past` those that were as well; `form`: as a file."""
    actor, has_past = reader(request), bool(request.GET.get("past"))
    if form := request.GET.get("form"):
        return file_of(paper(actor, has_past=has_past), form)
    chapters = [
        {"title": chapter, "kinds": [_kind(rule, actor, has_past=has_past) for rule in group]}
        for chapter, group in groupby(book(), lambda rule: rule.chapter)
    ]
    past = {"label": _("只看在用的"), "url": request.path} if has_past else _past(request)
    shown = {
        "title": _("规定与数值"),
        "sub": _("文件定的线、期限、比例，按日期生效，写明依据。改动由一人提出、另一人批准。"),
        "crumbs": [],
        "actions": [
            {"kind": "", **past},
            *(_file(request, form) for form in FORMS),
            {"label": _("变更记录"), "url": reverse("rulebook:changes")},
        ],
        "waiting": entries(changing.to_decide(actor)),
        "chapters": chapters,
    }
    return render(request, "rulebook/rules.html", shown)


def _file(request: HttpRequest, form: str) -> Drawn:
    label = {"xlsx": "Excel", "docx": "Word"}[form]
    kept = {"past": request.GET["past"]} if request.GET.get("past") else {}
    return {"label": label, "url": with_query(request.path, {**kept, "form": form}), "icon": "download"}


def _past(request: HttpRequest) -> Drawn:
    return {"label": _("连同已停用的"), "url": with_query(request.path, {"past": "1"})}


def _kind(rule: Rule, actor: Actor, *, has_past: bool) -> Drawn:
    """One kind of rule: its rows in a table, and where a new one is asked for."""
    today, may_change = clock.today(), bool(rule.sides(actor))
    rows = list(rule.model.objects.all())
    shown = [row for row in rows if has_past or row.valid_to is None or row.valid_to >= today]
    headings = [rule.heading(name) for name in rule.fields]
    lines = [(_row_url(rule, row), _cells(rule, row)) for row in shown]
    return {
        "title": rule.title,
        "anchor": rule.label.replace(".", "-"),
        "table": table_of([*headings, _("起止"), _("状态"), _("依据")], lines) if lines else None,
        "unset": _unset(rule, [row for row in rows if row.holds_on(today)]),
        "url": reverse("rulebook:setting", args=[rule.label]) if may_change else "",
    }


def _row_url(rule: Rule, row: DatedRule) -> str:
    return reverse("rulebook:rule", args=[rule.label, row.pk])


def _cells(rule: Rule, row: DatedRule) -> list[Any]:
    return [
        *({"text": in_words(row, name), "kind": "long"} for name in rule.fields),
        {"text": validity(row), "kind": "date"},
        {"kind": "state", "state": in_force_badge(row)},
        {"text": row.source, "kind": "long"},
    ]


def _unset(rule: Rule, held_rows: Iterable[DatedRule]) -> list[str]:
    """Of a kind known by one code: codes without a rule in force, in words."""
    if len(rule.key) != 1 or rule.model.MAY_END:
        return []
    field: Any = rule.model._meta.get_field(rule.key[0])
    held = {getattr(row, field.name) for row in held_rows}
    return [str(text) for code, text in field.flatchoices if code not in held]


@require_GET
def rule(request: HttpRequest, label: str, pk: UUID) -> HttpResponse:
    """One rule, those before and after it, and its history."""
    actor, kind = reader(request), rule_of(label)
    row = _row(kind, str(pk))
    title = kind.name_of(row) or kind.title
    crumbs = [{"label": _("规定与数值"), "url": link_to("rulebook:rules")}]
    if "history" in request.GET:
        return history_page(request, title, crumbs, [row])
    others = kind.among(kind.texts(row)).exclude(pk=row.pk)
    headings = [*(kind.heading(name) for name in kind.said), _("起止"), _("状态"), _("依据")]
    lines = [(_row_url(kind, one), _cells(kind, one)[len(kind.key) :]) for one in others]
    shown = {
        "title": title,
        "sub": kind.title,
        "crumbs": crumbs,
        "state": in_force_badge(row),
        "actions": [*_acts(kind, row, actor), {"label": _("历史"), "url": HISTORY_URL}],
        "facts": _facts(kind, row),
        "others": table_of(headings, lines) if lines else None,
    }
    return render(request, "rulebook/rule.html", shown)


def _acts(kind: Rule, row: DatedRule, actor: Actor) -> list[Drawn]:
    if not kind.sides(actor):
        return []
    asked = {"row": str(row.pk)}
    setting, ending = (reverse(f"rulebook:{name}", args=[kind.label]) for name in ("setting", "ending"))
    acts = [{"label": _("修改"), "url": with_query(setting, asked), "kind": "primary", "main": True}]
    if kind.model.MAY_END:
        acts.append({"label": _("停用"), "url": with_query(ending, asked), "kind": ""})
    return acts


def _facts(kind: Rule, row: DatedRule) -> list[Drawn]:
    told = [(kind.heading(name), in_words(row, name)) for name in kind.fields]
    told += [(_("起止"), validity(row)), (_("依据"), row.source)]
    return [{"label": label, "text": text} for label, text in told]


def _row(kind: Rule, text: str) -> DatedRule:
    """Errors: NotVisible."""
    try:
        found: DatedRule | None = kind.model.objects.filter(pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotVisible
    return found


def _changer(request: HttpRequest, label: str) -> tuple[Rule, Actor]:
    """Errors: NotAllowed."""
    actor, kind = reader(request), rule_of(label)
    if not kind.sides(actor):
        raise NotAllowed
    return kind, actor


@require_http_methods(["GET", "POST"])
def setting(request: HttpRequest, label: str) -> HttpResponse:
    """Ask for a rule; begins with what the one named by `row` says, from tomorrow on."""
    kind, actor = _changer(request, label)
    given = kind.values(kind.texts(_row(kind, request.GET["row"]))) if request.GET.get("row") else {}
    fresh = kind.model(valid_from=clock.today() + _DAY, **given)
    editing = Editing(setting_form(kind), fresh, request)
    title = _("新规定：%(kind)s") % {"kind": kind.title}
    return _asked(editing, kind, RuleChange.Kind.SET, kind.texts, actor) or _form(editing, kind, title)


@require_http_methods(["GET", "POST"])
def ending(request: HttpRequest, label: str) -> HttpResponse:
    """Ask that the rule named by `row` holds no more from a day on."""
    kind, actor = _changer(request, label)
    row = _row(kind, request.GET.get("row", ""))
    editing = Editing(EndForm, RuleChange(valid_from=clock.today() + _DAY), request)
    title = _("停用：%(rule)s") % {"rule": kind.name_of(row) or kind.title}
    texts = kind.texts(row)
    return _asked(editing, kind, RuleChange.Kind.END, lambda made: texts, actor) or _form(
        editing, kind, title
    )


def _asked(
    editing: Editing[Any], kind: Rule, what: str, texts: Callable[[Any], dict[str, str]], actor: Actor
) -> HttpResponse | None:
    """The page of the change, or nothing while the form is not sent or not right."""
    if not editing.is_ready():
        return None
    made: Any = editing.form.instance
    try:
        change = changing.ask(
            kind,
            what,
            texts(made),
            valid_from=made.valid_from,
            valid_to=made.valid_to,
            source=made.source,
            reason=editing.reason,
            actor=actor,
        )
    except RuleViolated as refused:
        _tell(editing, refused)
        return None
    return see_other(reverse("rulebook:change", args=[change.pk]))


def _tell(editing: Editing[Any], refused: RuleViolated) -> None:
    for name, texts in (refused.problems or {"": [str(refused)]}).items():
        for text in texts:
            editing.form.add_error(name if name in editing.form.fields else None, text)


def _form(editing: Editing[Any], kind: Rule, title: str) -> HttpResponse:
    url = reverse("rulebook:rules")
    sub = _("提出以后由另一位有权管规定的人批准，批准之前不生效。")
    crumbs = [{"label": _("规定与数值"), "url": url}]
    return editing.respond(
        title=title, crumbs=crumbs, cancel_url=url, sub=sub, group=kind.title, submit=_("提出")
    )
