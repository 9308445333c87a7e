"""车间台账: the workshops at work in a month, what each reported of it, and which lie under the standard."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.engines.values import PeriodKind
from shanhai.kernel.sheets.columns import Kind, SheetColumn

from . import reports
from .books import Asked, Book, Line
from .models import Workshop


def _columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("code", _("车间编号"), Kind.TEXT, width=12),
        SheetColumn("name", _("车间名称"), Kind.TEXT, width=24),
        SheetColumn("kind", _("车间类型"), Kind.TEXT, width=12),
        SheetColumn("place", _("所在地"), Kind.TEXT, width=14),
        SheetColumn("run_by", _("车间经营主体"), Kind.TEXT, width=26),
        SheetColumn("recognition", _("现在的状态"), Kind.TEXT, width=10),
        SheetColumn("recognised_on", _("认定日期"), Kind.DATE),
        SheetColumn("jobs", _("车间吸纳人数"), Kind.INTEGER, unit=_("人")),
        SheetColumn("ex_poor", _("吸纳脱贫人口"), Kind.INTEGER, unit=_("人")),
        SheetColumn("wage_bill", _("当月工资总额"), Kind.MONEY, unit=_("元")),
        SheetColumn("average", _("月均工资"), Kind.MONEY, unit=_("元")),
        SheetColumn("premium", _("意外险保费"), Kind.MONEY, unit=_("元")),
        SheetColumn("under", _("连续不达标"), Kind.INTEGER, unit=_("月")),
        SheetColumn("alarm", _("预警"), Kind.LONG_TEXT, width=40),
    )


def _lines(asked: Asked) -> list[Line]:
    return reports.workshop_book(asked.side, asked.period)


WORKSHOP_BOOK = Book(
    code="workshops",
    title=gettext_lazy("车间台账"),
    note=gettext_lazy("当月末已认定、没有取消的车间；人数、工资取当月已报的月报，没有月报的留空。"),
    ledger=Workshop.ledger_key(),
    kind=PeriodKind.MONTH,
    columns=_columns,
    lines=_lines,
)
