"""The demonstration of supervision: four slips in different stages on both sides, and a daily log."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from shanhai.kernel.scope import Sharing
from shanhai.registers.seeding import Filed, Seeding, morning

from . import supervision_actions as actions
from .models import SupervisionEntry

K = SupervisionEntry.Kind


class Known(NamedTuple):
    """A slip, and its acts: who, day, act, words."""

    unit: str
    cause: str
    given: date
    due_on: date
    acts: Sequence[tuple[str, date, str, str]] = ()


SLIPS = (
    Known(
        "mt_farming",
        "茶叶加工厂技改方案未按期报双方审定",
        date(2021, 8, 16),
        date(2021, 8, 31),
        (
            ("unit", date(2021, 8, 17), "receive", ""),
            ("unit", date(2021, 9, 6), "reply", "方案已完成，设备清单待审"),
            ("office", date(2021, 9, 8), "send_back", "设备清单未附"),
        ),
    ),
    Known(
        "mt_labour",
        "务工就业月报连续两月逾期",
        date(2021, 7, 12),
        date(2021, 7, 26),
        (
            ("unit", date(2021, 7, 12), "receive", ""),
            ("unit", date(2021, 7, 20), "reply", "已补报，明确专人负责"),
            ("office", date(2021, 7, 22), "close", "核对月报，属实"),
        ),
    ),
    Known("dm_finance", "第二批协作资金拨付进度低于进度线", date(2021, 9, 20), date(2021, 9, 29)),
    Known(
        "dm_labour",
        "岗位清单八月未更新",
        date(2021, 9, 1),
        date(2021, 9, 15),
        (
            ("unit", date(2021, 9, 2), "receive", ""),
            ("office", date(2021, 9, 17), "escalate", "逾期未回复，报分管领导"),
        ),
    ),
)
VISITED = (
    ("mt_farming", K.PROBLEM, date(2021, 9, 9), "现场查看加工厂，施工停工三天"),
    ("dm_labour", K.INSPECTED, date(2021, 9, 10), "查看劳务工作站台账"),
)


def seed(ctx: Seeding) -> None:
    for one in SLIPS:
        _slip(ctx, one)
    ctx.file(Filed(_entry(ctx, *known), known[2]) for known in VISITED)


def _slip(ctx: Seeding, one: Known) -> None:
    unit = ctx.units[one.unit]
    office = ctx.actors["dm_coordinator" if unit.side == "east" else "mt_coordinator", "coordinator"]
    with ctx.acting(office, morning(one.given)):
        slip = actions.raise_slip(unit=unit, cause=one.cause, due_on=one.due_on, actor=office)
    for who, day, what, text in one.acts:
        actor = office if who == "office" else ctx.reporter(unit)
        with ctx.acting(actor, morning(day)):
            slip = actions.act(slip.pk, what, text=text, actor=actor, row_version=slip.row_version)


def _entry(ctx: Seeding, code: str, kind: str, day: date, words: str) -> Any:
    unit = ctx.units[code]
    return SupervisionEntry(
        side=unit.side,
        owner_unit=unit,
        place=unit.place,
        sharing=Sharing.PRIVATE,
        entry_kind=kind,
        entered_on=day,
        entry=words,
    )
