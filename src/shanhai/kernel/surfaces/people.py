"""Who acted: history keeps the key of an actor, readers see a name and a unit."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Someone:
    """A person behind an act, or the system itself."""

    name: str
    unit: str = ""


#: Names of users by actor key; contributed by whoever knows the users. One query for all keys.
type PeopleFinder = Callable[[Iterable[str]], Mapping[str, Someone]]

_finders: list[PeopleFinder] = []


def register_people(finder: PeopleFinder) -> PeopleFinder:
    """Decorator."""
    _finders.append(finder)
    return finder


def people(keys: Iterable[str]) -> dict[str, Someone]:
    """Everyone behind `keys`."""
    wanted = set(keys)
    found: dict[str, Someone] = {}
    for finder in _finders:
        found |= finder({key for key in wanted if not key.startswith("system:")})
    for key in wanted - set(found):
        found[key] = (
            Someone(key.removeprefix("system:"), _("系统"))
            if key.startswith("system:")
            else Someone(_("已不在册的用户"))
        )
    return found
