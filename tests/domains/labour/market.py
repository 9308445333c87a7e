"""A small labour market for tests: weights, orders of the coast, workers of the county with their wishes."""

from datetime import date
from decimal import Decimal
from typing import Any

from shanhai.domains.labour.models import JobOrder, JobWish, MatchWeight, WorkerRegistration
from shanhai.kernel import context
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

SINCE, UNTIL = date(2021, 9, 1), date(2021, 12, 31)
POINTS = {"first": 40, "second": 20, "other": 5, "skill": 15, "wage": 30, "urgent": 5, "monitored": 12}


class Market:
    """Rows made outside of any scope."""

    def __init__(self, cast: Any) -> None:
        self.west = {
            "side": "west",
            "owner_unit": cast.mt_labour,
            "place": cast.yongxing,
            "state": State.VERIFIED,
        }
        self.east = {"side": "east", "owner_unit": cast.dm_labour, "state": State.VERIFIED}
        self.serial = 0
        with context.unscoped("market"):
            for number, (term, value) in enumerate(POINTS.items()):
                MatchWeight.objects.create(
                    code=f"W{number}",
                    term=term,
                    weight=Decimal(value),
                    valid_from=SINCE,
                    source="演示",
                    **self.west,
                )
            self.employer = Body.objects.create(
                name="演示电器有限公司", credit_code=demo_credit_code(77), kind="enterprise", **self.east
            )

    def order(self, code: str, headcount: int = 1, **more: Any) -> JobOrder:
        values: dict[str, Any] = {"wage": Decimal(5000), "destination": "paired_city"} | more
        with context.unscoped("market"):
            return JobOrder.objects.create(
                code=code,
                employer=self.employer,
                post="装配工",
                headcount=headcount,
                valid_from=SINCE,
                open_until=UNTIL,
                **values,
                **self.east,
            )

    def worker(self, name: str, *, status: str = "waiting", born: int = 1990, **more: Any) -> Person:
        self.serial += 1
        born_on, sex = date(born, 1, 1), more.pop("sex", "male")
        category = more.pop("category", "ordinary")
        values: dict[str, Any] = {"first_destination": "paired_city", "wished_wage": Decimal(5000)} | more
        with context.unscoped("market"):
            person = Person.objects.create(
                name=name,
                identity_number=demo_identity(area=328, born_on=born_on, serial=100 + self.serial),
                sex=sex,
                born_on=born_on,
                category=category,
                **self.west,
            )
            WorkerRegistration.objects.create(person=person, status=status, registered_on=SINCE, **self.west)
            JobWish.objects.create(person=person, valid_from=SINCE, valid_to=UNTIL, **values, **self.west)
        return person
