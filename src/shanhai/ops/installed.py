"""The environment of this installation, with its database running."""

from . import detached
from .environment import Addresses, chosen_mode, for_django
from .installation import Installation


def installed_environment() -> dict[str, str]:
    """The environment for Django, with the embedded database running unless the user brings a server."""
    installation = Installation.open()
    mode = chosen_mode(installation)
    addresses = Addresses.of_user(installation)
    if addresses is None:
        addresses = Addresses.embedded(installation, detached.ensure_database(installation), mode)
    return for_django(installation, addresses, mode)
