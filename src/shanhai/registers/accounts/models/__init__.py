"""Users, their rights, and how they get in, where Django looks for them."""

from .people import Membership, SetupLink, User
from .signing import KeptPassword, SignInEvent, SignInRule

__all__ = ["KeptPassword", "Membership", "SetupLink", "SignInEvent", "SignInRule", "User"]
