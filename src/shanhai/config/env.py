"""Typed readers of environment variables: a wrong value is refused by name, a secret may come from a file."""

import os
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """`1`/`true` or `0`/`false`; anything else is refused."""
    value = os.environ.get(name, "")
    if value == "":
        return default
    if value.lower() in {"1", "true"}:
        return True
    if value.lower() in {"0", "false"}:
        return False
    raise ImproperlyConfigured(f"{name}={value} is neither 1 nor 0")


def whole(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value} is not a whole number") from None


def day(name: str) -> date | None:
    value = os.environ.get(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value} is not a date like 2021-09-24") from None


def secret(name: str) -> str:
    """From `NAME`, or from the file that `NAME_FILE` names.

    Errors: ImproperlyConfigured when neither is there.
    """
    file = os.environ.get(f"{name}_FILE", "")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"set {name} or {name}_FILE (`shanhai env --yes` prints an installation's own)"
        )
    return value


def optional_secret(name: str) -> str:
    """As `secret`; empty when neither is set."""
    return secret(name) if any(os.environ.get(one) for one in (name, f"{name}_FILE")) else ""


def database(name: str) -> dict[str, object]:
    """Connection settings from `postgresql://user:password@host:port/name?sslmode=require` in `name`."""
    parts = urlsplit(secret(name))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://, PostgreSQL is the only engine")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "shanhai"} | dict(parse_qsl(parts.query)),
    }
