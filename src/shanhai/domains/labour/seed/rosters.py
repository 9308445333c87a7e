"""Lists that others sent, one compared already, and pairs of rows that are probably one person."""

from datetime import date, timedelta

from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.duplicates import finding
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person
from shanhai.registers.seeding import Filed, Seeding, morning

from ..models import EmploymentSpell, Roster, RosterEntry
from ..rosters import compare

RECEIVED = date(2021, 9, 6)
#: Lines that agree, and persons written a second time.
LINES, WRITTEN_TWICE = 6, 3
#: Lines of the list without an identity number, and with another telephone.
NUMBERLESS, OTHER_PHONE = 3, 4


def seed_rosters(ctx: Seeding) -> None:
    """An agency's list to the western bureau, of one employer, with the faults such lists have."""
    unit = ctx.units["mt_labour"]
    with ctx.acting(ctx.reporter(unit), morning(RECEIVED)):
        spells = EmploymentSpell.objects.live().filter(
            side=Side.WEST, owner_unit=unit, employer__isnull=False, ended_on__isnull=True
        )
        first = spells.select_related("employer").order_by("id").first()
    whose = {"side": Side.WEST, "owner_unit": unit, "place": unit.place, "sharing": Sharing.PRIVATE}
    employer = first.employer if first else next(iter(ctx.bodies[Side.WEST].values()))
    roster = Roster(
        code="ZJ2021-09", source=Roster.Source.AGENCY, sender="演示劳务公司", received_on=RECEIVED,
        employer=employer, **whose,
    )  # fmt: skip
    ctx.file([Filed(roster, RECEIVED, State.DRAFT)])
    people = ctx.people[Side.WEST][:LINES]
    stranger = demo_identity(area=329, born_on=date(1992, 5, 6), serial=7)
    lines = [
        RosterEntry(
            roster=roster,
            line_number=number,
            name=person.name,
            written_number="" if number == NUMBERLESS else person.identity_number,
            born_on=person.born_on,
            phone="15400009999" if number == OTHER_PHONE else person.phone,
            employer_name=employer.name,
            **whose,
        )
        for number, person in enumerate(people, 2)
    ]
    lines.append(
        RosterEntry(
            roster=roster,
            line_number=LINES + 2,
            name="钱演示外来",
            written_number=stranger,
            phone="15400008888",
            **whose,
        )
    )
    ctx.file(Filed(one, RECEIVED, State.DRAFT) for one in lines)
    actor = ctx.reporter(unit)
    with ctx.acting(actor, morning(RECEIVED + timedelta(days=1))):
        compare(roster.pk, actor=actor)


def seed_duplicates(ctx: Seeding) -> None:
    """Some persons stand twice in the western register: numbers were typed wrong, names by ear."""
    unit, written = ctx.units["mt_labour"], []
    for place, person in enumerate(ctx.people[Side.WEST][10 : 10 + WRITTEN_TWICE]):
        if person.born_on is None:
            continue
        serial = (901 if person.sex == Person.Sex.MALE else 902) + 2 * place
        number = demo_identity(area=328, born_on=person.born_on, serial=serial)
        same = {
            name: getattr(person, name) for name in ("name", "sex", "born_on", "phone", "place", "category")
        }
        whose = {"side": Side.WEST, "owner_unit": unit, "sharing": Sharing.PRIVATE}
        written.append(Person(identity_number=number, **same, **whose))
    ctx.file(Filed(one, RECEIVED) for one in written)
    coordinator = ctx.verifier(Side.WEST)
    with ctx.acting(coordinator, morning(RECEIVED + timedelta(days=8))):
        finding.find(Side.WEST)
