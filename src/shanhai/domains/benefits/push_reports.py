"""Whom a push fits and is not told yet; who was told, who read it, who claimed afterwards."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.domains.labour.stations.areas import Post, post_of, posts
from shanhai.engines.eligibility import State as Answer
from shanhai.engines.eligibility import everyone, trace
from shanhai.kernel.errors import RuleViolated
from shanhai.registers.parties.models import Body, Person
from shanhai.registers.places.models import Place

from . import lookup, rules, wording
from .entitled import owed_of
from .facts import asked_of
from .models import Policy, PolicyPush, PolicyRelease, PushRecipient
from .reports import last_release

Fit = PushRecipient.Fit


@dataclass(frozen=True)
class Fitting:
    """One whom the policy fits. Unit of `amount`: yuan."""

    subject: Any
    fit: Fit
    amount: Decimal | None
    lacking: str


@dataclass(frozen=True)
class Whom:
    """Who is to be told, and how many are on the push already."""

    lines: Sequence[Fitting]
    already: int

    @property
    def digest(self) -> str:
        """Of who they are: what was looked at is what is pushed."""
        told = repr([(str(line.subject.pk), line.fit.value) for line in self.lines])
        return hashlib.sha256(told.encode()).hexdigest()


def whom_of(push: PolicyPush) -> Whom:
    """By the release in force and the rows within the reader's scope.

    Errors: as `entitled.owed_of`; RuleViolated where the push is of an older release, or another push of it.
    """
    owed = owed_of(push.policy, push.benefit_period)
    release = _require_release(push)
    lines = [Fitting(line.subject, Fit.ENTITLED, line.amount, "") for line in owed.lines]
    if push.whom == PolicyPush.Whom.NEARLY:
        lines += _nearly(push.policy, release, owed.period)
    on_it = lookup.recipients_of(release)
    fresh = [line for line in lines if line.subject.pk not in on_it]
    return Whom(sorted(fresh, key=_order), len(on_it))


def _require_release(push: PolicyPush) -> PolicyRelease:
    """The release in force, which this push brings and no other."""
    release = last_release(push.policy)
    assert release is not None  # noqa: S101 -- who is owed was asked of it
    if push.release_id not in {None, release.pk}:
        told = {"number": release.number}
        raise RuleViolated(_("政策已有第 %(number)s 版，请为新版另建一条推送。") % told, code="bad_push")
    other = PolicyPush.objects.filter(release=release).exclude(pk=push.pk).first()
    if other is not None:
        told = {"number": other.number}
        raise RuleViolated(_("这一版政策已由 %(number)s 推送，请在那条里再算一次。") % told, code="bad_push")
    return release


def _order(line: Fitting) -> tuple[str, str, str, str]:
    return (
        str(line.subject.owner_unit),
        str(line.subject.place or ""),
        str(line.subject),
        str(line.subject.pk),
    )


def _nearly(policy: Policy, release: PolicyRelease, period: Any) -> Iterator[Fitting]:
    """Those whom one change alone would entitle, and who have claimed nothing."""
    asked = asked_of(policy.recipients, period, [policy.side])
    engine_policy = rules.policy_of(release.text)
    found = everyone([engine_policy], asked.population, period)
    if found.silent:
        return
    claimed = lookup.subjects_claimed(policy, period.code)
    lacking = {}
    for place, state in enumerate(found.states[0].tolist()):
        if state != Answer.ENTITLED and asked.keys[place] not in claimed:
            one = trace(engine_policy, asked.population, period, place)
            if one.changes is not None and len(one.changes) == 1:
                lacking[asked.keys[place]] = wording.nearest(one)
    model: Any = Person if rules.is_of_people(policy.recipients) else Body
    for key, subject in (
        model.objects.select_related("place", "owner_unit__place").in_bulk(list(lacking)).items()
    ):
        yield Fitting(subject, Fit.NEARLY, None, lacking[key][:300])


#: In the place of a town or station: who has none.
NONE = "none"
WHAT = ("all", "untold", "told", "read", "self", "acted", "idle")


@dataclass(frozen=True)
class Wanted:
    """Which recipients are asked for; "" for any. `what` is one of `WHAT`."""

    push: str = ""
    policy: str = ""
    unit: str = ""
    station: str = ""
    town: str = ""
    what: str = "all"

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value and value != "all"}


@dataclass(frozen=True)
class Recipient:
    """One recipient as it stands; `acted_on`: the day of a claim made on the day of the telling or later."""

    row: PushRecipient
    town: Place | None
    #: The service station that looks after whoever lives there.
    post: Post | None
    acted_on: date | None

    def is_what(self, what: str) -> bool:
        told = self.row.told_on is not None
        return {
            "untold": not told,
            "told": told,
            "read": self.row.read_on is not None,
            "self": self.row.is_read_by_self,
            "acted": self.acted_on is not None,
            "idle": told and self.acted_on is None,
        }.get(what, True)


def recipients(wanted: Wanted) -> list[Recipient]:
    """Those in the reader's scope, by unit and number. Six queries. Errors: ValidationError for no key."""
    rows = PushRecipient.objects.live().select_related(
        "push__policy", "person", "firm", "owner_unit", "place"
    )
    for field, value in (
        ("push", wanted.push),
        ("push__policy", wanted.policy),
        ("owner_unit", wanted.unit),
    ):
        rows = rows.filter(**{field: value}) if value else rows
    found = list(rows.order_by("owner_unit__path", "number"))
    towns, known = _towns(), posts({one.side for one in found})
    acted = lookup.claimed_on({one.push.policy_id for one in found})
    told = (_recipient(one, towns, known, acted) for one in found)
    return [
        one
        for one in told
        if one.is_what(wanted.what)
        and wanted.town in {"", str(one.town.pk) if one.town else NONE}
        and wanted.station in {"", one.post.key if one.post else NONE}
    ]


