"""What the pages of rules show."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to

from .models import ObligationRule
from .rule_form import RuleForm
from .rule_words import due_text, lock_text, shortened, told, validity
from .rules import managed_sides, obligations_made, preview, visible_rules
from .summary import ledger_label

Drawn = dict[str, Any]


def form_context(form: RuleForm, problems: Mapping[str, Sequence[str]], *, shows_preview: bool) -> Drawn:
    """What kernel/form.html asks for."""
    who = _("可以按组选，也可以逐个选；重复的只算一次。")
    made = _preview_group(form) if shows_preview and not problems else None
    groups = [
        {
            "label": _("报什么、何时截止"),
            "note": "",
            "fields": [
                _field(form, name, problems)
                for name in (
                    "ledger",
                    "due_days",
                    "open_days",
                    "lock_days",
                    "minimum_rows",
                    "valid_from",
                    "source",
                )
            ],
        },
        {
            "label": _("谁报"),
            "note": who,
            "fields": list(_bound_fields(form, problems)),
        },
    ]
    return {
        "title": _("新增应报规则"),
        "sub": str(form.side.label),
        "crumbs": crumbs_of_rules(),
        "actions": [],
        "url": link_to("obligation_rule_new"),
        "hidden": [{"name": "side", "value": form.side.value}],
        "groups": [made, *groups] if made else groups,
        "problems": _problem_list(form, problems),
        "conflict": None,
        "draft": "",
        "submits": [
            {"label": _("试算"), "name": "then", "value": "preview", "kind": ""},
            {"label": _("保存并生效"), "name": "then", "value": "save", "kind": "primary"},
        ],
        "cancel_url": link_to("obligation_rules"),
    }


def crumbs_of_rules() -> list[Drawn]:
    return [
        {"label": _("应报事项"), "url": link_to("obligations")},
        {"label": _("应报规则"), "url": link_to("obligation_rules")},
    ]


def _bound_fields(form: RuleForm, problems: Mapping[str, Sequence[str]]) -> Iterator[Drawn]:
    """Groups, then the units in a column for each kind of unit; what is wrong stands at the first."""
    if form.all_groups:
        yield _field(form, "groups", problems)
    drawn = _field(form, "units", problems)
    by_kind: dict[str, list[Drawn]] = {}
    for option in drawn["options"]:
        unit = form.all_units[option["value"]]
        by_kind.setdefault(str(unit.get_kind_display()), []).append(option)
    for number, (kind, options) in enumerate(by_kind.items()):
        first = {} if number == 0 else {"id": f"id_units_{number}", "errors": []}
        yield {**drawn, "label": kind, "options": options, **first}


def _problem_list(form: RuleForm, problems: Mapping[str, Sequence[str]]) -> list[Drawn]:
    return [
        {
            "label": str(form.fields[name].label) if name in form.fields else "",
            "text": text,
            "anchor": f"id_{name}",
        }
        for name, texts in problems.items()
        for text in texts
    ]


_KINDS = {
    "ledger": "select",
    "due_days": "number",
    "open_days": "number",
    "lock_days": "number",
    "minimum_rows": "number",
    "valid_from": "date",
}


def _field(form: RuleForm, name: str, problems: Mapping[str, Sequence[str]]) -> Drawn:
    """What components/field.html shows."""
    field, value = form.fields[name], form[name].value()
    chosen = value if isinstance(value, list) else [value]
    units = {"due_days": _("天"), "open_days": _("天"), "lock_days": _("天"), "minimum_rows": _("行")}
    return {
        "name": name,
        "id": f"id_{name}",
        "label": str(field.label),
        "kind": _KINDS.get(name, "multi" if name in {"groups", "units"} else "text"),
        "value": "" if value is None else value,
        "help": str(field.help_text),
        "unit": units.get(name, ""),
        "required": field.required,
        "maxlength": getattr(field, "max_length", None),
        "long": name == "source",
        "errors": list(problems.get(name, ())),
        "options": [
            {"value": key, "label": text, "selected": key in chosen}
            for key, text in getattr(field, "choices", ())
        ],
    }


def _preview_group(form: RuleForm) -> Drawn:
    return {
        "label": _("试算"),
        "note": told(preview(form.rule(), form.bound_units(), clock.today())),
        "fields": [],
    }


def rules_context(actor: Actor) -> Drawn:
    """What kernel/obligation_rules.html asks for."""
    rules = visible_rules(actor)
    rules.sort(key=lambda rule: (rule.valid_to is not None, ledger_label(rule.ledger), rule.valid_from))
    new = {"label": _("新增规则"), "url": link_to("obligation_rule_new"), "kind": "primary", "main": True}
    actions = [{**new, "icon": "plus"}] if managed_sides(actor) else []
    return {
        "title": _("应报规则"),
        "sub": _("规则决定谁在什么时候报哪个台账；改规则就是停用旧的、新增一条。"),
        "crumbs": crumbs_of_rules()[:1],
        "actions": actions,
        "table": _rules_table(rules),
        "empty": {
            "title": _("还没有应报规则"),
            "text": _("新增一条规则，系统每天按规则生成应报事项。"),
            "icon": "list-details",
            "actions": actions,
        },
    }


def _rules_table(rules: Sequence[ObligationRule]) -> Drawn:
    labels = (_("台账"), _("频次"), _("截止"), _("锁定"), _("单位"), _("有效期"), _("依据"), _("已产生"))
    made = obligations_made(rules)
    rows = []
    for rule in rules:
        texts = (
            ledger_label(rule.ledger),
            PeriodKind(rule.frequency).label,
            due_text(rule.due_days),
            lock_text(rule.lock_days),
            shortened([str(bond.unit) for bond in rule.units.all()]),
            validity(rule.valid_from, rule.valid_to),
            rule.source,
            f"{made.get(rule.pk, 0):,}",
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[-1]["kind"] = "number"
        rows.append(
            {
                "id": str(rule.pk),
                "label": texts[0],
                "url": link_to("obligation_rule", pk=rule.pk),
                "cells": cells,
            }
        )
    kinds = ["" for _label in labels[:-1]] + ["number"]
    columns = [{"label": label, "kind": kind} for label, kind in zip(labels, kinds, strict=True)]
    return {"columns": columns, "rows": rows}
