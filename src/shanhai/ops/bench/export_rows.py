"""A county's employment ledger of any size, as the benchmark of exports needs it."""

from datetime import date, timedelta
from typing import Any

from shanhai.domains.labour.models import EmploymentSpell, MonthlyFact
from shanhai.kernel import clock
from shanhai.kernel.scope import Side
from shanhai.kernel.sealing import installed_keyring
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person, Unit
from shanhai.registers.places.models import Place

from .export import SLICE, SLICE_ROWS
from .ground import TODAY, insert, key_of, quietly

_SPELLS_PER_PERSON = 4
#: One row of so many is the other side's, shared and so masked; as many again are nobody's to see here.
_SHARED_EVERY = 20
_PEOPLE, _SPELLS, _FACTS, _HIDDEN, _THEIRS = range(1, 6)


def fill(rows: str) -> None:
    """`rows` spells that the reader sees, and more that it must not."""
    number = int(rows)
    people = max(2, number // _SPELLS_PER_PERSON)
    with clock.at(TODAY), quietly(Person, EmploymentSpell, MonthlyFact) as cursor:
        _tokens(cursor, people)
        for side, kind in ((Side.WEST, _PEOPLE), (Side.EAST, _THEIRS)):
            _insert_people(
                cursor, side, kind, people if side is Side.WEST else max(1, people // _SHARED_EVERY)
            )
        theirs = number // _SHARED_EVERY
        own = number - theirs
        _insert_spells(cursor, Side.WEST, _SPELLS, own, people, "shared")
        _insert_spells(cursor, Side.EAST, _THEIRS, theirs, max(1, people // _SHARED_EVERY), "shared")
        _insert_spells(cursor, Side.EAST, _HIDDEN, theirs, max(1, people // _SHARED_EVERY), "private")
        given = {
            "id": key_of(_FACTS, "n"),
            "spell_id": key_of(_SPELLS, "n"),
            "wage": "3000 + (n * 37) % 5000",
            "period": "'2021-08'",
            **_owned(Side.WEST),
        }
        insert(cursor, MonthlyFact, f"generate_series(1, {own}, 2) AS n", given)


def _tokens(cursor: Any, people: int) -> None:
    """A sealed number for each person of the county, so that each has to be opened."""
    field: Any = Person._meta.get_field("identity_number")
    numbers = [
        demo_identity(area=1, born_on=date(1960, 1, 1) + timedelta(n // 1000), serial=n % 1000)
        for n in range(people)
    ]
    tokens = installed_keyring().seal_many(numbers, field.column_name)
    cursor.execute("CREATE TEMP TABLE token (which int PRIMARY KEY, sealed text)")
    with cursor.copy("COPY token FROM STDIN") as copy:
        for which, token in enumerate(tokens):
            copy.write_row((which, token))


def _owned(side: Side) -> dict[str, str]:
    """Whose the rows of a side are, and that they are reported."""
    unit = Unit._base_manager.get(code="mt_labour" if side is Side.WEST else "dm_labour")
    return {"side": f"'{side}'", "owner_unit_id": f"'{unit.pk}'::uuid", "state": "'verified'"}


def _insert_people(cursor: Any, side: Side, kind: int, number: int) -> None:
    county = "520328" if side is Side.WEST else "440403"
    places = Place._base_manager.filter(path__descendant_of=Place._base_manager.get(code=county).path)
    keys = ", ".join(f"'{key}'" for key in places.order_by("code").values_list("pk", flat=True))
    given = {
        "id": key_of(kind, "n"),
        "identity_number": "token.sealed",
        "identity_number_index": f"md5('{side}' || n)",
        "name": "substr('李王张刘陈杨赵黄周吴', 1 + n % 10, 1) || '演示' || n",
        "pinyin": "'yanshi' || n",
        "initials": "'ys' || n",
        "category": "(ARRAY['ordinary', 'out_of_poverty', 'monitored'])[1 + n % 3]",
        "place_id": f"(ARRAY[{keys}]::uuid[])[1 + n % {places.count()}]",
        "sharing": "'private'",
        **_owned(side),
    }
    insert(cursor, Person, f"generate_series(1, {number}) AS n JOIN token ON token.which = n - 1", given)


def _insert_spells(cursor: Any, side: Side, kind: int, number: int, people: int, sharing: str) -> None:
    person = key_of(_PEOPLE if side is Side.WEST else _THEIRS, f"1 + n % {people}")
    given = {
        "id": key_of(kind, "n"),
        "person_id": person,
        "employer_name": "'演示电器' || n % 900 || '有限公司'",
        "post": "(ARRAY['装配工', '质检', '分拣', '护理', '叉车'])[1 + n % 5]",
        "destination": "(ARRAY['county', 'province', 'paired_city', 'elsewhere'])[1 + n % 4]",
        "started_on": f"date '2019-01-01' + {kind} * 200 + n / {people}",
        "has_contract": "n % 3 > 0",
        "is_insured": "n % 3 > 1",
        "channel": f"CASE WHEN n <= {SLICE_ROWS} THEN '{SLICE}' ELSE 'own' END"
        if side is Side.WEST
        else "'own'",
        "period": "'2021Q3'",
        "sharing": f"'{sharing}'",
        **_owned(side),
    }
    insert(cursor, EmploymentSpell, f"generate_series(1, {number}) AS n", given)
