"""The papers behind an indicator: files of the counted rows, and rows that lack the demanded one."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.evidence.attach import may_open, shown_name
from shanhai.kernel.indicators.rows import counted_ids, ledger_rows, own
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.people import people

from .asking import Asking
from .indicator_rows import row_cells

Drawn = dict[str, Any]
PAGE = 50
#: Rows without the demanded paper that the page lists; all of them are counted.
MOST_MISSING = 20


class Evidence:
    """Files of one indicator and period, in the order in which they were attached."""

    def __init__(self, asking: Asking, *, after: str) -> None:
        self.asking = asking
        self.version = own(asking.indicator, asking.period)
        self.ids = counted_ids(self.version, asking.scope, asking.period)
        self.links = EvidenceLink.objects.for_rows(self.version.source, self.ids)
        self.after = _parsed(after)

    def context(self) -> Drawn:
        with_file = set(self.links.values_list("row_id", flat=True).distinct())
        return {
            "figures": list(self._figures(with_file)),
            "missing": self._missing(),
            **self._files(),
            "empty": {
                "title": _("还没有佐证"),
                "text": _("在台账记录的“佐证”栏上传；上传后这里自动列出，并进入佐证包。"),
            },
        }

    def _figures(self, with_file: set[UUID]) -> Iterable[Drawn]:
        rows = len(self.ids)
        share = {"value": len(with_file), "max": rows or 1, "label": f"{len(with_file)} / {rows}"}
        url = self.asking.url("indicator_rows", reason="counted")
        yield {"name": _("计入的行（您可打开的）"), "value": f"{rows:,}", "unit": _("行"), "url": url}
        yield {"name": _("有佐证的行"), "value": f"{len(with_file):,}", "unit": _("行"), "bar": share}
        yield {"name": _("佐证文件"), "value": f"{self.links.count():,}", "unit": _("份")}

    def _missing(self) -> Drawn | None:
        """Counted rows without the paper the indicator demands."""
        wanted = self.version.evidence_class
        if not wanted or self.version.source not in ledgers:
            return None
        have = set(self.links.filter(evidence_class=wanted).values_list("row_id", flat=True))
        lacking = [pk for pk in self.ids if pk not in have]
        rows = ledger_rows(self.version.model, lacking[:MOST_MISSING])
        columns, drawn = row_cells(self.version, list(rows.values()), self.asking)
        return {
            "label": _("缺“%(paper)s”的行") % {"paper": class_label(self.version.source, wanted)},
            "count": f"{len(lacking):,}",
            "note": _("列出前 %(rows)s 行") % {"rows": len(rows)} if len(lacking) > len(rows) else "",
            "table": {"columns": columns, "rows": drawn},
        }

    def _files(self) -> Drawn:
        found = self.links.select_related("file").order_by("id")
        if self.after:
            found = found.filter(id__gt=self.after)
        shown = list(found[: PAGE + 1])
        more, shown = len(shown) > PAGE, shown[:PAGE]
        following = self.asking.url("indicator_evidence", after=str(shown[-1].pk)) if more else ""
        return {
            "table": self._table(shown),
            "pager": {
                "shown": _("本页 %(files)s 份") % {"files": len(shown)},
                "total": _("共 %(files)s 份") % {"files": f"{self.links.count():,}"},
                "first": self.asking.url("indicator_evidence") if self.after else "",
                "previous": "",
                "next": following,
            },
        }

    def _table(self, shown: Sequence[EvidenceLink]) -> Drawn:
        labels = (_("文件"), _("类别"), _("台账记录"), "SHA-256", _("上传人"), _("上传时间"))
        rows = ledger_rows(self.version.model, [one.row_id for one in shown])
        who = people(one.attached_by for one in shown)
        drawn = [self._row(one, rows.get(one.row_id), who[one.attached_by].name, labels) for one in shown]
        return {"columns": [{"label": label} for label in labels], "rows": drawn}

    def _row(self, one: EvidenceLink, row: Any, who: str, labels: Sequence[str]) -> Drawn:
        ledger, actor = ledgers.get(one.ledger), self.asking.actor
        name = shown_name(one, ledger, is_open=row is not None and may_open(ledger, row, actor))
        texts = (
            name,
            class_label(one.ledger, one.evidence_class),
            row_label(ledger, row, actor) if row else "",
            one.file.digest[:16],
            who,
            f"{timezone.localtime(one.attached_at):%Y-%m-%d %H:%M}",
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[3]["kind"], cells[5]["kind"] = "code", "date"
        url = link(ledger, "detail", pk=row.pk) if row else ""
        cells[2]["url"] = url
        return {"id": str(one.pk), "label": name, "url": f"{url}#evidence" if url else "", "cells": cells}


def class_label(source: str, code: str) -> str:
    """What a class of papers is called in its ledger."""
    if source not in ledgers:
        return code
    labels = {one.code: str(one.label) for one in ledgers.get(source).evidence_classes}
    return labels.get(code, code or _("未分类"))


def _parsed(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotVisible from None
