"""Who owes a second factor: asked with the memberships of a request, so that it costs no query of its own."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef

#: What proves a second time who one is; codes for emergencies alone are none.
FACTORS = ("totp", "webauthn")


def owes_factor(today: Any) -> Any:
    """Expression on memberships: the rule in force demands a factor of the role, and its holder has none."""
    rules = apps.get_model("accounts", "SignInRule").objects.in_force(today)
    demanded = rules.filter(second_factor__contains=[OuterRef("role")])
    held = apps.get_model("mfa", "Authenticator").objects.filter(user=OuterRef("user"), type__in=FACTORS)
    return Exists(demanded) & ~Exists(held)
