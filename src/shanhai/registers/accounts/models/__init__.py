"""Users, their rights, and how they get in, where Django looks for them."""

from .people import Membership, SetupLink, User
from .signing import KeptPassword, SignInEvent, SignInRule
from .tokens import ApiToken, TokenUse

__all__ = [
    "ApiToken",
    "KeptPassword",
    "Membership",
    "SetupLink",
    "SignInEvent",
    "SignInRule",
    "TokenUse",
    "User",
]
