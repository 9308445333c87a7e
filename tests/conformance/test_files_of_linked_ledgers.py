"""The chapters' own ledgers in one workbook: whoever is new on one sheet is named on the next."""

from datetime import date
from typing import Any

from kernel.imports.conftest import book_of
from shanhai.kernel import context
from shanhai.kernel.imports.columns import read_file
from shanhai.kernel.imports.parts import linked, permitted
from shanhai.kernel.imports.plan import FilePlan, plan_file
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_credit_code, demo_identity

FIRST = demo_identity(area=1, born_on=date(1990, 1, 1), serial=1)
SECOND = demo_identity(area=1, born_on=date(1990, 1, 1), serial=2)
CODE = demo_credit_code(1)
PEOPLE = [{"身份证号": FIRST, "姓名": "样例一"}, {"身份证号": SECOND, "姓名": "样例二"}]
BODIES = [{"主体名称": "样例电器", "统一社会信用代码": CODE}]


def spell(person: str, employer: str, **more: Any) -> dict[str, Any]:
    started = {"所属期": "2021年", "到岗日期": date(2021, 3, 1)} | more
    return {"人员": person, "用工单位": employer, "岗位": "普工", "就业地": "东部结对市", **started}


def planned(cast: Any, who: str, key: str, sheets: dict[str, Any]) -> FilePlan:
    with context.acting(cast.actor(who)) as current:
        tables = permitted(read_file(linked(registry.get(key)), book_of(sheets), {}), current.actor)
        return plan_file(tables, current.actor)


def test_people_employers_spells_and_months_come_in_one_file(cast: Any) -> None:
    spells = [
        spell(FIRST, CODE),
        spell(SECOND, "样例电器"),
        spell(SECOND, "样例电器", 到岗日期=date(2021, 6, 1)),
    ]
    months = [
        {"务工就业": FIRST, "所属期": "2021年3月"},
        {"务工就业": f"{SECOND} 2021-06-01", "所属期": "2021年6月"},
        {"务工就业": SECOND, "所属期": "2021年7月"},
    ]
    sheets = {"按月在岗": months, "务工就业": spells, "企业与其他主体": BODIES, "人员": PEOPLE}
    plan = planned(cast, "bob", "labour.employmentspell", sheets)
    assert [(one.ledger.key, len(one.creates)) for one in plan.parts] == [
        ("parties.person", 2),
        ("parties.body", 1),
        ("labour.employmentspell", 3),
        ("labour.monthlyfact", 2),
    ]
    assert [row.row.employer.name for row in plan.parts[2].creates] == ["样例电器"] * 3
    (ambiguous,) = plan.problems  # two spells of one person: the day has to be said
    assert (ambiguous.row, ambiguous.code) == (4, "unknown_reference")


def test_a_wrong_person_is_named_by_the_spell_and_by_its_month(cast: Any) -> None:
    people = [{"身份证号": FIRST, "姓名": "样例一", "性别": "雄"}]
    sheets = {
        "人员": people,
        "务工就业": [spell(FIRST, "", 未登记的用工单位="样例")],
        "按月在岗": [{"务工就业": FIRST, "所属期": "2021年3月"}],
    }
    told = [problem.message for problem in planned(cast, "bob", "parties.person", sheets).problems]
    assert told[1].startswith("指向的第 2 行（工作表“人员”）本身有错。")
    assert told[2].startswith("指向的第 2 行（工作表“务工就业”）本身有错。")


def test_agreements_transfers_projects_and_payments_come_in_one_file(cast: Any) -> None:
    year, day = {"所属期": "2021年"}, date(2021, 2, 1)
    payment = {
        "凭证号": "V1",
        "协作项目": "P1",
        "款项类别": "预付款",
        "拨付金额": 5,
        "拨付日期": day,
        "收款单位": "样例",
    }
    project = {"项目编号": "P1", "项目名称": "样例项目", "项目类别": "产业", "年度协议": "A1", "批复预算": 50}
    transfer = {"凭证号": "T1", "年度协议": "A1", "资金来源": "省级", "到账金额": 5, "到账日期": day}
    agreement = {"协议编号": "A1", "协作对方": "斗门区", "协议金额": 100, "签订日期": day}
    agreement["对方单位"] = "区乡村振兴局"
    rows = {"资金拨付": payment, "协作项目": project, "财政援助到账": transfer, "年度协议": agreement}
    sheets = {name: [year | row] for name, row in rows.items()}
    sheets["资金拨付"][0]["所属期"] = "2021年2月"
    plan = planned(cast, "bob", "funds.aidagreement", sheets)
    assert [str(problem) for problem in plan.problems] == []
    assert [(one.ledger.key, len(one.creates)) for one in plan.parts] == [
        ("funds.aidagreement", 1),
        ("funds.transferreceived", 1),
        ("funds.project", 1),
        ("funds.payment", 1),
    ]
