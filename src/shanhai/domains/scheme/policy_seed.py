"""Documents of the demonstration, invented, of four levels; two have ended with clauses still on them."""

from datetime import date
from typing import Any

from shanhai.kernel.scope import Sharing, Side
from shanhai.registers.seeding import Filed, Seeding

from .models import ClauseBasis, PolicyClause, PolicyDocument, Supersession, Task, TaskBasis

L, K, W = PolicyDocument.Level, PolicyDocument.Kind, Supersession.Way
#: Side, number, title, issuer, level, kind, day, clauses.
DOCUMENTS: tuple[tuple[Side, str, str, str, str, str, date, dict[str, str]], ...] = (
    (Side.EAST, "国演〔2020〕30号", "关于坚持和完善东西部协作的意见（示例）", "演示国家机关", L.NATION,
     K.OPINION, date(2020, 12, 16), {"三": "深化产业合作和劳务协作（示例条文）。"}),
    (Side.EAST, "粤演〔2018〕12号", "关于扶贫协作的实施意见（示例）", "演示省级机关（东）", L.PROVINCE,
     K.OPINION, date(2018, 3, 1), {"二（一）": "组织劳务输出（示例条文）。"}),
    (Side.EAST, "粤演〔2021〕5号", "关于深化粤黔协作的意见（示例）", "演示省级机关（东）", L.PROVINCE,
     K.OPINION, date(2021, 4, 20), {"三（一）": "扩大劳务协作，稳定在粤就业（示例条文）。"}),
    (Side.EAST, "珠演〔2021〕8号", "珠遵协作年度安排（示例）", "演示市级机关（东）", L.CITY, K.PLAN,
     date(2021, 4, 28), {"1": "各区按月交换岗位清单（示例条文）。", "2": "各区组织点对点输送（示例条文）。"}),
    (Side.WEST, "黔演〔2021〕6号", "关于用好协作资金的通知（示例）", "演示省级机关（西）", L.PROVINCE,
     K.NOTICE, date(2021, 3, 15), {"二": "产业项目占比（示例条文）。", "三": "按季度报送（示例条文）。"}),
    (Side.WEST, "湄演〔2021〕4号", "协作项目管理办法（示例）", "演示县级机关（西）", L.COUNTY, K.MEASURE,
     date(2021, 5, 10), {"5": "项目入库条件（示例条文）。", "9": "项目单位按季度报送进度（示例条文）。"}),
)  # fmt: skip
#: Side, lower clause, what it rests on.
BASES = (
    (Side.EAST, ("粤演〔2021〕5号", "三（一）"), ("国演〔2020〕30号", "三")),
    (Side.EAST, ("珠演〔2021〕8号", "1"), ("粤演〔2021〕5号", "三（一）")),
    (Side.EAST, ("珠演〔2021〕8号", "2"), ("粤演〔2018〕12号", "二（一）")),
    (Side.WEST, ("黔演〔2021〕6号", "二"), ("国演〔2020〕30号", "三")),
    (Side.WEST, ("湄演〔2021〕4号", "5"), ("黔演〔2021〕6号", "二")),
    (Side.WEST, ("湄演〔2021〕4号", "9"), ("黔演〔2021〕6号", "三")),
)
#: Side, document, clause, replaced by, day.
ENDED = (
    (Side.EAST, "粤演〔2018〕12号", "", "粤演〔2021〕5号", date(2021, 5, 1)),
    (Side.WEST, "黔演〔2021〕6号", "三", "", date(2021, 8, 1)),
)
#: Task of the scheme → clause.
TASKS = {"三（一）": ("珠演〔2021〕8号", "1")}
NOTED = date(2021, 8, 20)


def seed(ctx: Seeding) -> None:
    documents: dict[str, PolicyDocument] = {}
    clauses: dict[tuple[str, str], PolicyClause] = {}
    for side, number, title, issuer, level, kind, day, parts in DOCUMENTS:
        documents[number] = PolicyDocument(
            **_whose(ctx, side), number=number, title=title, issuing_body=issuer, policy_level=level,
            policy_kind=kind, dated_on=day, valid_from=day,
        )  # fmt: skip
        for part, wording in parts.items():
            clauses[number, part] = PolicyClause(
                **_whose(ctx, side), document=documents[number], number=part, wording=wording
            )
    rows: list[Any] = [*documents.values(), *clauses.values()]
    rows += [
        ClauseBasis(**_whose(ctx, side), lower_clause=clauses[lower], basis=clauses[upper])
        for side, lower, upper in BASES
    ]
    rows += [
        Supersession(
            **_whose(ctx, side), document=documents[number], clause_number=part,
            ended_way=W.REPLACED if by else W.REPEALED, replaced_by=documents.get(by), effective_on=day,
            told_by="演示公告",
        )
        for side, number, part, by, day in ENDED
    ]  # fmt: skip
    rows += [
        TaskBasis(**_whose(ctx, Side.EAST), task=task, basis=clauses[TASKS[task.path]])
        for task in Task.of_versions.filter(section__version__state="in_force", path__in=TASKS)
    ]
    for model in (PolicyDocument, PolicyClause, ClauseBasis, Supersession, TaskBasis):
        ctx.file(Filed(row, NOTED) for row in rows if isinstance(row, model))


def _whose(ctx: Seeding, side: Side) -> dict[str, Any]:
    unit = ctx.units["dm_coordinator" if side is Side.EAST else "mt_coordinator"]
    return {"side": side, "owner_unit": unit, "place": unit.place, "sharing": Sharing.SHARED}
