"""A worker and an employer of Doumen beside the cast: accounts bound to one row of a register each."""

from datetime import date
from typing import Any

from samples.rows import Planted, plant_row
from shanhai.kernel import context
from shanhai.kernel.leads import BODY, PERSON, Lead
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import BOUND, EMPLOYER, WORKER

#: Who has the account → role.
PEOPLE = {"wendy": WORKER, "emma": EMPLOYER}
_REGISTERS = {PERSON: "parties.person", BODY: "parties.body"}


def make_bound(cast: Any, who: str, *, role: str = "", keeper: str = "alice") -> Any:
    """The row of the register that `who` is bound to, kept by `keeper`'s unit; the account is in use."""
    role = role or PEOPLE[who]
    actor = cast.actor(keeper)
    subject = plant_row(registry.get(_REGISTERS[BOUND[role]]), actor, sharing="private").row
    bind(cast, who, role, subject)
    return subject


def bind(cast: Any, who: str, role: str, subject: Any) -> User:
    bound = {"person": subject} if role == WORKER else {"employer": subject}
    with context.unscoped("an account for the tests"):
        user = User.objects.create(username=who, name=who, must_change_password=False)
        unit, since = subject.owner_unit_id, date(2020, 1, 1)
        Membership.objects.create(user=user, unit_id=unit, role=role, valid_from=since, **bound)
    cast.users[who] = user
    return user


def plant_of(ledger: Ledger[Any], lead: Lead, subject: Any, actor: Any, **options: str) -> Planted:
    """A row that leads to `subject`, with what hangs between planted as `plant_row` does."""
    planted = plant_row(ledger, actor, **options)
    if lead.names == ["pk"]:
        return planted
    row = planted.row
    for name in lead.names[:-1]:
        row = getattr(row, name) or _hung(row, name, actor)
    with context.unscoped("rows of a subject"):
        type(row)._base_manager.filter(pk=row.pk).update(**{lead.names[-1]: subject.pk})
        planted.row = type(planted.row)._base_manager.get(pk=planted.row.pk)
    return planted


def _hung(row: Any, name: str, actor: Any) -> Any:
    """What a row need not have, planted and tied to it."""
    made = plant_row(registry.for_model(row._meta.get_field(name).related_model), actor).row
    with context.unscoped("rows of a subject"):
        type(row)._base_manager.filter(pk=row.pk).update(**{name: made.pk})
    return made
