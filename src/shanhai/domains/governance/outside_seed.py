"""The demonstration of what comes from outside: both counties, late ones, one opened again. Nobody real."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing
from shanhai.registers.seeding import Filed, Seeding, morning

from .models import OutsideMatter, PublicComplaint
from .outside_actions import handle

C, M = PublicComplaint, OutsideMatter


class Known(NamedTuple):
    """One, and its acts: day, act, words, satisfaction."""

    model: Any
    unit: str
    values: dict[str, Any]
    acts: Sequence[tuple[date, str, str, str]] = ()


FOUND = (
    Known(
        C,
        "mt_labour",
        {
            "number": "投〔2021〕1号", "complaint_kind": C.Kind.COMPLAINT, "received_way": C.Way.PHONE,
            "subject": "帮扶车间工资迟发", "content": "反映某车间七月工资迟发半月。",
            "received_on": date(2021, 8, 16), "complainant": "演示甲", "complainant_phone": "13800000000",
        },
        ((date(2021, 8, 24), "answer", "已督促车间补发，工资单附后", ""),
         (date(2021, 8, 27), "close", "核实已补发", "")),
    ),
    Known(
        C,
        "mt_farming",
        {
            "number": "投〔2021〕2号", "complaint_kind": C.Kind.REPORT, "received_way": C.Way.LETTER,
            "subject": "项目公示时间不足", "content": "反映某项目公示只贴了三天。",
            "received_on": date(2021, 8, 2),
        },
    ),
    Known(
        C,
        "dm_labour",
        {
            "number": "投〔2021〕1号", "complaint_kind": C.Kind.REQUEST, "received_way": C.Way.ONLINE,
            "subject": "务工人员宿舍漏水", "content": "反映集体宿舍漏水。", "received_on": date(2021, 9, 3),
            "complainant": "演示乙", "complainant_phone": "13900000000",
        },
        ((date(2021, 9, 6), "answer", "已联系企业维修", ""),
         (date(2021, 9, 10), "reopen", "来电称仍漏水", "")),
    ),
    Known(
        M,
        "mt_farming",
        {
            "number": "建〔2021〕7号", "matter_kind": M.Kind.DEPUTY, "proposer": "县人大代表团（示例）",
            "subject": "加快茶叶加工厂投产", "content": "建议加快设备招标和用工培训。",
            "received_on": date(2021, 3, 8),
        },
        ((date(2021, 5, 20), "answer", "设备招标已完成，七月安装", ""),
         (date(2021, 6, 2), "close", "代表书面反馈", M.Content.MOSTLY)),
    ),
    Known(
        M,
        "dm_education",
        {
            "number": "案〔2021〕3号", "matter_kind": M.Kind.PROPOSAL, "proposer": "区政协教育界（示例）",
            "subject": "扩大两地学校结对", "content": "建议增加职业学校结对。",
            "received_on": date(2021, 5, 10),
        },
    ),
    Known(
        M,
        "dm_labour",
        {
            "number": "媒〔2021〕1号", "matter_kind": M.Kind.MEDIA, "proposer": "演示日报",
            "subject": "务工专车接驳不便", "content": "报道称到站后接驳等待较久。",
            "received_on": date(2021, 9, 18),
        },
    ),
)  # fmt: skip


def seed(ctx: Seeding) -> None:
    rows = []
    for one in FOUND:
        unit = ctx.units[one.unit]
        row = one.model(
            side=unit.side, owner_unit=unit, place=unit.place, sharing=Sharing.PRIVATE, **one.values
        )
        rows.append((one, row))
    for model in (PublicComplaint, OutsideMatter):
        ctx.file(Filed(row, row.received_on) for one, row in rows if one.model is model)
    for one, row in rows:
        office = ctx.actors["dm_coordinator" if row.side == "east" else "mt_coordinator", "coordinator"]
        ledger = registry.get(one.model.ledger_key())
        for day, what, text, satisfaction in one.acts:
            actor = ctx.reporter(row.owner_unit) if what == "answer" else office
            with ctx.acting(actor, morning(day)):
                version = one.model.objects.get(pk=row.pk).row_version
                handle(
                    ledger, row.pk, what, text=text, satisfaction=satisfaction, actor=actor,
                    row_version=version,
                )  # fmt: skip
