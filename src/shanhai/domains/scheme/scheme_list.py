"""The schemes an actor may see."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link_to

from .access import managed_sides, visible_schemes
from .asking import Drawn, action
from .models import Scheme, SchemeVersion

State = SchemeVersion.State


def list_context(actor: Actor) -> Drawn:
    """What scheme/schemes.html shows. Two queries."""
    is_manager = bool(managed_sides(actor))
    main = action(_("导入方案"), link_to("scheme:import"), kind="primary", main=True, icon="upload")
    return {
        "title": _("方案"),
        "sub": _("印发的文件，和从中分解出来的任务与责任单位"),
        "crumbs": [],
        "actions": [main] if is_manager else [],
        "table": _table(actor),
        "empty": {
            "title": _("还没有方案"),
            "text": _("把印发的实施方案导入，就能看到谁在什么时候要做什么。"),
            "actions": [main] if is_manager else [],
        },
    }


def _table(actor: Actor) -> Drawn:
    labels = (_("方案"), _("发文字号"), _("成文日期"), _("所属方"), _("任务"), _("待确认"), _("版本"))
    number = {4, 5}
    columns = [{"label": label, "kind": "number" if at in number else ""} for at, label in enumerate(labels)]
    return {"columns": columns, "rows": list(_rows(actor, labels))}


def listed(actor: Actor) -> Iterator[tuple[Scheme, Any]]:
    """Schemes, each with the version in force, else its draft for those who manage it. Two queries.

    Shape: a version has `task_count` and `question_count`, of open questions.
    """
    # «in_force» sorts after «draft».
    shown = (
        SchemeVersion.objects.filter(scheme=OuterRef("pk")).exclude(state=State.REPLACED).order_by("-state")
    )
    schemes = visible_schemes(actor).annotate(shown=Subquery(shown.values("pk")[:1]))
    versions = SchemeVersion.objects.annotate(
        task_count=Count("sections__task", distinct=True),
        question_count=Count("questions", filter=Q(questions__answer=""), distinct=True),
    ).in_bulk([scheme.shown for scheme in schemes])
    sides = managed_sides(actor)
    for scheme in schemes:
        version = versions.get(scheme.shown)
        if version is not None and (not version.is_draft or scheme.side in sides):
            yield scheme, version


def _rows(actor: Actor, labels: tuple[str, ...]) -> Iterator[Drawn]:
    for scheme, version in listed(actor):
        texts = (
            scheme.title,
            scheme.number,
            scheme.dated_on.isoformat() if scheme.dated_on else "",
            scheme.get_side_display(),
            f"{version.task_count:,}",
            f"{version.question_count:,}",
            f"{version} · {version.get_state_display()}",
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[0]["kind"] = "long"
        cells[4]["kind"] = cells[5]["kind"] = "number"
        yield {
            "id": str(scheme.pk),
            "label": scheme.title,
            "url": link_to("scheme:scheme", pk=scheme.pk),
            "cells": cells,
        }
