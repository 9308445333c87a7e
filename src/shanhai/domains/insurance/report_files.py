"""A report of insurance as a paper: the same columns and numbers as on the page."""

from django.utils.translation import gettext as _

from shanhai.kernel.documents.model import Number
from shanhai.kernel.scope import Actor
from shanhai.registers.papers import Paper, PaperTable, issuer_of

from .reports import Report


def paper_of(found: Report, actor: Actor) -> Paper:
    """The whole report, of whom and from when to when; the amount that decides is a figure as the others."""
    days = _("%(first)s 至 %(last)s。") % {"first": found.first.isoformat(), "last": found.last.isoformat()}
    line = found.threshold
    return Paper(
        title=found.title + (f"（{found.who}）" if found.who else ""),
        note=days + found.note,
        tables=[PaperTable("", found.columns, found.lines)],
        stem=found.title,
        issuer=issuer_of(actor),
        figures=() if line is None else (Number(line, f"{line:,}", "", "threshold"),),
    )
