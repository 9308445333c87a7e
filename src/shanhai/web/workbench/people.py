"""Names of users for the histories of the kernel, which knows no users."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.surfaces.menu import TOP, MenuPage, register_page
from shanhai.kernel.surfaces.people import Someone, register_people
from shanhai.registers.accounts.models import Membership, User

register_page(MenuPage(group=TOP, label=_("工作台"), url_name="home", order=0))


@register_people
def users(keys: Iterable[str]) -> dict[str, Someone]:
    """Users by key with the unit of their first membership in force."""
    ids = [UUID(key) for key in keys if _is_id(key)]
    units: dict[UUID, str] = {}
    memberships = Membership.objects.in_force(clock.today()).filter(user__in=ids)
    for membership in memberships.select_related("unit"):
        units.setdefault(membership.user_id, str(membership.unit))
    found = User.objects.filter(pk__in=ids)
    return {str(user.pk): Someone(str(user), units.get(user.pk, "")) for user in found}


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
