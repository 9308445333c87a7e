"""Texts that somebody of the cast may never be shown: found in an answer, a wall has a hole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bound import make_bound
from leaks.test_other_side import HIDDEN
from samples.pages import ALL
from samples.papers import blank_pdf
from samples.rows import Planted, plant_row
from shanhai.kernel import clock, context
from shanhai.kernel.custom.managing import save_field
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.models import Amendment, CustomField, Job
from shanhai.kernel.permissions import Reach
from shanhai.kernel.registry import registry
from shanhai.kernel.saved_views.store import save as save_view
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.accounts.models import Membership, User
from shanhai.registers.accounts.roles import BOUND, ROLES

#: Where people of a role sit whom the cast has nobody for: by side, and whether they reach all of it.
_SEATS = {
    (Side.EAST, True): "dm_coordinator",
    (Side.EAST, False): "dm_labour",
    (Side.WEST, True): "mt_coordinator",
    (Side.WEST, False): "mt_labour",
}
#: Who plants on each side: a reporter of the labour bureau, one of a sister unit, the coordinator.
_PLANTERS = {Side.EAST: ("alice", "anna", "carol"), Side.WEST: ("bob", "ruth", "wang")}


@dataclass
class Secrets:
    """What was planted by one unit: words, and keys of the rows they stand in."""

    words: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    #: Ledger → its row.
    rows: dict[str, Any] = field(default_factory=dict)

    def __or__(self, other: "Secrets") -> "Secrets":
        return Secrets(self.words | other.words, self.keys | other.keys)

    def take(self, planted: Planted) -> None:
        self.words |= planted.texts | planted.names | planted.sealed
        self.keys |= planted.keys

    def told_by(self, text: str, sent: str) -> set[str]:
        """Words of the secrets in an answer, and keys that the question itself did not name."""
        asked = {key for key in self.keys if key in sent}
        return {secret for secret in self.words | (self.keys - asked) if secret in text}


def people(cast: Any) -> dict[str, str]:
    """Role and side → who of the cast has it; somebody new where the cast has nobody."""
    found = {}
    with context.unscoped("everybody there is"):
        for code, role in ROLES.items():
            for side in Side:
                if code in BOUND:
                    name = f"{code}_{side}"
                    make_bound(cast, name, role=code, keeper=_PLANTERS[side][0])
                else:
                    seat = _SEATS[side, role.reach is Reach.SIDE]
                    name = _of_cast(cast, code, side) or _made(cast, code, seat)
                found[f"{code}-{side}"] = name
    return found


def _of_cast(cast: Any, role: str, side: Side) -> str:
    wanted = "dm_" if side is Side.EAST else "mt_"
    held = (name for name, (unit, code) in cast.PEOPLE.items() if code == role and unit.startswith(wanted))
    return next(held, "")


def _made(cast: Any, role: str, unit: str) -> str:
    name = f"{role}_{unit}"
    user = User.objects.create(username=name, name=name, must_change_password=False)
    Membership.objects.create(user=user, unit=getattr(cast, unit), role=role, valid_from=clock.today())
    cast.users[name] = user
    return name


class Canaries:
    """Rows of every ledger, and of what hangs on them, planted by both labour bureaus and a sister unit."""

    def __init__(self, cast: Any) -> None:
        self._cast = cast
        self._of = {name: self._planted(name) for name in ("alice", "anna", "bob")}

    def kept_from(self, actor: Actor) -> Secrets:
        """All of it that `actor` may not be shown."""
        return _together(secrets for name, secrets in self._of.items() if self._is_kept(name, actor))

    def rows_of(self, ledger: str) -> list[str]:
        """Keys of what each of the planters has there."""
        return [str(secrets.rows[ledger].pk) for secrets in self._of.values()]

    def some_keys(self) -> list[str]:
        """Rows of everybody, to be named in what is sent."""
        return sorted(key for secrets in self._of.values() for key in secrets.keys)

    def _is_kept(self, planter: str, actor: Actor) -> bool:
        theirs = self._cast.actor(planter).grants[0]
        for grant in actor.grants:
            if grant.side != theirs.side or grant.role.reach in {Reach.NONE, Reach.BOUND}:
                continue  # of the planted rows none leads to whoever is bound
            if grant.role.reach is Reach.SIDE or theirs.unit_path.startswith(grant.unit_path):
                return False
        return True

    def _planted(self, name: str) -> Secrets:
        secrets, actor = Secrets(), self._cast.actor(name)
        for turn, ledger in enumerate(ALL):
            state, sharing = HIDDEN[turn % len(HIDDEN)]
            planted = plant_row(ledger, actor, state=state, sharing=sharing)
            secrets.take(planted)
            secrets.rows[ledger.key] = planted.row
        secrets.words |= set(self._beside(name, actor))
        return secrets

    def _beside(self, name: str, actor: Actor) -> Iterator[str]:
        """Words of papers, amendments, views, own fields and jobs."""
        ledger = registry.get("toys.workshop")
        row = plant_row(ledger, actor, state="draft", sharing="private").row
        with context.acting(actor) as current:
            yield upload(ledger, row, blank_pdf(), f"密件{name}.pdf", "photo", actor=current.actor).name
            view = save_view(ledger, current.actor, name=f"密图{name}", query="state=draft")
            yield view.name
        with context.unscoped("canaries"):
            yield _amendment(row, f"密因{name}").reason
            user = self._cast.users[name]
            job = Job.objects.create(
                kind="export", label=f"密务{name}", requester=user, created_at=clock.now()
            )
            yield job.label
        chief = _PLANTERS[Side(actor.grants[0].side)][2]
        with context.acting(self._cast.actor(chief)) as current:
            own = CustomField(unit_id=actor.grants[0].unit_id)
            said = {"title": f"密栏{name}", "kind": "text"}
            yield save_field(ledger, own, said, actor=current.actor).title


def _amendment(row: Any, reason: str) -> Amendment:
    return Amendment.objects.create(
        ledger="toys.workshop",
        row_id=row.pk,
        side=row.side,
        owner_unit_id=row.owner_unit_id,
        before={"name": row.name},
        after={"name": reason},
        reason=reason,
        proposed_at=clock.now(),
        proposed_by="system:canaries",
    )


def _together(secrets: Iterable[Secrets]) -> Secrets:
    whole = Secrets()
    for one in secrets:
        whole |= one
    return whole
