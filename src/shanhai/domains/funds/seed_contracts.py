"""The demonstration's contracts: of this year's projects; those of the year before were not kept yet."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding

from .models import Contract, ContractChange, Project

#: Of the budget. Unit: per cent.
SHARE = 98
#: The others are awarded directly. Unit: yuan.
TENDERED_FROM = Decimal(1_000_000)
CHANGED_EVERY = 7


def contracts(ctx: Seeding, projects: Iterable[tuple[Project, date]]) -> dict[str, Contract]:
    """One for each project of 2021, filed; by the project's code. `date`: when the project was approved."""
    found: dict[str, Contract] = {}
    filed: list[Filed] = []
    changes: list[Filed] = []
    for number, (project, approved_on) in enumerate(one for one in projects if one[0].period == "2021"):
        contract = _contract(project, approved_on + timedelta(days=22), number)
        found[project.code] = contract
        filed.append(Filed(contract, contract.signed_on + timedelta(days=2)))
        lines = ("合同", contract.number, contract.payee, f"金额：{contract.amount:,} 元")
        ctx.attach(contract, "contract", f"合同-{contract.number}", lines, contract.signed_on)
        changes += _changes(ctx, contract, number)
    ctx.file(filed)
    ctx.file(changes)
    return found


def _contract(project: Project, signed_on: date, number: int) -> Contract:
    is_tendered = project.budget >= TENDERED_FROM
    return Contract(
        side=project.side,
        owner_unit=project.owner_unit,
        place=project.place,
        project=project,
        number=f"HT-{project.code}",
        name=f"{project.name}施工合同",
        payee=f"湄潭演示{number % 17 + 1}号建设有限公司",
        tender=Contract.Tender.OPEN if is_tendered else Contract.Tender.INQUIRY,
        amount=project.budget * SHARE / 100,
        signed_on=signed_on,
        due_on=project.planned_end_on,
    )


def _changes(ctx: Seeding, contract: Contract, number: int) -> Iterator[Filed]:
    """More was built here and there, verified or waiting."""
    if number % CHANGED_EVERY != 1:
        return
    change = ContractChange(
        side=contract.side,
        owner_unit=contract.owner_unit,
        place=contract.place,
        contract=contract,
        number=f"{contract.number}-B1",
        amount=contract.amount // 100,
        changed_on=min(contract.signed_on + timedelta(days=60), ctx.today - timedelta(days=5)),
        reason="现场增加排水沟，监理签证",
    )
    lines = ("变更签证", change.number, f"增加：{change.amount:,} 元")
    ctx.attach(change, "change", f"变更签证-{change.number}", lines, change.changed_on)
    state = State.VERIFIED if number % 2 else State.SUBMITTED
    yield Filed(change, change.changed_on + timedelta(days=2), state)
