"""A county's employment rows of many units, states and places, as the benchmark of lists needs them."""

from datetime import date
from typing import Any

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel import clock
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person, Unit
from shanhai.registers.places.models import Place

from .ground import TODAY, insert, key_of, quietly

_SPELLS_PER_PERSON, _TOKENS = 5, 200
_PERSON, _SPELL = 1, 2


def fill(rows: str) -> None:
    """`rows` spells of the western county, of which an officer of a town may read some three in five."""
    number = int(rows)
    people = max(1, number // _SPELLS_PER_PERSON)
    owned = {
        "side": "'west'",
        "owner_unit_id": _one_of(Unit._base_manager.filter(side="west").order_by("code"), "n / 7"),
        "place_id": _one_of(
            Place._base_manager.filter(path__descendant_of=_county().path).order_by("code"), "n / 3"
        ),
    }
    with clock.at(TODAY), quietly(Person, EmploymentSpell) as cursor:
        given = {
            "id": key_of(_PERSON, "n"),
            "identity_number": f"({_array(_tokens())})[1 + n % {_TOKENS}]",
            "identity_number_index": "md5('west' || n)",
            "name": "substr('李王张刘陈杨赵黄周吴', 1 + n % 10, 1) || '演示' || n",
            "pinyin": "'yanshi' || n",
            "initials": "'ys' || n",
            "category": "(ARRAY['ordinary', 'out_of_poverty', 'monitored'])[1 + n % 3]",
            "state": "'verified'",
            "sharing": "'private'",
            **owned,
        }
        insert(cursor, Person, f"generate_series(1, {people}) AS n", given)
        given = {
            "id": key_of(_SPELL, "n"),
            "person_id": key_of(_PERSON, f"1 + n % {people}"),
            "employer_name": "'演示电器' || n % 900 || '有限公司'",
            "post": "(ARRAY['装配工', '质检', '分拣', '护理', '叉车'])[1 + n % 5]",
            "destination": "(ARRAY['county', 'province', 'paired_city', 'paired_province', 'elsewhere'])"
            "[1 + (n::bigint * 7919 % 5)::int]",
            "started_on": "date '2019-01-01' + (n::bigint * 7907 % 990)::int",
            "has_contract": "n % 3 > 0",
            "is_insured": "n % 5 > 1",
            "period": "(ARRAY['2021Q1', '2021Q2', '2021Q3'])[1 + n % 3]",
            "state": "(ARRAY['verified', 'verified', 'submitted', 'draft', 'voided'])[1 + n / 11 % 5]",
            "sharing": "CASE WHEN n / 13 % 5 = 0 THEN 'private' ELSE 'shared' END",
            **owned,
        }
        insert(cursor, EmploymentSpell, f"generate_series(1, {number}) AS n", given)


def _county() -> Any:
    return Place._base_manager.get(code="520328")


def _one_of(rows: Any, which: str) -> str:
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    return f"({_array(keys)}::uuid[])[1 + {which} % {len(keys)}]"


def _array(texts: list[str]) -> str:
    return f"ARRAY[{', '.join(f"'{text}'" for text in texts)}]"


def _tokens() -> list[str]:
    """Sealed numbers that people of the benchmark bear in turn: a sealing each would be all the work."""
    field: Any = Person._meta.get_field("identity_number")
    numbers = [demo_identity(area=1, born_on=date(1980, 1, 1), serial=serial) for serial in range(_TOKENS)]
    return [field.sealed(number).token for number in numbers]