def _recipient(
    row: PushRecipient,
    towns: Mapping[UUID, Place],
    known: Sequence[Post],
    acted: Mapping[tuple[UUID, UUID], date],
) -> Recipient:
    day = acted.get((row.push.policy_id, row.subject.pk))
    is_after = day is not None and row.told_on is not None and day >= row.told_on
    town = towns.get(row.place_id) if row.place_id else None
    post = post_of(str(row.place.path), row.side, known) if row.place else None
    return Recipient(row, town, post, day if is_after else None)


def _towns() -> dict[UUID, Place]:
    """The town, or what comes nearest, that each place lies in."""
    places = list(Place.objects.order_by("path"))
    by_path = {str(one.path): one for one in places}
    found = {}
    for one in places:
        parts = str(one.path).split(".")
        above = (by_path.get(".".join(parts[:size])) for size in range(1, len(parts) + 1))
        found[one.pk] = next((at for at in above if at and at.level == "town"), one)
    return found


@dataclass(frozen=True)
class Group:
    """Recipients of one of what `BY` names, in numbers. `wanted` narrows to its rows."""

    label: str
    wanted: Wanted
    every: int
    told: int
    read: int
    by_self: int
    acted: int


BY = ("policy", "push", "unit", "station", "town")


def groups_of(found: Sequence[Recipient], by: str, wanted: Wanted) -> list[Group]:
    """In numbers, by one of `BY`, in order of their names."""
    groups: dict[tuple[str, str], list[Recipient]] = {}
    for one in found:
        groups.setdefault(_head(one, by), []).append(one)
    return [
        Group(
            label,
            Wanted(**{**vars(wanted), by: key, "what": "all"}),
            len(rows),
            *(sum(one.is_what(what) for one in rows) for what in ("told", "read", "self", "acted")),
        )
        for (label, key), rows in sorted(groups.items())
    ]


def _head(one: Recipient, by: str) -> tuple[str, str]:
    if by == "unit":
        return str(one.row.owner_unit), str(one.row.owner_unit_id)
    if by == "town":
        return (str(one.town), str(one.town.pk)) if one.town else ("", NONE)
    if by == "station":
        return (one.post.told, one.post.key) if one.post else ("", NONE)
    if by == "push":
        return one.row.push.number, str(one.row.push_id)
    return str(one.row.push.policy), str(one.row.push.policy_id)
