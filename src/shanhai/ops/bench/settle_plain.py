"""The rival: a service that settles a claim in a transaction of its own, as applications do."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connections, transaction

from shanhai.engines.settlement import FUNDS, Accumulators, Claim, Claims, Rules, settle

from .people.models import PlainClaim, PlainRate, PlainYear
from .settle import plans


def fill() -> None:
    """The rates, as rows that the service looks up; years and claims come with the serving."""
    with connections["owner"].cursor() as cursor:
        for model in (PlainRate, PlainYear, PlainClaim):
            cursor.execute(f'GRANT ALL ON "{model._meta.db_table}" TO PUBLIC')
    rates = [PlainRate(pk=number, hospital_level=number) for number in range(len(plans()))]
    PlainRate.objects.using("owner").bulk_create(rates)


def serve(claims: Claims, rules: Sequence[Rules]) -> Any:
    """Amounts of the claims, settled one after the other. Shape: as `settle._table`, a column a claim."""
    PlainClaim.objects.all().delete()
    PlainYear.objects.all().delete()
    found = np.empty((6, len(claims)), np.int64)
    for row in range(len(claims)):
        values = {name: int(column[row]) for name, column in vars(claims).items()}
        found[:, row] = _settle_one(values, rules)
    return found


def _settle_one(values: dict[str, int], rules: Sequence[Rules]) -> tuple[int, ...]:
    money = {name: values[name] for name in ("total", "own_pay", "over_price", "pre_pay")}
    with transaction.atomic():
        claim = PlainClaim.objects.create(**money)
        rate = PlainRate.objects.get(hospital_level=values["plan"])
        years = PlainYear.objects.select_for_update()
        year, _made = years.get_or_create(person=values["person"], year=values["year"])
        before = Accumulators(
            tuple(year.counted or [0] * FUNDS), tuple(year.paid or [0] * FUNDS), year.claims
        )
        bill = Claim(**money, category=values["category"], manner=values["manner"])
        settled = settle(bill, rules[rate.pk], before)
        year.counted, year.paid = list(settled.after.counted), list(settled.after.paid)
        year.claims = settled.after.claims
        year.save()
        claim.paid, claim.patient = list(settled.paid), settled.patient
        claim.save()
    return (*settled.paid, bill.in_scope, settled.deductible, settled.patient)
