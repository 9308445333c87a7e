"""The book of rules to take along: every rule one line, as Excel and Word."""

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.dated import DatedRule
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.registers.papers import Paper, PaperRow, PaperTable, issuer_of
from shanhai.registers.tables import in_force_badge

from .book import Rule, book, in_words


def paper(actor: Actor, *, has_past: bool) -> Paper:
    """Rules in force or to come; with `has_past` those that were as well."""
    columns = [
        SheetColumn("chapter", _("所属"), Kind.TEXT, width=16),
        SheetColumn("rule", _("规定"), Kind.TEXT, width=24),
        SheetColumn("known_by", _("适用于"), Kind.TEXT, width=24),
        SheetColumn("said", _("内容"), Kind.LONG_TEXT, width=40),
        SheetColumn("valid_from", _("启用日期"), Kind.DATE),
        SheetColumn("valid_to", _("停用日期"), Kind.DATE),
        SheetColumn("state", _("状态"), Kind.TEXT),
        SheetColumn("source", _("依据"), Kind.LONG_TEXT, width=40),
    ]
    today = clock.today()
    rows = [
        PaperRow(_cells(rule, row))
        for rule in book()
        for row in rule.model.objects.all()
        if has_past or row.valid_to is None or row.valid_to >= today
    ]
    note = _("%(day)s 的规定与数值，按日期生效，每条写明依据。") % {"day": today.isoformat()}
    table = PaperTable("", columns, rows)
    return Paper(_("规定与数值"), note, [table], f"rules-{today:%Y%m%d}", issuer_of(actor))


def _cells(rule: Rule, row: DatedRule) -> tuple[object, ...]:
    said = "；".join(f"{rule.heading(name)}：{in_words(row, name)}" for name in rule.said)
    state = str(in_force_badge(row)["label"])
    return (
        rule.chapter,
        rule.title,
        rule.name_of(row),
        said,
        row.valid_from,
        row.valid_to,
        state,
        row.source,
    )
