"""Contracts, changes and payments as tests write them, past forms: only the database is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.domains.funds.models import Contract, ContractChange, Payment, Project
from shanhai.kernel.workflow import State

OF_PAYMENT = {
    "kind": "progress",
    "paid_on": date(2021, 6, 30),
    "payee": "演示建设有限公司",
    "period": "2021-06",
}


def of_project(project: Project) -> dict[str, Any]:
    return {"side": project.side, "owner_unit_id": project.owner_unit_id, "place_id": project.place_id}


def contract_of(project: Project, number: str = "HT-1", amount: str = "800000") -> Contract:
    return Contract.objects.create(
        **of_project(project),
        project=project,
        number=number,
        name="演示工程",
        payee=OF_PAYMENT["payee"],
        tender=Contract.Tender.OPEN,
        amount=Decimal(amount),
        signed_on=date(2021, 6, 1),
        state=State.VERIFIED,
    )


def change_of(contract: Contract, amount: Decimal | str, state: str = State.VERIFIED) -> ContractChange:
    return ContractChange.objects.create(
        **of_project(contract),  # type: ignore[arg-type]  # the same columns
        contract=contract,
        number=f"B{ContractChange.objects.count() + 1}",
        amount=Decimal(amount),
        changed_on=date(2021, 6, 20),
        reason="演示",
        state=state,
    )


def payment_of(contract: Contract, amount: Decimal | str, number: int = 1) -> Payment:
    """Not written yet."""
    own = {**of_project(contract), "project_id": contract.project_id, "contract_id": contract.pk}  # type: ignore[arg-type]
    return Payment(**OF_PAYMENT, **own, voucher_number=f"BF-{number}", amount=Decimal(amount))
