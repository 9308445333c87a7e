"""A county's five years of labour and funds in any size, as the benchmark of indicators needs them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shanhai.domains.funds.models import AidAgreement, Payment, Project, TransferReceived
from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact, WorkerRegistration
from shanhai.kernel import clock
from shanhai.registers.parties.models import Person, Unit
from shanhai.registers.places.models import Place

from .ground import TODAY, insert, key_of, quietly

COUNTY = "520328"
FIRST_YEAR, YEARS = 2017, 5
_PEOPLE, _SPELLS, _FACTS, _REGISTERED, _PROJECTS, _PAYMENTS, _TRANSFERS, _AGREEMENTS = range(11, 19)
#: Of a hundred ledger rows so many are of a kind.
_SHARES = {"spells": 30, "facts": 50, "registered": 10, "payments": 8, "projects": 1, "transfers": 1}


def fill(rows: str, units: Sequence[UUID] = ()) -> None:
    """`rows` ledger rows of the western side over 60 months, eight of ten verified.

    `units`: who keeps them in turn; without, the labour bureau.
    """
    kept_by = list(units) or [Unit._base_manager.get(code="mt_labour").pk]
    counts = {name: max(1, int(rows) * share // 100) for name, share in _SHARES.items()}
    tables = (
        Person,
        EmploymentSpell,
        MonthlyFact,
        WorkerRegistration,
        Project,
        Payment,
        TransferReceived,
        AidAgreement,
    )
    with clock.at(TODAY), quietly(*tables) as cursor:
        _labour(cursor, counts, kept_by)
        _funds(cursor, counts, kept_by)


def person_key(number: str) -> str:
    return key_of(_PEOPLE, number)


def _labour(cursor: Any, counts: dict[str, int], units: Sequence[UUID]) -> None:
    people, spells = max(1, counts["spells"] * 2 // 3), counts["spells"]
    with_facts = max(1, spells // 4)
    given = {
        "id": key_of(_PEOPLE, "n"),
        "name": "'演示' || n",
        "category": "(ARRAY['ordinary', 'out_of_poverty', 'monitored'])[1 + n % 3]",
        "place_id": _village("n"),
        "identity_number_index": "md5('bench' || n)",
    }
    insert(cursor, Person, f"generate_series(1, {people}) AS n", given | _row("0", units))
    started = f"date '{FIRST_YEAR}-01-01' + (n::bigint * 7919 % 800)::int + n / {people} * 820"
    given = {
        "id": key_of(_SPELLS, "n"),
        "person_id": person_key(f"1 + n % {people}"),
        "employer_name": "'演示电器' || n % 900",
        "post": "'装配工'",
        "destination": "(ARRAY['county', 'province', 'paired_city', 'elsewhere'])[1 + n % 4]",
        "channel": "(ARRAY['organised', 'own', 'friends'])[1 + n % 3]",
        "started_on": started,
        "ended_on": f"CASE WHEN n % 3 > 0 THEN {started} + n % 400 END",
    }
    insert(cursor, EmploymentSpell, f"generate_series(1, {spells}) AS n", given | _row("n", units))
    later = f"(n % {with_facts} * 13 % 48 + n / {with_facts})::int"
    month = f"make_date({FIRST_YEAR}, 1, 1) + make_interval(months => {later})"
    given = {
        "id": key_of(_FACTS, "n"),
        "spell_id": key_of(_SPELLS, f"1 + n % {with_facts}"),
        "is_in_post": "n % 7 > 0",
        "period": f"to_char({month}, 'YYYY-MM')",
    }
    insert(cursor, MonthlyFact, f"generate_series(1, {counts['facts']}) AS n", given | _row("n", units))
    given = {
        "id": key_of(_REGISTERED, "n"),
        "person_id": person_key("n"),
        "registered_on": _day("n"),
    }
    insert(
        cursor,
        WorkerRegistration,
        f"generate_series(1, {counts['registered']}) AS n",
        given | _row("n", units),
    )


def _funds(cursor: Any, counts: dict[str, int], units: Sequence[UUID]) -> None:
    projects = counts["projects"]
    county = Place._base_manager.get(code=COUNTY).pk
    year = f"({FIRST_YEAR} + n % {YEARS})::text"
    given = {
        "id": key_of(_AGREEMENTS, "n"),
        "number": "'演示' || n",
        "partner_id": f"'{county}'::uuid",
        "amount": "1000000 + n",
    }
    given |= {"signed_on": _day("n"), "period": year, "place_id": f"'{county}'::uuid"}
    given |= {"partner_unit_id": f"'{Unit._base_manager.filter(side='east').earliest('path').pk}'::uuid"}
    insert(cursor, AidAgreement, "generate_series(1, 10) AS n", given | _row("0", units))
    given = {
        "id": key_of(_PROJECTS, "n"),
        "code": "'演示' || n",
        "name": "'演示项目' || n",
        "budget": "10000 + n % 977",
    }
    given |= {
        "kind": "(ARRAY['industry', 'labour', 'park'])[1 + n % 3]",
        "period": year,
        "place_id": _village("n"),
    }
    given |= {"stage": "(ARRAY['planned', 'completed', 'terminated'])[1 + n % 3]"}
    insert(cursor, Project, f"generate_series(1, {projects}) AS n", given | _row("n", units))
    given = {
        "id": key_of(_PAYMENTS, "n"),
        "project_id": key_of(_PROJECTS, f"1 + n % {projects}"),
        "paid_on": _day("n"),
    }
    given |= {
        "voucher_number": "'演示' || n",
        "kind": "(ARRAY['advance', 'progress'])[1 + n % 2]",
        "amount": "100 + n % 977",
    }
    given |= {"payee": "'演示'", "period": "''"}
    insert(cursor, Payment, f"generate_series(1, {counts['payments']}) AS n", given | _row("n", units))
    given = {
        "id": key_of(_TRANSFERS, "n"),
        "voucher_number": "'演示' || n",
        "received_on": _day("n"),
        "amount": "500 + n % 97",
    }
    given |= {"source_level": "(ARRAY['province', 'city', 'district'])[1 + n % 3]", "place_id": _village("n")}
    insert(
        cursor, TransferReceived, f"generate_series(1, {counts['transfers']}) AS n", given | _row("n", units)
    )


def _row(number: str, units: Sequence[UUID]) -> dict[str, str]:
    """Whose the rows are; of ten one is reported and one voided, the others verified."""
    listed = ", ".join(f"'{key}'" for key in units)
    unit = f"(ARRAY[{listed}]::uuid[])[1 + {number} % {len(units)}]"
    which = f"1 + ({number} % 10 = 7)::int + 2 * ({number} % 10 = 3)::int"
    state = f"(ARRAY['verified', 'submitted', 'voided'])[{which}]"
    return {"side": "'west'", "owner_unit_id": unit, "state": state}


def _day(number: str) -> str:
    return f"date '{FIRST_YEAR}-01-01' + {number} * 37 % {365 * YEARS}"


def _village(number: str) -> str:
    county = Place._base_manager.get(code=COUNTY)
    villages = Place._base_manager.filter(path__descendant_of=county.path, level=Place.Level.VILLAGE)
    keys = list(villages.order_by("code").values_list("pk", flat=True))
    listed = ", ".join(f"'{key}'" for key in keys)
    return f"(ARRAY[{listed}]::uuid[])[1 + {number} % {len(keys)}]"
