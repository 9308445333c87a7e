"""The demonstration of meetings and visits: what each side did in the year."""

from datetime import date
from typing import Any

from shanhai.kernel.models import LedgerModel
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding

from . import outside_seed, seed_resolutions, seed_supervision
from .models import Briefing, JointMeeting, MutualVisit, StudySession

MEETINGS: tuple[tuple[Side, State, dict[str, Any]], ...] = (
    (
        Side.EAST,
        State.VERIFIED,
        {
            "number": "斗湄联〔2021〕1号",
            "title": "2021年第一次联席会议",
            "held_on": date(2021, 4, 20),
            "venue": "湄潭县会议中心",
            "chairs": "张演示（斗门）、李演示（湄潭）",
            "attendees": "两地乡村振兴、财政、人社、农业、卫健部门负责人",
            "agenda": "一、签订2021年度协作协议\n二、研究劳务协作和产业项目\n三、明确议定事项的责任单位",
            "next_on": date(2021, 10, 15),
        },
    ),
    (
        Side.WEST,
        State.AWAITING,
        {
            "number": "斗湄联〔2021〕2号",
            "title": "2021年第二次联席会议（工作层）",
            "level": JointMeeting.Level.WORKING,
            "held_on": date(2021, 8, 26),
            "venue": "斗门区政务服务中心",
            "chairs": "王演示（斗门）、赵演示（湄潭）",
            "attendees": "两地协作专班成员",
            "agenda": "一、通报第一次联席会议议定事项进展\n二、研究茶产业园建设进度",
        },
    ),
)
R = MutualVisit.Rank
#: Who went, why, led by whom, how many; first and last day; where.
VISITS: tuple[tuple[Any, ...], ...] = (
    (Side.EAST, "HF2021-01", "签订年度协议、调研产业项目", "张演示", R.GOVERNOR, 14, 4, 19, 21, "永兴镇"),
    (Side.WEST, "HF2021-01", "劳务协作对接", "赵演示", R.DEPUTY, 8, 6, 8, 10, "富山工业园"),
    (Side.WEST, "HF2021-02", "镇镇结对回访", "钱演示", R.TOWN, 6, 8, 24, 27, "井岸镇"),
)


def seed(ctx: Seeding) -> None:
    meetings = _meetings(ctx)
    ctx.file([*meetings, *_visits(ctx), *_studied(ctx)])
    seed_resolutions.seed(ctx, [one.row for one in meetings])
    seed_supervision.seed(ctx)
    outside_seed.seed(ctx)


def _office(ctx: Seeding, side: Side) -> dict[str, Any]:
    unit = ctx.units["dm_coordinator" if side is Side.EAST else "mt_coordinator"]
    return {"side": side, "owner_unit": unit, "place": unit.place}


def _meetings(ctx: Seeding) -> list[Filed]:
    filed = []
    for side, state, values in MEETINGS:
        partner = _office(ctx, side.other)["owner_unit"]
        row = JointMeeting(**_office(ctx, side), sharing=Sharing.JOINT, partner_unit=partner, **values)
        _paper(ctx, row, "minutes", row.title, row.held_on)
        filed.append(Filed(row, row.held_on, state))
    return filed


def _visits(ctx: Seeding) -> list[Filed]:
    filed = []
    for side, code, purpose, head, rank, size, month, first, last, seen in VISITS:
        row = MutualVisit(
            **_office(ctx, side),
            code=code,
            purpose=purpose,
            head=head,
            head_rank=rank,
            delegation_size=size,
            begins_on=date(2021, month, first),
            ends_on=date(2021, month, last),
            places_seen=seen,
            outputs="形成对接清单",
        )
        _paper(ctx, row, "photo", purpose, row.ends_on)
        filed.append(Filed(row, row.ends_on))
    return filed


def _studied(ctx: Seeding) -> list[Filed]:
    filed = []
    for side in Side:
        study = StudySession(
            **_office(ctx, side),
            minutes_number="常委会〔2021〕12号" if side is Side.EAST else "常务会〔2021〕9号",
            forum=StudySession.Forum.COMMITTEE if side is Side.EAST else StudySession.Forum.EXECUTIVE,
            studied_on=date(2021, 6, 18),
            topic="听取东西部协作工作汇报",
            conclusion="原则同意，按分工落实。",
        )
        briefing = Briefing(
            **_office(ctx, side),
            issue_number="2021年第1期",
            briefing_kind=Briefing.Kind.INFORMATION if side is Side.EAST else Briefing.Kind.CIRCULAR,
            headline="上半年东西部协作进展",
            issued_on=date(2021, 7, 5),
            addressees="各成员单位",
        )
        filed += [Filed(study, study.studied_on), Filed(briefing, briefing.issued_on)]
    return filed


def _paper(ctx: Seeding, row: LedgerModel, kind: str, title: str, day: date) -> None:
    ctx.attach(row, kind, title, ("演示材料", title, day.isoformat()), day)
