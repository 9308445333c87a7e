"""Tokens of the API in the hands of programs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from shanhai.kernel import context
from shanhai.registers.accounts.models import ApiToken, TokenUse, User


def calling(text: str) -> Client:
    """A program that sends the token, and asks like a browser for CSRF where that would be asked."""
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {text}"})


def hand_out(
    user: User, ledgers: Sequence[str], acts: Sequence[str] = ("view",), **more: Any
) -> tuple[ApiToken, Client]:
    """A token of the user, and a program that has it."""
    text, kept = ApiToken.fresh()
    kept |= {"expires_at": timezone.now() + timedelta(days=1)} | more
    with context.unscoped("hand out"):
        token = ApiToken.objects.create(
            user=user, name="取数", ledgers=list(ledgers), acts=list(acts), **kept
        )
        TokenUse.objects.create(token=token)
    return token, calling(text)
