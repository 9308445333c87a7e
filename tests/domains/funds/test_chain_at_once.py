"""What others see at the same time: two who pay the last of a contract, and rows of before the links."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from casting import Cast
from committing import committing
from domains.funds.chains import contract_of, payment_of
from shanhai.domains.funds.models import Contract, Payment, Project
from shanhai.kernel import context


@pytest.fixture
def signed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Contract]:
    """A contract that other connections see."""
    with committing(django_db_blocker, "funds_project", "funds_contract", "funds_payment"):
        cast = Cast()
        with context.unscoped("test"):
            project = Project.objects.create(
                side="west",
                owner_unit=cast.mt_labour,
                period="2021",
                code="MT-1",
                name="演示",
                kind="labour",
                budget=Decimal(1_000_000),
            )
            contract = contract_of(project)
        yield contract


def test_of_two_who_pay_the_last_at_once_one_is_refused(signed: Contract) -> None:
    both = Barrier(2)

    def pay(number: int) -> bool:
        try:
            with context.unscoped("test"):
                both.wait()
                payment_of(signed, "500000", number).save(force_insert=True)
            return True
        except IntegrityError:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(pay, range(2))) == [False, True]
    with context.unscoped("test"):
        assert [row.amount for row in Payment.objects.all()] == [Decimal(500_000)]


def test_rows_that_exceed_from_before_are_mended_one_by_one(signed: Contract) -> None:
    first, second = (payment_of(signed, "400000", number) for number in range(2))
    with context.unscoped("test"):
        first.save(force_insert=True)
        second.save(force_insert=True)
    with connections["owner"].cursor() as owner:
        owner.execute("ALTER TABLE funds_contract DISABLE TRIGGER USER")
        owner.execute("UPDATE funds_contract SET amount = 100000")
        owner.execute("ALTER TABLE funds_contract ENABLE TRIGGER USER")
    with context.unscoped("test"):
        mine = Payment.objects.filter(pk=first.pk)
        assert mine.update(payee="另一家")
        assert mine.update(amount=Decimal(300_000))
        with pytest.raises(IntegrityError, match="more than there is"), transaction.atomic():
            mine.update(amount=Decimal("300000.01"))
