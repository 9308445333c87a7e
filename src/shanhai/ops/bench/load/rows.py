"""Who works, and on what: the rows of the list benchmark, 200 accounts, each with a session of its own.

`write_plan` leaves a JSON file for `people`: cookies, addresses that each may open, files to import.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import clock, context
from shanhai.kernel.permissions import Verb
from shanhai.ops.bench import list_rows
from shanhai.ops.bench.ground import TODAY
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import ROLES

from .figures import thresholds

#: Roles of those who are added to the accounts of every unit, one after the other.
_MORE = ("reporter", "reporter", "officer", "verifier", "reporter")
_FILES, _PEOPLE_PER_FILE = 60, 500
#: People of one's own unit of whom a reporter files.
_KNOWN = 40


def fill(rows: str) -> None:
    """The ledger's rows, and as many accounts as the thresholds name."""
    list_rows.fill(rows)
    with clock.at(TODAY), context.unscoped("benchmark"):
        _more_accounts(thresholds()["users"] - len(_readers()))


def _readers() -> list[Membership]:
    """Of everybody who reads the ledger, the membership by which."""
    accounts = Membership.objects.select_related("user", "unit").order_by("user__username")
    return [one for one in accounts if ROLES[one.role].allows(Verb.VIEW, EmploymentSpell._meta.label_lower)]


def _more_accounts(number: int) -> None:
    """Colleagues of the reporters of the western side."""
    kept = Membership.objects.filter(role="reporter", unit__side="west").select_related("unit", "user")
    first = list(kept.order_by("user__username"))
    users, memberships = [], []
    for place in range(number):
        like, role = first[place % len(first)], _MORE[place % len(_MORE)]
        user = User(
            username=f"bench-{place}", name=f"{like.unit}·{place}", password=like.user.password,
            must_change_password=False, date_joined=clock.now(),
        )  # fmt: skip
        users.append(user)
        memberships.append(Membership(user=user, unit=like.unit, role=role, valid_from=like.valid_from))
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(memberships)


def write_plan(folder: str) -> None:
    """Called in a process with Django on the database."""
    path = Path(folder)
    with clock.at(TODAY), context.unscoped("benchmark"):
        people = [_person(account) for account in _readers()[: thresholds()["users"]]]
    _write_files(path)
    (path / "plan.json").write_text(json.dumps({"people": people, "files": _FILES}))


def _person(account: Membership) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client

    from shanhai.registers.parties.models import Person

    browser = Client(headers={"host": "localhost"})
    browser.force_login(account.user)
    owned = Person._base_manager.filter(owner_unit=account.unit).order_by("id")
    known = owned.values_list("pk", flat=True)[:_KNOWN]
    return {
        "role": account.role,
        "side": account.unit.side,
        "session": f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}",
        "csrf_name": settings.CSRF_COOKIE_NAME,
        "people": [str(key) for key in known],
    }


def _write_files(folder: Path) -> None:
    """Workbooks of people whom the product does not know yet: no number stands in two of them."""
    from xlsxwriter import Workbook

    from shanhai.registers.parties.identity import demo_identity

    for number in range(_FILES):
        with Workbook(folder / f"people-{number}.xlsx") as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["姓名", "身份证号"])
            for row in range(_PEOPLE_PER_FILE):
                born = date(1970, 1, 1) + timedelta(days=number)
                identity = demo_identity(area=4000 + number, born_on=born, serial=row)
                sheet.write_row(row + 1, 0, [f"演示{number}之{row}", identity])
