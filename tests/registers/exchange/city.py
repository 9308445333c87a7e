"""What the city's installation does in a process of its own: takes packages in, shows what they say."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

from django.test import Client  # noqa: E402

from shanhai.engines.signing import read_key  # noqa: E402
from shanhai.kernel import context  # noqa: E402
from shanhai.kernel.errors import RuleViolated  # noqa: E402
from shanhai.registers.accounts.models import Membership, User  # noqa: E402
from shanhai.registers.exchange.taking import register_sender, take  # noqa: E402
from shanhai.registers.parties.models import Unit  # noqa: E402

ADDRESS = "/api/v1/exchange/"


def _reader() -> Client:
    with context.unscoped("city"):
        unit = Unit(
            code="city", name="市乡村振兴局", kind="coordinator", side="west", valid_from=date(2020, 1, 1)
        )
        unit.path = "city"
        unit.save()
        user = User(username="lily", name="lily", must_change_password=False)
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, unit=unit, role="leader", valid_from=date(2020, 1, 1))
        browser = Client()
        browser.force_login(user)
    return browser


def _take(path: str) -> dict[str, Any]:
    try:
        with context.unscoped("import"):
            taken = take(Path(path), "system:import")
    except RuleViolated as refused:
        return {"refused": str(refused)}
    return {
        "is_new": taken.is_new,
        "changed": taken.package.changed_figures,
        "newest": taken.package.is_newest,
    }


def main(told: dict[str, Any]) -> dict[str, Any]:
    with context.unscoped("senders"):
        for code, name, key in told["senders"]:
            register_sender(code, name, read_key(key))
    browser = _reader()
    found: dict[str, Any] = {"takings": []}
    for path in told["packages"]:
        found["takings"].append(_take(path))
    found["api"] = answer = browser.get(ADDRESS).json()
    line = next(one for one in answer["lines"] if one["code"] == "TOY-8")
    package = next(cell["package"] for cell in line["cells"] if cell["package"])
    found["rows"] = browser.get(f"{ADDRESS}{package}/TOY-8/").json()
    found["page"] = browser.get("/exchange/").content.decode()
    found["behind"] = browser.get(f"/exchange/{package}/TOY-8/").content.decode()
    excel = browser.get("/exchange/", {"format": "xlsx"})
    found["excel"] = [excel.status_code, excel["Content-Type"]]
    return found


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))  # noqa: T201
